package dev.plugpull.sim.download;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the store offers. Nothing of it is signed.
 *
 * @param digest SHA3-384 in hexadecimal digits
 */
record Offer(String snapId, int revision, String url, int size, String digest) {

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
      int size = download.path("size").asInt(-1);
      if (size < 0 || size > LARGEST) {
        throw new Unavailable("the answer announces " + size + " bytes");
      }
      return Optional.of(new Offer(result.path("snap-id").asString(""), snap.path("revision").asInt(0),
          download.path("url").asString(""), size, download.path("sha3-384").asString("")));
    } catch (JacksonException e) {
      throw new Unavailable("the answer is no JSON");
    }
  }
}
