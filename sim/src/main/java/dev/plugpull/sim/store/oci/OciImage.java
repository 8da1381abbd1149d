package dev.plugpull.sim.store.oci;

import dev.plugpull.sim.store.trust.Digests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Images in an OCI layout: path to bytes, as a registry or a folder holds them. */
public final class OciImage {

  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private final TreeMap<String, byte[]> files = new TreeMap<>();

  private OciImage() {}

  /**
   * An image of layers.
   *
   * @param tag its name in the index
   * @param layers uncompressed tar archives, the lowest first
   */
  public static OciImage of(String tag, List<byte[]> layers) {
    OciImage image = new OciImage();
    List<String> described = new ArrayList<>();
    List<String> unpacked = new ArrayList<>();
    for (byte[] layer : layers) {
      unpacked.add("\"" + digest(layer) + "\"");
      described.add(image.descriptor(LAYER, gzip(layer), ""));
    }
    String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
        + String.join(",", unpacked) + "]}}";
    String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
        + image.descriptor(CONFIG, utf8(config), "") + ",\"layers\":[" + String.join(",", described) + "]}";
    String named = ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + tag + "\"}";
    image.files.put("index.json", utf8("{\"schemaVersion\":2,\"manifests\":["
        + image.descriptor(MANIFEST, utf8(manifest), named) + "]}"));
    image.files.put("oci-layout", utf8("{\"imageLayoutVersion\":\"1.0.0\"}"));
    return image;
  }

  private String descriptor(String type, byte[] blob, String more) {
    files.put(path(digest(blob)), blob);
    return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest(blob) + "\",\"size\":" + blob.length + more + "}";
  }

  /** Path to bytes of everything. */
  public SortedMap<String, byte[]> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  /** Where the blob of a digest lies. */
  static String path(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }

  /** {@code sha256:} and 64 hexadecimal digits. */
  public static String digest(byte[] blob) {
    return "sha256:" + Digests.hex(Digests.sha256(blob));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A gzip stream without a time, so that equal layers are equal blobs. */
  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] chunk = new byte[8192];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
    } finally {
      deflater.end();
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    for (long word : new long[] {crc.getValue(), content.length}) {
      for (int i = 0; i < 4; i++) {
        out.write((int) (word >>> 8 * i));
      }
    }
    return out.toByteArray();
  }
}
