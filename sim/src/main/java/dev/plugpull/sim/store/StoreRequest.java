package dev.plugpull.sim.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request.
 *
 * @param method such as {@code GET}
 * @param target path and query as sent
 * @param headers names in lower case
 */
public record StoreRequest(String method, String target, SortedMap<String, String> headers, byte[] body) {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\[\\]:-]{1,255}");

  public StoreRequest {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  public static StoreRequest get(String target) {
    return new StoreRequest("GET", target, new TreeMap<>(), new byte[0]);
  }

  public static StoreRequest post(String target, String body) {
    return new StoreRequest("POST", target, new TreeMap<>(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The same request with one more header. */
  public StoreRequest with(String name, String value) {
    TreeMap<String, String> more = new TreeMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new StoreRequest(method, target, more, body);
  }

  /** The same request with one name replaced by another, in address and body. */
  public StoreRequest about(String one, String other) {
    byte[] changed = new String(body, StandardCharsets.UTF_8).replace(one, other).getBytes(StandardCharsets.UTF_8);
    return new StoreRequest(method, target.replace(one, other), headers, changed);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * What addresses in an answer begin with.
   *
   * @param configured if it is empty, the client's own name for this server counts
   */
  public String base(String configured) {
    if (!configured.isEmpty()) {
      return configured;
    }
    return header("host").filter(host -> HOST.matcher(host).matches()).map(host -> "http://" + host).orElse("");
  }

  /** The path, decoded; empty if it is badly encoded. */
  public Optional<String> path() {
    int query = target.indexOf('?');
    return decode((query < 0 ? target : target.substring(0, query)).replace("+", "%2B"));
  }

  /** A value of the query; empty if it is absent or badly encoded. */
  public Optional<String> query(String name) {
    int query = target.indexOf('?');
    if (query < 0) {
      return Optional.empty();
    }
    for (String pair : target.substring(query + 1).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equals(name)) {
        return decode(pair.substring(equals + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decode(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the request is GET, or HEAD, which differs only in what is sent back. */
  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
