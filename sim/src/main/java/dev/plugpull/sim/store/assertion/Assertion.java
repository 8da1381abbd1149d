package dev.plugpull.sim.store.assertion;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One assertion, exactly as received: signatures are checked over these bytes, never over a re-serialisation (spec
 * 1.2). Immutable. Reading it proves its shape only; {@link ChainVerifier} judges it.
 */
public final class Assertion {

  static final int MAX_HEADER_BYTES = 128 << 10;
  static final int MAX_SIGNATURE_BYTES = 128 << 10;
  static final int MAX_BODY_BYTES = 2 << 20;
  private static final byte[] SEPARATOR = {'\n', '\n'};

  private final byte[] content;
  private final byte[] signature;
  private final byte[] body;
  private final Map<String, HeaderValue> headers;

  private Assertion(byte[] content, byte[] signature, byte[] body, LinkedHashMap<String, HeaderValue> headers)
      throws AssertionException {
    this.content = content;
    this.signature = signature;
    this.body = body;
    this.headers = Collections.unmodifiableMap(headers);
    AssertionShape.check(this);
  }

  /** Reads a single assertion: its last blank line ends the content, the content's first one ends the headers. */
  public static Assertion decode(byte[] bytes) throws AssertionException {
    int end = lastSeparator(bytes);
    if (end < 0) {
      throw defect("no blank line between content and signature");
    }
    byte[] content = Arrays.copyOf(bytes, end);
    int headersEnd = separator(content, 0, content.length);
    byte[] body = headersEnd < 0 ? new byte[0] : Arrays.copyOfRange(content, headersEnd + 2, content.length);
    return of(content, headersEnd < 0 ? content.length : headersEnd, body,
        Arrays.copyOfRange(bytes, end + 2, bytes.length));
  }

  /** Joins the parts that a reader or signer has cut; {@code headersEnd} is the length of the headers in bytes. */
  static Assertion of(byte[] content, int headersEnd, byte[] body, byte[] signature) throws AssertionException {
    if (headersEnd > MAX_HEADER_BYTES) {
      throw defect("headers are longer than " + MAX_HEADER_BYTES + " bytes");
    }
    if (body.length > MAX_BODY_BYTES) {
      throw defect("the body is longer than " + MAX_BODY_BYTES + " bytes");
    }
    if (signature.length == 0 || signature.length > MAX_SIGNATURE_BYTES) {
      throw defect("the signature is empty or longer than " + MAX_SIGNATURE_BYTES + " bytes");
    }
    utf8(body, 0, body.length, "body");
    String head = utf8(content, 0, headersEnd, "header");
    return new Assertion(content, signature, body, HeaderParser.parse(head));
  }

  /** The bytes as received. */
  public byte[] encoded() {
    return ByteBuffer.allocate(content.length + 2 + signature.length).put(content).put(SEPARATOR).put(signature)
        .array();
  }

  /** The signed bytes: headers and body without the signature. */
  public byte[] content() {
    return content.clone();
  }

  /** The signature text as received, with its line breaks. */
  public byte[] signature() {
    return signature.clone();
  }

  public byte[] body() {
    return body.clone();
  }

  /** Headers in the order of the text. */
  public Map<String, HeaderValue> headers() {
    return headers;
  }

  /** The text of a header; empty when it is absent or a list or map. */
  public Optional<String> text(String name) {
    return headers.get(name) instanceof HeaderValue.Text(String text) ? Optional.of(text) : Optional.empty();
  }

  /** The text of a header that must be there and not be empty. */
  public String required(String name) throws AssertionException {
    return text(name).filter(text -> !text.isEmpty())
        .orElseThrow(() -> new AssertionException("cannot use " + typeName() + " assertion: header '" + name
            + "' is missing, empty or not text"));
  }

  public String typeName() {
    return text("type").orElse("");
  }

  /** The known type, or empty: unknown ones can be carried and their signature judged, but not stored. */
  public Optional<AssertionType> type() {
    return AssertionType.of(typeName());
  }

  public String authorityId() {
    return text("authority-id").orElse("");
  }

  public String signKeyId() {
    return text("sign-key-sha3-384").orElse("");
  }

  public int revision() {
    return AssertionShape.number(this, "revision");
  }

  public int format() {
    return AssertionShape.number(this, "format");
  }

  /** Values of the primary-key headers in the order of the type, defaults filled in; empty for unknown types. */
  public List<String> primaryKey() {
    List<String> key = new ArrayList<>();
    type().ifPresent(type -> type.primaryKey()
        .forEach(name -> key.add(text(name).orElse(type.keyDefaults().getOrDefault(name, "")))));
    return List.copyOf(key);
  }

  /** A header holding a moment (RFC 3339); empty when absent. */
  public Optional<Instant> time(String name) throws AssertionException {
    if (!headers.containsKey(name)) {
      return Optional.empty();
    }
    String text = required(name);
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new AssertionException("cannot use " + typeName() + " assertion: header '" + name
          + "' is no RFC 3339 time: " + AssertionException.quote(text));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Assertion that && Arrays.equals(content, that.content)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return typeName() + primaryKey() + " revision " + revision();
  }

  static String utf8(byte[] bytes, int from, int length, String what) throws AssertionException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionException("cannot read assertion: " + what + " is not UTF-8", e);
    }
  }

  /** Index of the first blank line at or after {@code from} that ends before {@code to}, or -1. */
  static int separator(byte[] bytes, int from, int to) {
    for (int i = from; i + 1 < to; i++) {
      if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int lastSeparator(byte[] bytes) {
    for (int i = bytes.length - 2; i >= 0; i--) {
      if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  static AssertionException defect(String why) {
    return new AssertionException("cannot read assertion: " + why);
  }
}
