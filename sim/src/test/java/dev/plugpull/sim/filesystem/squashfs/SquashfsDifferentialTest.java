package dev.plugpull.sim.filesystem.squashfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real tree of hundreds of files, links and folders (this JDK without its libraries), packed and read back. */
@Tag("differential")
class SquashfsDifferentialTest {

  private static final long LARGEST = 4 << 20;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "lzo", "lz4", "zstd"})
  void everyFileOfTheJdk(String compression) throws Exception {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    TreeMap<String, Path> expected = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(home)) {
      walk.filter(path -> !path.equals(home)).forEach(path -> expected.put(home.relativize(path).toString(), path));
    }
    String[] options = {"-comp", compression, "-e", "lib", "jmods", "demo", "man"};
    try (SquashfsImage image = SquashfsImage.open(MakeSquashfs.pack(home, temp.resolve("image"), options))) {
      int files = 0;
      for (SquashfsImage.Entry entry : image.entries()) {
        files += same(image, entry, expected.get(entry.path()));
      }
      assertThat(files).isGreaterThan(100);
    }
  }

  private static int same(SquashfsImage image, SquashfsImage.Entry entry, Path path) throws IOException {
    assertThat(path).as(entry.path()).isNotNull();
    switch (entry.kind()) {
      case DIRECTORY -> assertThat(path).isDirectory();
      case LINK -> assertThat(entry.linkTarget()).isEqualTo(Files.readSymbolicLink(path).toString());
      case SPECIAL -> assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
      case FILE -> {
        assertThat(entry.size()).isEqualTo(Files.size(path));
        if (entry.size() <= LARGEST) {
          assertThat(image.read(entry.path(), (int) LARGEST)).as(entry.path()).isEqualTo(Files.readAllBytes(path));
        }
        return 1;
      }
    }
    return 0;
  }
}
