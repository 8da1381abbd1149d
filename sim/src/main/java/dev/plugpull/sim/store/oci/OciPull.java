package dev.plugpull.sim.store.oci;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pulls an image: every blob is compared with the size and digest that its parent names before it is used. */
public final class OciPull {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final long MAX_BLOB = 256L << 20;
  private static final int MAX_LAYERS = 127;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Function<String, Optional<byte[]>> remote;

  /** A pull from a layout: path to bytes, as the network delivers them. */
  public OciPull(Function<String, Optional<byte[]>> remote) {
    this.remote = remote;
  }

  /** The digest that a tag names now. Nothing vouches for it: pin the digest, not the tag. */
  public String resolve(String tag) throws TrustException {
    JsonNode index = json(fetch("index.json"), "index");
    for (JsonNode manifest : index.path("manifests")) {
      if (manifest.path("annotations").path("org.opencontainers.image.ref.name").asString("").equals(tag)) {
        return digest(manifest);
      }
    }
    throw new TrustException(Defect.MISMATCH, "cannot pull " + tag + ": the index does not list it");
  }

  /** The unpacked layers of the image with that digest, the lowest first. */
  public List<byte[]> pull(String manifestDigest) throws TrustException {
    byte[] bytes = blob(manifestDigest, -1);
    JsonNode manifest = json(bytes, "manifest");
    if (manifest.path("schemaVersion").asInt(0) != 2
        || !manifest.path("mediaType").asString(OciImage.MANIFEST).equals(OciImage.MANIFEST)) {
      throw defect("a manifest of another type");
    }
    JsonNode config = json(blob(manifest.path("config")), "configuration");
    JsonNode unpacked = config.path("rootfs").path("diff_ids");
    JsonNode layers = manifest.path("layers");
    if (layers.size() != unpacked.size() || layers.size() > MAX_LAYERS) {
      throw new TrustException(Defect.MISMATCH, "cannot use image: its manifest has " + layers.size()
          + " layers, its configuration " + unpacked.size());
    }
    List<byte[]> result = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      byte[] layer = gunzip(blob(layers.get(i)));
      if (!OciImage.digest(layer).equals(unpacked.get(i).asString(""))) {
        throw new TrustException(Defect.DIGEST, "cannot use layer " + i + ": unpacked it has another digest");
      }
      result.add(layer);
    }
    return result;
  }

  private byte[] blob(JsonNode descriptor) throws TrustException {
    return blob(digest(descriptor), descriptor.path("size").asLong(Long.MAX_VALUE));
  }

  private static String digest(JsonNode descriptor) throws TrustException {
    String digest = descriptor.path("digest").asString("");
    if (!DIGEST.matcher(digest).matches()) {
      throw defect("no SHA-256 digest but '" + digest + "'");
    }
    return digest;
  }

  private byte[] blob(String digest, long size) throws TrustException {
    if (size > MAX_BLOB) {
      throw new TrustException(Defect.LENGTH, "cannot use blob " + digest + ": more than " + MAX_BLOB + " bytes");
    }
    byte[] bytes = fetch(OciImage.path(digest));
    if (size >= 0 && bytes.length != size) {
      throw new TrustException(Defect.LENGTH,
          "cannot use blob " + digest + ": " + bytes.length + " bytes came, " + size + " were announced");
    }
    if (!OciImage.digest(bytes).equals(digest)) {
      throw new TrustException(Defect.DIGEST, "cannot use blob " + digest + ": its content has another digest");
    }
    return bytes;
  }

  private byte[] fetch(String path) throws TrustException {
    return remote.apply(path)
        .orElseThrow(() -> new TrustException(Defect.LENGTH, "cannot pull: the remote has no " + path));
  }

  private static JsonNode json(byte[] bytes, String what) throws TrustException {
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw new TrustException(Defect.FORMAT, "cannot read " + what + ": no JSON", e);
    }
  }

  private static byte[] gunzip(byte[] bytes) throws TrustException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] unpacked = in.readNBytes((int) MAX_BLOB);
      if (in.read() >= 0) {
        throw new TrustException(Defect.LENGTH, "cannot use layer: unpacked it has more than " + MAX_BLOB + " bytes");
      }
      return unpacked;
    } catch (IOException e) {
      throw new TrustException(Defect.FORMAT, "cannot use layer: " + e.getMessage(), e);
    }
  }

  private static TrustException defect(String why) {
    return new TrustException(Defect.FORMAT, "cannot read image: " + why);
  }
}
