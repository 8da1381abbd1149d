package dev.plugpull.sim.store;

import dev.plugpull.sim.store.trust.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An answer.
 *
 * @param status as in HTTP
 * @param headers names in lower case; {@code content-length} is the sender's to say
 */
public record StoreAnswer(int status, SortedMap<String, String> headers, byte[] body) {

  public static final String JSON = "application/json";
  public static final String BYTES = "application/octet-stream";

  public StoreAnswer {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  public static StoreAnswer of(int status, String type, byte[] body) {
    return new StoreAnswer(status, new TreeMap<>(), body).with("content-type", type);
  }

  public static StoreAnswer of(int status, String type, String body) {
    return of(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An error as snapd's store words it. */
  public static StoreAnswer error(int status, String code, String message) {
    return of(status, JSON, "{\"error-list\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
  }

  /** The same answer with one more header. */
  public StoreAnswer with(String name, String value) {
    TreeMap<String, String> more = new TreeMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new StoreAnswer(status, more, body);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The same answer with another body. */
  public StoreAnswer withBody(byte[] other) {
    return new StoreAnswer(status, headers, other);
  }

  /**
   * This answer as a file that can be asked for in parts: with an entity tag, answering {@code Range}, {@code If-Range}
   * and {@code If-None-Match}.
   */
  public StoreAnswer asFile(StoreRequest request) {
    if (status != 200 || !request.reads()) {
      return this;
    }
    String tag = "\"" + Digests.hex(Arrays.copyOf(Digests.sha256(body), 12)) + "\"";
    StoreAnswer whole = with("etag", tag).with("accept-ranges", "bytes");
    if (request.header("if-none-match").filter(tag::equals).isPresent()) {
      return new StoreAnswer(304, whole.headers, new byte[0]);
    }
    if (request.header("if-range").filter(asked -> !asked.equals(tag)).isPresent()) {
      return whole;
    }
    return switch (ByteRange.read(request.header("range"), body.length)) {
      case ByteRange.Asked.Ignored ignored -> whole;
      case ByteRange.Asked.Unsatisfiable none ->
          of(416, "text/plain", "").with("content-range", "bytes */" + body.length);
      case ByteRange.Asked.Part(ByteRange range) ->
          new StoreAnswer(206, whole.headers, Arrays.copyOfRange(body, range.from(), range.to()))
              .with("content-range", "bytes " + range.from() + "-" + (range.to() - 1) + "/" + body.length);
    };
  }
}
