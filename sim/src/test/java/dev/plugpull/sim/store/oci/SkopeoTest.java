package dev.plugpull.sim.store.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** skopeo copies an image of ours and refuses one with a tampered layer; we pull what it wrote. */
@Tag("differential")
class SkopeoTest {

  private static final List<byte[]> LAYERS = List.of(large(), "two".getBytes(StandardCharsets.UTF_8));

  @TempDir
  private Path folder;

  /** Not to be compressed: the largest blob of the image is this layer. */
  private static byte[] large() {
    byte[] layer = new byte[10240];
    new SeededRandom(7).nextBytes(layer);
    return layer;
  }

  @BeforeEach
  void writesOurs() throws IOException {
    Tool.require("skopeo", "skopeo");
    for (var file : OciImage.of("latest", LAYERS).files().entrySet()) {
      Path path = folder.resolve("ours").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private Tool.Said copy() throws IOException, InterruptedException {
    return Tool.run(folder, Map.of(), "skopeo", "--insecure-policy", "--tmpdir", folder.toString(), "copy",
        "oci:ours:latest", "oci:theirs:latest");
  }

  private Optional<byte[]> theirs(String path) {
    Path file = folder.resolve("theirs").resolve(path);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatSkopeoCopiedIsWhatWeWrote() throws Exception {
    Tool.Said said = copy();
    assertThat(said.exit()).as(said.text()).isZero();
    OciPull pull = new OciPull(this::theirs);
    assertThat(pull.pull(pull.resolve("latest"))).containsExactlyElementsOf(LAYERS);
  }

  @Test
  void aTamperedLayerIsRefused() throws Exception {
    OciImage image = OciImage.of("latest", LAYERS);
    String blob = image.files().keySet().stream().filter(path -> path.startsWith("blobs/"))
        .max(Comparator.comparingInt(path -> image.files().get(path).length)).orElseThrow();
    byte[] bad = image.files().get(blob).clone();
    bad[bad.length / 2] ^= 1;
    Files.write(folder.resolve("ours").resolve(blob), bad);
    assertThat(copy().exit()).isNotZero();
  }
}
