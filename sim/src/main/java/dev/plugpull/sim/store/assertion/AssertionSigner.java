package dev.plugpull.sim.store.assertion;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts headers into the canonical order of spec 1.2 and signs them. */
public final class AssertionSigner {

  private AssertionSigner() {}

  /**
   * Signs a new assertion.
   *
   * @param given headers in any order; {@code body-length} and {@code sign-key-sha3-384} are filled in
   * @param body UTF-8 text, may be empty
   * @param at creation time written into the signature, in whole seconds
   */
  public static Assertion sign(Map<String, HeaderValue> given, byte[] body, SigningKey key, Instant at)
      throws AssertionException {
    LinkedHashMap<String, HeaderValue> ordered = canonical(given);
    if (body.length > 0) {
      ordered.put("body-length", HeaderValue.of(Integer.toString(body.length)));
    }
    ordered.put("sign-key-sha3-384", HeaderValue.of(key.id()));
    byte[] content = content(ordered, body);
    int headersEnd = content.length - (body.length == 0 ? 0 : body.length + 2);
    byte[] signature = key.sign(content, at);
    byte[] text = Arrays.copyOf(signature, signature.length + 1);
    text[signature.length] = '\n';
    Assertion made = read(content, headersEnd, body, text);
    // Read back what was written: a value the grammar cannot carry must not become another value silently.
    if (!HeaderWriter.write(made.headers()).equals(HeaderWriter.write(ordered))) {
      throw new AssertionException("cannot sign: a header value does not survive its text form");
    }
    return made;
  }

  private static Assertion read(byte[] content, int headersEnd, byte[] body, byte[] signature)
      throws AssertionException {
    try {
      return Assertion.of(content, headersEnd, body, signature);
    } catch (AssertionException e) {
      throw new AssertionException("cannot sign: " + e.why(), e);
    }
  }

  /** Reads headers to sign from their text form; blank lines at the end are dropped. */
  public static Map<String, HeaderValue> readHeaders(byte[] text) throws AssertionException {
    String head = Assertion.utf8(text, 0, text.length, "header");
    return HeaderParser.parse(head.replaceAll("\\n+\\z", ""));
  }

  /** Content bytes in canonical order, as {@link #sign} would sign them, of an assertion that was read. */
  public static byte[] canonicalContent(Assertion assertion) {
    LinkedHashMap<String, HeaderValue> ordered = canonical(assertion.headers());
    if (assertion.body().length > 0) {
      ordered.put("body-length", HeaderValue.of(Integer.toString(assertion.body().length)));
    }
    ordered.put("sign-key-sha3-384", HeaderValue.of(assertion.signKeyId()));
    return content(ordered, assertion.body());
  }

  private static byte[] content(Map<String, HeaderValue> ordered, byte[] body) {
    byte[] head = HeaderWriter.write(ordered).getBytes(StandardCharsets.UTF_8);
    if (body.length == 0) {
      return head;
    }
    byte[] content = Arrays.copyOf(head, head.length + 2 + body.length);
    content[head.length] = '\n';
    content[head.length + 1] = '\n';
    System.arraycopy(body, 0, content, head.length + 2, body.length);
    return content;
  }

  private static LinkedHashMap<String, HeaderValue> canonical(Map<String, HeaderValue> given) {
    TreeMap<String, HeaderValue> rest = new TreeMap<>(given);
    rest.remove("body-length");
    rest.remove("sign-key-sha3-384");
    LinkedHashMap<String, HeaderValue> ordered = new LinkedHashMap<>();
    List<String> first = new ArrayList<>(List.of("type", "format", "authority-id", "revision"));
    AssertionType type = rest.get("type") instanceof HeaderValue.Text(String name)
        ? AssertionType.of(name).orElse(null) : null;
    if (type != null) {
      first.addAll(type.primaryKey());
    }
    for (String name : first) {
      HeaderValue value = rest.remove(name);
      if (value != null && !isDefault(name, value, type)) {
        ordered.put(name, value);
      }
    }
    ordered.putAll(rest);
    return ordered;
  }

  private static boolean isDefault(String name, HeaderValue value, AssertionType type) {
    boolean counter = name.equals("format") || name.equals("revision");
    String standard = counter ? "0" : type == null ? null : type.keyDefaults().get(name);
    return value.equals(new HeaderValue.Text(standard));
  }
}
