package dev.plugpull.sim.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Images by digest, good and tampered with. */
class OciTest {

  private static final List<byte[]> LAYERS = List.of(new byte[5000], "two".getBytes(StandardCharsets.UTF_8));
  private static final OciImage IMAGE = OciImage.of("latest", LAYERS);

  private static List<byte[]> pull(Map<String, byte[]> files, String digest) throws TrustException {
    return new OciPull(path -> Optional.ofNullable(files.get(path))).pull(digest);
  }

  private static String digest() throws TrustException {
    return new OciPull(path -> Optional.ofNullable(IMAGE.files().get(path))).resolve("latest");
  }

  @Test
  void aGoodImageArrives() throws Exception {
    assertThat(pull(IMAGE.files(), digest())).hasSize(2).first().isEqualTo(LAYERS.getFirst());
  }

  @Test
  void everyBlobIsComparedWithItsName() throws Exception {
    for (String path : IMAGE.files().keySet()) {
      if (path.startsWith("blobs/")) {
        TreeMap<String, byte[]> bad = new TreeMap<>(IMAGE.files());
        byte[] flipped = bad.get(path).clone();
        flipped[flipped.length / 2] ^= 1;
        bad.put(path, flipped);
        refused(Defect.DIGEST, bad);
        bad.put(path, Arrays.copyOf(flipped, flipped.length - 1));
        assertThat(catchThrowableOfType(TrustException.class, () -> pull(bad, digest())).defect())
            .isIn(Defect.LENGTH, Defect.DIGEST);
        bad.remove(path);
        refused(Defect.LENGTH, bad);
      }
    }
  }

  @Test
  void aManifestThatMixesTwoImagesIsRefused() throws Exception {
    OciImage other = OciImage.of("latest", List.of(LAYERS.get(1), LAYERS.get(0)));
    TreeMap<String, byte[]> mixed = new TreeMap<>(IMAGE.files());
    mixed.putAll(other.files());
    String pinned = digest();
    // The tag moved; the pinned digest still gives the pinned image.
    assertThat(new OciPull(path -> Optional.ofNullable(mixed.get(path))).resolve("latest")).isNotEqualTo(pinned);
    assertThat(pull(mixed, pinned).getFirst()).isEqualTo(LAYERS.getFirst());
    // A manifest whose configuration belongs to the other image: both are whole, together they are not.
    String manifest = new String(IMAGE.files().get(OciImage.path(pinned)), StandardCharsets.UTF_8);
    String otherPinned = new OciPull(path -> Optional.ofNullable(other.files().get(path))).resolve("latest");
    String otherManifest = new String(other.files().get(OciImage.path(otherPinned)), StandardCharsets.UTF_8);
    String config = manifest.substring(manifest.indexOf("\"config\""), manifest.indexOf(",\"layers\""));
    String otherConfig =
        otherManifest.substring(otherManifest.indexOf("\"config\""), otherManifest.indexOf(",\"layers\""));
    byte[] joined = manifest.replace(config, otherConfig).getBytes(StandardCharsets.UTF_8);
    mixed.put(OciImage.path(OciImage.digest(joined)), joined);
    TrustException why = catchThrowableOfType(TrustException.class, () -> pull(mixed, OciImage.digest(joined)));
    assertThat(why.defect()).isEqualTo(Defect.DIGEST);
  }

  private static void refused(Defect defect, Map<String, byte[]> files) {
    TrustException why = catchThrowableOfType(TrustException.class, () -> pull(files, digest()));
    assertThat(why).as(defect.name()).isNotNull();
    assertThat(why.defect()).as(why.getMessage()).isEqualTo(defect);
  }
}
