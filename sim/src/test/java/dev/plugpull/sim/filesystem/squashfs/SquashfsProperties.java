package dev.plugpull.sim.filesystem.squashfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;

/** Whatever bytes an image has, it is read or refused; there is no third way. */
class SquashfsProperties {

  /** Only what never ends takes so long, also on a machine that does other work. */
  private static final Duration ENDLESS = Duration.ofMinutes(5);

  private static final Map<String, byte[]> IMAGES = new LinkedHashMap<>();

  @Property(tries = 300, seed = "1955300761")
  void damagedMetadataNeverEscapesAsAnythingElse(
      @ForAll @IntRange(max = 4) int which,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 24) Integer> positions,
      @ForAll byte value)
      throws Exception {
    String compression = List.of("gzip", "xz", "lzo", "lz4", "zstd").get(which);
    byte[] image = image(compression).clone();
    for (int position : positions) {
      // Half of the damage goes to the superblock and the tables at the end, where it matters most.
      int at = position % 2 == 0 ? position % Math.min(96, image.length) : image.length - 1 - position % 2048;
      image[Math.max(0, at)] = value;
    }
    assertReadOrRefused(image);
  }

  @Property(tries = 200, seed = "1448642575")
  void arbitraryBytesAfterTheMagic(@ForAll @Size(min = 92, max = 600) byte[] bytes) {
    byte[] image = new byte[bytes.length + 4];
    System.arraycopy(new byte[] {'h', 's', 'q', 's'}, 0, image, 0, 4);
    System.arraycopy(bytes, 0, image, 4, bytes.length);
    assertReadOrRefused(image);
  }

  private static void assertReadOrRefused(byte[] bytes) {
    Assertions.assertTimeoutPreemptively(
        ENDLESS,
        () -> {
          try (SquashfsImage image = SquashfsImage.open(new BytesChannel(bytes))) {
            for (SquashfsImage.Entry entry : image.entries()) {
              readOrRefused(image, entry);
            }
          } catch (SquashfsException e) {
            assertThat(e).hasMessageStartingWith("cannot read squashfs image: ");
          }
        });
  }

  private static void readOrRefused(SquashfsImage image, SquashfsImage.Entry entry) throws IOException {
    try {
      image.read(entry.path(), 1 << 20);
    } catch (SquashfsException e) {
      assertThat(e).hasMessageStartingWith("cannot read squashfs image: ");
    }
  }

  private static synchronized byte[] image(String compression) throws Exception {
    byte[] known = IMAGES.get(compression);
    if (known == null) {
      Path temp = Files.createTempDirectory("plugpull-squashfs");
      Path tree = Files.createDirectories(temp.resolve("tree/meta"));
      Files.writeString(tree.resolve("gadget.yaml"), "volumes:\n  pc:\n".repeat(400));
      Files.writeString(tree.resolve("snap.yaml"), "name: pc\n");
      Files.createSymbolicLink(tree.resolve("link"), Path.of("snap.yaml"));
      Path file = MakeSquashfs.pack(temp.resolve("tree"), temp.resolve("image"), "-comp", compression, "-nopad");
      known = Files.readAllBytes(file);
      IMAGES.put(compression, known);
    }
    return known;
  }
}
