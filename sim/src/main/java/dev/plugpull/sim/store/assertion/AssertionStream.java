package dev.plugpull.sim.store.assertion;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several assertions separated by one blank line each (spec 1.2). Unlike {@link Assertion#decode}, the body is cut by
 * its declared length, so a body may hold blank lines.
 *
 * @param assertions in the order of the stream
 * @param trailingBlankLine whether the stream ends in a blank line, which says nothing but is kept
 */
public record AssertionStream(List<Assertion> assertions, boolean trailingBlankLine) {

  public AssertionStream {
    assertions = List.copyOf(assertions);
  }

  /** Reads the whole stream; the message of a failure names the index of the assertion that is at fault. */
  public static AssertionStream decode(byte[] bytes) throws AssertionException {
    Reader reader = new Reader(bytes);
    List<Assertion> assertions = new ArrayList<>();
    while (reader.at < bytes.length || assertions.isEmpty()) {
      try {
        assertions.add(reader.next());
      } catch (AssertionException e) {
        throw new AssertionException(e.getMessage() + " (assertion " + assertions.size() + " of the stream)", e);
      }
    }
    return new AssertionStream(assertions, reader.blankLineAtEnd);
  }

  /** The bytes as received. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < assertions.size(); i++) {
      byte[] one = assertions.get(i).encoded();
      out.writeBytes(one);
      if (i + 1 < assertions.size() || trailingBlankLine) {
        out.writeBytes(one[one.length - 1] == '\n' ? new byte[] {'\n'} : new byte[] {'\n', '\n'});
      }
    }
    return out.toByteArray();
  }

  private static final class Reader {

    private final byte[] bytes;
    private int at;
    private boolean blankLineAtEnd;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    Assertion next() throws AssertionException {
      int start = at;
      int headersEnd = Assertion.separator(bytes, at, bounded(Assertion.MAX_HEADER_BYTES));
      if (headersEnd < 0) {
        throw Assertion.defect("no blank line ends the headers within " + Assertion.MAX_HEADER_BYTES + " bytes");
      }
      at = headersEnd + 2;
      int length = bodyLength(Assertion.utf8(bytes, start, headersEnd - start, "header"));
      int contentEnd = headersEnd;
      if (length > 0) {
        contentEnd = headersEnd + 2 + length;
        if (bytes.length < contentEnd + 2 || bytes[contentEnd] != '\n' || bytes[contentEnd + 1] != '\n') {
          throw Assertion.defect("no blank line ends the body of " + length + " bytes");
        }
        at = contentEnd + 2;
      }
      byte[] body = length == 0 ? new byte[0] : Arrays.copyOfRange(bytes, headersEnd + 2, contentEnd);
      return Assertion.of(Arrays.copyOfRange(bytes, start, contentEnd), headersEnd - start, body, signature());
    }

    private byte[] signature() throws AssertionException {
      int start = at;
      int end = Assertion.separator(bytes, start, bounded(Assertion.MAX_SIGNATURE_BYTES));
      if (end < 0 && bytes.length - start > Assertion.MAX_SIGNATURE_BYTES) {
        throw Assertion.defect("the signature is longer than " + Assertion.MAX_SIGNATURE_BYTES + " bytes");
      }
      if (end == start) {
        throw Assertion.defect("the signature is empty");
      }
      at = end < 0 ? bytes.length : end + 2;
      blankLineAtEnd = end >= 0;
      return Arrays.copyOfRange(bytes, start, end < 0 ? bytes.length : end + 1);
    }

    private int bounded(int limit) {
      return (int) Math.min(bytes.length, (long) at + limit + 2);
    }

    private static int bodyLength(String head) throws AssertionException {
      HeaderValue value = HeaderParser.parse(head).getOrDefault("body-length", HeaderValue.of("0"));
      if (!(value instanceof HeaderValue.Text(String text)) || !text.matches("0|[1-9][0-9]{0,8}")) {
        throw Assertion.defect("body-length is no whole number");
      }
      int length = Integer.parseInt(text);
      if (length > Assertion.MAX_BODY_BYTES) {
        throw Assertion.defect("the body is longer than " + Assertion.MAX_BODY_BYTES + " bytes");
      }
      return length;
    }
  }
}
