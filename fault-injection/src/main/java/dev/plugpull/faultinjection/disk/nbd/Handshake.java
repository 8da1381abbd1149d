package dev.plugpull.faultinjection.disk.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Negotiation: from the first byte to the choice of an export, or to the client's leave. */
final class Handshake {
  /** Largest option that is looked at; names are at most 4096 bytes long. */
  private static final int MAX_OPTION_BYTES = 1 << 16;

  private final Exports exports;
  private final Input in;
  private final Output out;
  private boolean noZeroes;
  private boolean structured;
  /** The export whose contexts the client has set, or null. */
  private Export contextOf;

  Handshake(Exports exports, Input in, Output out) {
    this.exports = exports;
    this.in = in;
    this.out = out;
  }

  /**
   * What was agreed.
   *
   * @param structured whether reads are answered in chunks
   * @param status whether BLOCK_STATUS may be asked
   * @param minBlockBytes unit of offsets and lengths
   */
  record Session(Export export, boolean structured, boolean status, int minBlockBytes) {}

  /** Negotiates; null if the client leaves in order or breaks the protocol beyond repair. */
  Session negotiate() throws IOException {
    out.room(18).putLong(Nbd.MAGIC).putLong(Nbd.OPTION_MAGIC)
        .putShort((short) (Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES));
    out.flush();
    int flags = in.require(4).getInt();
    if ((flags & ~(Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES)) != 0) {
      return null;
    }
    noZeroes = (flags & Nbd.FLAG_NO_ZEROES) != 0;
    while (true) {
      ByteBuffer head = in.require(16);
      if (head.getLong() != Nbd.OPTION_MAGIC) {
        return null;
      }
      int option = head.getInt();
      long length = Integer.toUnsignedLong(head.getInt());
      if (length > MAX_OPTION_BYTES) {
        in.skip(length);
        refuse(option, Nbd.REP_ERR_TOO_BIG, "the option is too long");
        if (option == Nbd.OPT_EXPORT_NAME) {
          return null;
        }
      } else {
        byte[] body = new byte[(int) length];
        in.readFully(ByteBuffer.wrap(body));
        Step step = answer(option, ByteBuffer.wrap(body));
        if (step.over()) {
          out.flush();
          return step.session();
        }
      }
      out.flush();
    }
  }

  /** Whether the negotiation is over, and with what. */
  private record Step(boolean over, Session session) {
    static final Step ON = new Step(false, null);
    static final Step LEAVE = new Step(true, null);
  }

  private Step answer(int option, ByteBuffer body) throws IOException {
    switch (option) {
      case Nbd.OPT_EXPORT_NAME -> {
        return exportName(body);
      }
      case Nbd.OPT_ABORT -> {
        reply(option, Nbd.REP_ACK, 0);
        return Step.LEAVE;
      }
      case Nbd.OPT_LIST -> list(option, body);
      case Nbd.OPT_INFO, Nbd.OPT_GO -> {
        return info(option, body);
      }
      case Nbd.OPT_STRUCTURED_REPLY -> structured(option, body);
      case Nbd.OPT_LIST_META_CONTEXT, Nbd.OPT_SET_META_CONTEXT -> metaContext(option, body);
      default -> refuse(option, Nbd.REP_ERR_UNSUP, "this option is not spoken here");
    }
    return Step.ON;
  }

  /** The old way to begin, which has no error answer. */
  private Step exportName(ByteBuffer body) throws IOException {
    Export export = exports.find(text(body, body.remaining()));
    if (export == null) {
      return Step.LEAVE;
    }
    ByteBuffer to = out.room(134).putLong(export.disk().size()).putShort((short) export.transmissionFlags());
    if (!noZeroes) {
      to.put(new byte[124]);
    }
    return new Step(true, new Session(export, structured, contextOf == export, 1));
  }

  private void list(int option, ByteBuffer body) throws IOException {
    if (body.hasRemaining()) {
      refuse(option, Nbd.REP_ERR_INVALID, "LIST takes no data");
      return;
    }
    for (Export export : exports.all()) {
      byte[] name = export.name().getBytes(StandardCharsets.UTF_8);
      reply(option, Nbd.REP_SERVER, 4 + name.length).putInt(name.length).put(name);
    }
    reply(option, Nbd.REP_ACK, 0);
  }

  private void structured(int option, ByteBuffer body) throws IOException {
    if (body.hasRemaining()) {
      refuse(option, Nbd.REP_ERR_INVALID, "STRUCTURED_REPLY takes no data");
      return;
    }
    structured = true;
    reply(option, Nbd.REP_ACK, 0);
  }

  private Step info(int option, ByteBuffer body) throws IOException {
    String name = string(body);
    int count = name != null && body.remaining() >= 2 ? Short.toUnsignedInt(body.getShort()) : -1;
    if (count < 0 || body.remaining() != 2 * count) {
      refuse(option, Nbd.REP_ERR_INVALID, "the lengths inside the option do not fit");
      return Step.ON;
    }
    Export export = exports.find(name);
    if (export == null) {
      refuse(option, Nbd.REP_ERR_UNKNOWN, "there is no such export");
      return Step.ON;
    }
    boolean knowsBlockSize = false;
    reply(option, Nbd.REP_INFO, 12).putShort((short) Nbd.INFO_EXPORT).putLong(export.disk().size())
        .putShort((short) export.transmissionFlags());
    while (body.hasRemaining()) {
      int wish = Short.toUnsignedInt(body.getShort());
      knowsBlockSize |= wish == Nbd.INFO_BLOCK_SIZE;
      grant(option, wish, export);
    }
    reply(option, Nbd.REP_ACK, 0);
    if (option == Nbd.OPT_INFO) {
      return Step.ON;
    }
    int unit = knowsBlockSize ? export.minBlockBytes() : 1;
    return new Step(true, new Session(export, structured, contextOf == export, unit));
  }

  private void grant(int option, int wish, Export export) throws IOException {
    switch (wish) {
      case Nbd.INFO_NAME -> infoText(option, wish, export.name());
      case Nbd.INFO_DESCRIPTION -> infoText(option, wish, export.description());
      case Nbd.INFO_BLOCK_SIZE ->
          reply(option, Nbd.REP_INFO, 14).putShort((short) wish).putInt(export.minBlockBytes())
              .putInt(Export.PREFERRED_BYTES).putInt(Export.MAX_PAYLOAD);
      default -> {
        // A server may leave out what it does not know.
      }
    }
  }

  private void infoText(int option, int wish, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reply(option, Nbd.REP_INFO, 2 + utf8.length).putShort((short) wish).put(utf8);
  }

  private void metaContext(int option, ByteBuffer body) throws IOException {
    boolean set = option == Nbd.OPT_SET_META_CONTEXT;
    if (set) {
      contextOf = null;
    }
    String name = string(body);
    List<String> queries = name == null ? null : queries(body);
    if (queries == null || !structured) {
      String why = structured ? "the lengths inside the option do not fit" : "ask for structured replies first";
      refuse(option, Nbd.REP_ERR_INVALID, why);
      return;
    }
    Export export = exports.find(name);
    if (export == null) {
      refuse(option, Nbd.REP_ERR_UNKNOWN, "there is no such export");
      return;
    }
    boolean all = !set && (queries.isEmpty() || queries.contains("base:"));
    if (all || queries.contains(Nbd.BASE_ALLOCATION)) {
      byte[] context = Nbd.BASE_ALLOCATION.getBytes(StandardCharsets.UTF_8);
      reply(option, Nbd.REP_META_CONTEXT, 4 + context.length).putInt(set ? Nbd.BASE_ALLOCATION_ID : 0).put(context);
      contextOf = set ? export : contextOf;
    }
    reply(option, Nbd.REP_ACK, 0);
  }

  private static List<String> queries(ByteBuffer body) {
    if (body.remaining() < 4) {
      return null;
    }
    // Each query takes at least four bytes, so the list is bounded by the option's length.
    long count = Integer.toUnsignedLong(body.getInt());
    List<String> queries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String query = string(body);
      if (query == null) {
        return null;
      }
      queries.add(query);
    }
    return body.hasRemaining() ? null : queries;
  }

  /** A text with its length before it; null if it reaches over the end or is too long. */
  private static String string(ByteBuffer body) {
    int length = body.remaining() < 4 ? -1 : body.getInt();
    return length < 0 || length > body.remaining() || length > Nbd.MAX_STRING ? null : text(body, length);
  }

  private static String text(ByteBuffer body, int length) {
    byte[] utf8 = new byte[length];
    body.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private void refuse(int option, int error, String why) throws IOException {
    byte[] text = why.getBytes(StandardCharsets.UTF_8);
    reply(option, error, text.length).put(text);
  }

  private ByteBuffer reply(int option, int type, int length) throws IOException {
    return out.room(20 + length).putLong(Nbd.OPTION_REPLY_MAGIC).putInt(option).putInt(type).putInt(length);
  }
}
