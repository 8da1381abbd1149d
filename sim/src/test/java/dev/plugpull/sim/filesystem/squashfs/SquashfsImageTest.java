package dev.plugpull.sim.filesystem.squashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader held against images that Debian's {@code mksquashfs} made. */
class SquashfsImageTest {

  private static final int LIMIT = 4 << 20;

  @TempDir Path temp;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(temp.resolve("tree"));
    Files.createDirectories(tree.resolve("meta/gui"));
    Files.writeString(tree.resolve("meta/gadget.yaml"), "volumes: {}\n");
    Files.write(tree.resolve("empty"), new byte[0]);
    Files.write(tree.resolve("random"), random(300_000));
    Files.write(tree.resolve("sparse"), sparse());
    Files.writeString(tree.resolve("text"), "a line that packs well\n".repeat(40_000));
    Files.createSymbolicLink(tree.resolve("inside"), Path.of("meta/../meta/gadget.yaml"));
    Files.createSymbolicLink(tree.resolve("folder"), Path.of("meta"));
    Files.createSymbolicLink(tree.resolve("outside"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(tree.resolve("climbing"), Path.of("../../etc/passwd"));
    Files.createSymbolicLink(tree.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
  }

  @AfterEach
  void removeLinksThatLeaveTheFolder() throws IOException {
    Files.delete(tree.resolve("outside"));
    Files.delete(tree.resolve("climbing"));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static byte[] sparse() {
    byte[] bytes = new byte[700_001];
    bytes[699_999] = 1;
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "gzip,131072", "gzip,4096", "xz,131072", "xz,1048576", "lzo,131072", "lzo,4096", "lz4,131072", "zstd,131072",
    "zstd,1048576"
  })
  void readsWhatMksquashfsPacked(String compression, String blockSize) throws Exception {
    try (SquashfsImage image = pack("-comp", compression, "-b", blockSize)) {
      assertSameFiles(image);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-noI", "-noD", "-noF", "-no-fragments", "-always-use-fragments", "-no-duplicates", "-nopad"})
  void readsEveryLayout(String option) throws Exception {
    try (SquashfsImage image = pack("-comp", "xz", option)) {
      assertSameFiles(image);
    }
  }

  private SquashfsImage pack(String... options) throws IOException, InterruptedException {
    return SquashfsImage.open(MakeSquashfs.pack(tree, temp.resolve("image"), options));
  }

  private void assertSameFiles(SquashfsImage image) throws IOException {
    assertThat(image.entries())
        .extracting(SquashfsImage.Entry::path)
        .containsExactly(
            "climbing", "dangling", "empty", "folder", "inside", "loop", "meta", "meta/gadget.yaml", "meta/gui",
            "outside", "random", "sparse", "text");
    for (String file : new String[] {"empty", "random", "sparse", "text", "meta/gadget.yaml"}) {
      byte[] expected = Files.readAllBytes(tree.resolve(file));
      assertThat(image.read(file, LIMIT)).as(file).isEqualTo(expected);
      byte[] start = Arrays.copyOf(expected, Math.min(5000, expected.length));
      assertThat(image.readStart(file, 5000)).as(file).isEqualTo(start);
    }
  }

  @Test
  void followsLinksInsideOnly() throws Exception {
    try (SquashfsImage image = pack()) {
      assertThat(new String(image.read("inside", LIMIT), StandardCharsets.UTF_8)).isEqualTo("volumes: {}\n");
      assertThat(new String(image.read("folder/gadget.yaml", LIMIT), StandardCharsets.UTF_8)).startsWith("volumes");
      assertThat(image.find("folder")).get().extracting(SquashfsImage.Entry::kind)
          .isEqualTo(SquashfsImage.Kind.DIRECTORY);
      assertThat(image.find("dangling")).isEmpty();
      assertThatThrownBy(() -> image.read("outside", LIMIT)).hasMessageContaining("absolute path /etc/passwd");
      assertThatThrownBy(() -> image.read("climbing", LIMIT)).hasMessageContaining("leads out of the image");
      assertThatThrownBy(() -> image.read("../x", LIMIT)).hasMessageContaining("leads out of the image");
      assertThatThrownBy(() -> image.read("loop", LIMIT)).hasMessageContaining("more than 40 symbolic links");
      assertThatThrownBy(() -> image.read("meta", LIMIT)).hasMessageContaining("/meta is not a file");
      assertThatThrownBy(() -> image.read("text", 10)).hasMessageContaining("more than the 10 looked at");
    }
  }

  @Test
  void readsManyEntriesAndDeepFolders() throws Exception {
    for (int i = 0; i < 700; i++) {
      Files.writeString(Files.createDirectories(tree.resolve("many")).resolve("file-with-a-long-name-" + i), "x" + i);
    }
    String deep = "d/".repeat(100);
    Files.writeString(Files.createDirectories(tree.resolve(deep)).resolve("end"), "here");
    try (SquashfsImage image = pack("-comp", "xz")) {
      assertThat(image.read("many/file-with-a-long-name-699", LIMIT)).asString().isEqualTo("x699");
      assertThat(image.read(deep + "end", LIMIT)).asString().isEqualTo("here");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 95, 96, 97, 500, 4000, 100_000})
  void refusesATruncatedImage(int length) throws Exception {
    byte[] whole = Files.readAllBytes(MakeSquashfs.pack(tree, temp.resolve("image"), "-comp", "xz"));
    Path cut = Files.write(temp.resolve("cut"), Arrays.copyOf(whole, length));
    assertThatThrownBy(() -> SquashfsImage.open(cut).close())
        .isInstanceOf(SquashfsException.class)
        .hasMessageStartingWith("cannot read squashfs image: ");
  }

  @Test
  void refusesLzmaWithARemedy() throws Exception {
    byte[] whole = Files.readAllBytes(MakeSquashfs.pack(tree, temp.resolve("image"), "-comp", "gzip"));
    whole[20] = 2;
    Path changed = Files.write(temp.resolve("changed"), whole);
    assertThatThrownBy(() -> SquashfsImage.open(changed)).hasMessageContaining("pack the snap with xz or lzo");
  }
}
