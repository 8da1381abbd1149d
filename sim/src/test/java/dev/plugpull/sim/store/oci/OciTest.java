package dev.plugpull.sim.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
    assertThat(pull(IMAGE.files(), digest())).containsExactly(LAYERS.toArray(byte[][]::new));
    byte[] large = new byte[100_000];
    new Random(5).nextBytes(large);
    OciImage image = OciImage.of("large", List.of(large));
    assertThat(pull(image.files(), tag(image, "large"))).containsExactly(large);
    assertThat(OciImage.digest(new byte[0]))
        .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  private static String tag(OciImage image, String tag) throws TrustException {
    return new OciPull(path -> Optional.ofNullable(image.files().get(path))).resolve(tag);
  }

  private static void refused(Defect defect, Map<String, byte[]> files, String digest, String why) {
    TrustException refusal = catchThrowableOfType(TrustException.class, () -> pull(files, digest));
    assertThat(refusal).as(why).isNotNull().hasMessageContaining(why);
    assertThat(refusal.defect()).isEqualTo(defect);
  }

  /** Puts an edited manifest beside the good one; what it gives is its digest, so that only the edit can matter. */
  private static String edited(Map<String, byte[]> files, String what, String by) throws TrustException {
    String manifest = new String(IMAGE.files().get(OciImage.path(digest())), StandardCharsets.UTF_8);
    assertThat(manifest).contains(what);
    return put(files, manifest.replace(what, by));
  }

  private static String put(Map<String, byte[]> files, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    files.put(OciImage.path(OciImage.digest(bytes)), bytes);
    return OciImage.digest(bytes);
  }

  @Test
  void aTagIsFoundAmongOthersOrSaidToBeMissing() throws Exception {
    OciImage other = OciImage.of("old", List.of(LAYERS.get(1)));
    TreeMap<String, byte[]> files = new TreeMap<>(IMAGE.files());
    String index = new String(IMAGE.files().get("index.json"), StandardCharsets.UTF_8);
    String more = new String(other.files().get("index.json"), StandardCharsets.UTF_8);
    String list = "\"manifests\":[";
    String first = more.substring(more.indexOf(list) + list.length(), more.lastIndexOf(']'));
    files.put("index.json", index.replace(list, list + first + ",").getBytes(StandardCharsets.UTF_8));
    OciPull pull = new OciPull(path -> Optional.ofNullable(files.get(path)));
    assertThat(pull.resolve("latest")).isEqualTo(digest());
    assertThat(pull.resolve("old")).isEqualTo(tag(other, "old"));
    TrustException missing = catchThrowableOfType(TrustException.class, () -> pull.resolve("new"));
    assertThat(missing).hasMessage("cannot pull new: the index does not list it");
    assertThat(missing.defect()).isEqualTo(Defect.MISMATCH);
    files.put("index.json", index.replace("sha256:", "sha256:x").getBytes(StandardCharsets.UTF_8));
    assertThat(catchThrowableOfType(TrustException.class, () -> pull.resolve("latest")))
        .hasMessageContaining("no SHA-256 digest but 'sha256:x");
  }

  @Test
  void aManifestOfAnotherTypeIsRefused() throws Exception {
    TreeMap<String, byte[]> files = new TreeMap<>(IMAGE.files());
    String type = "\"mediaType\":\"" + OciImage.MANIFEST + "\",";
    assertThat(pull(files, edited(files, type, ""))).as("it may be left out").hasSize(2);
    for (String other : List.of("\"mediaType\":\"application/vnd.oci.image.index.v1+json\",", "\"mediaType\":7,")) {
      refused(Defect.FORMAT, files, edited(files, type, other), "a manifest of another type");
    }
    for (String version : List.of("\"schemaVersion\":1", "\"schemaVersion\":\"two\"", "\"other\":2")) {
      refused(Defect.FORMAT, files, edited(files, "\"schemaVersion\":2", version), "a manifest of another type");
    }
    refused(Defect.FORMAT, files, put(files, "{"), "cannot read manifest: no JSON");
  }

  @Test
  void aSizeIsNamedAndIsTheSizeOfTheBlob() throws Exception {
    TreeMap<String, byte[]> files = new TreeMap<>(IMAGE.files());
    String manifest = new String(IMAGE.files().get(OciImage.path(digest())), StandardCharsets.UTF_8);
    String size = manifest.substring(manifest.indexOf("\"size\":"), manifest.indexOf("}"));
    long bytes = Long.parseLong(size.substring(7));
    for (long wrong : new long[] {bytes - 1, bytes + 1, 0}) {
      refused(Defect.LENGTH, files, edited(files, size, "\"size\":" + wrong), bytes + " bytes came, " + wrong);
    }
    refused(Defect.LENGTH, files, edited(files, size, "\"size\":" + ((256L << 20) + 1)), "more than 268435456 bytes");
    refused(Defect.LENGTH, files, edited(files, size, "\"size\":" + (256L << 20)), "268435456 were announced");
    refused(Defect.LENGTH, files, edited(files, size, "\"more\":1"), "more than 268435456 bytes");
    refused(Defect.FORMAT, files, edited(files, "\"digest\":\"sha256:", "\"digest\":\"md5:"),
        "no SHA-256 digest but 'md5:");
  }

  @Test
  void aManifestHasTheLayersOfItsConfiguration() throws Exception {
    TreeMap<String, byte[]> files = new TreeMap<>(IMAGE.files());
    String manifest = new String(IMAGE.files().get(OciImage.path(digest())), StandardCharsets.UTF_8);
    String layer = manifest.substring(manifest.lastIndexOf(",{"), manifest.lastIndexOf("]"));
    refused(Defect.MISMATCH, files, edited(files, layer, ""), "its manifest has 1 layers, its configuration 2");
    refused(Defect.MISMATCH, files, edited(files, layer, layer + layer), "its manifest has 3 layers");
    assertThat(pull(layers(127).files(), tag(layers(127), "many"))).hasSize(127);
    refused(Defect.MISMATCH, layers(128).files(), tag(layers(128), "many"), "its manifest has 128 layers");
  }

  private static OciImage layers(int count) {
    return OciImage.of("many", Collections.nCopies(count, LAYERS.get(1)));
  }

  @Test
  void aLayerThatIsNoArchiveIsRefused() throws Exception {
    TreeMap<String, byte[]> files = new TreeMap<>(IMAGE.files());
    String plain = put(files, "no gzip");
    String manifest = new String(IMAGE.files().get(OciImage.path(digest())), StandardCharsets.UTF_8);
    String layer = manifest.substring(manifest.lastIndexOf(",{"), manifest.lastIndexOf("]"));
    refused(Defect.FORMAT, files, edited(files, layer, ",{\"digest\":\"" + plain + "\",\"size\":7}"),
        "cannot use layer: ");
  }

  @Test
  void whatWasMadeIsWhatALayoutHolds() throws Exception {
    assertThat(new String(IMAGE.files().get("oci-layout"), StandardCharsets.UTF_8))
        .isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
    assertThat(IMAGE.files()).as("two layers, a configuration, a manifest").hasSize(6);
    for (Map.Entry<String, byte[]> file : IMAGE.files().entrySet()) {
      if (file.getKey().startsWith("blobs/")) {
        assertThat(file.getKey()).isEqualTo(OciImage.path(OciImage.digest(file.getValue())));
      }
    }
    assertThat(OciImage.of("latest", LAYERS).files().keySet()).as("the same each time")
        .isEqualTo(IMAGE.files().keySet());
    assertThatThrownBy(() -> IMAGE.files().clear()).isInstanceOf(UnsupportedOperationException.class);
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
