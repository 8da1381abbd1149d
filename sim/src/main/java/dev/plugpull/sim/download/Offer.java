package dev.plugpull.sim.download;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the store offers. Nothing of it is signed.
 *
 * @param whole the revision's content
 * @param delta what makes it of an older revision, if exactly one such file is offered
 */
record Offer(String snapId, int revision, File whole, Optional<Delta> delta) {

  /**
   * A file to download.
   *
   * @param digest SHA3-384 in hexadecimal digits
   */
  record File(String url, int size, String digest) {}

  /** A difference in xdelta3's format to the content of the revision {@code source}. */
  record Delta(int source, File file) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGEST = 1 << 20;

  /** Reads the answer to a refresh request; empty: nothing new. */
  static Optional<Offer> read(byte[] body) throws Unavailable {
    try {
      JsonNode root = JSON.readTree(body);
      if (!root.path("results").isArray()) {
        throw new Unavailable("the answer is not the store's");
      }
      JsonNode result = root.path("results").path(0);
      if (!result.path("result").asString("").equals("refresh")) {
        return Optional.empty();
      }
      JsonNode snap = result.path("snap");
      JsonNode download = snap.path("download");
      JsonNode deltas = download.path("deltas");
      boolean usable = deltas.size() == 1 && deltas.path(0).path("format").asString("").equals("xdelta3");
      Optional<Delta> delta = usable
          ? Optional.of(new Delta(deltas.path(0).path("source").asInt(0), file(deltas.path(0)))) : Optional.empty();
      return Optional.of(new Offer(result.path("snap-id").asString(""), snap.path("revision").asInt(0), file(download),
          delta));
    } catch (JacksonException e) {
      throw new Unavailable("the answer is no JSON");
    }
  }

  private static File file(JsonNode node) throws Unavailable {
    int size = node.path("size").asInt(-1);
    if (size < 0 || size > LARGEST) {
      throw new Unavailable("the answer announces " + size + " bytes");
    }
    return new File(node.path("url").asString(""), size, node.path("sha3-384").asString(""));
  }
}
