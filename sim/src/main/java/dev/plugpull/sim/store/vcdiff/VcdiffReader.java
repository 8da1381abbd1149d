package dev.plugpull.sim.store.vcdiff;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Adler32;

/** Applies a delta to its source. */
public final class VcdiffReader {

  static final byte[] MAGIC = {(byte) 0xd6, (byte) 0xc3, (byte) 0xc4, 0};
  static final int PACKED = 1;
  static final int REMARK = 4;
  static final int FROM_SOURCE = 1;
  static final int FROM_TARGET = 2;
  static final int CHECKED = 4;
  private static final int XZ = 2;
  private static final int KINDS = 3;

  private final byte[] source;
  private final int most;
  private final ByteArrayOutputStream target = new ByteArrayOutputStream();
  private final Unpacking[] packed = new Unpacking[KINDS];

  private VcdiffReader(byte[] source, int most) {
    this.source = source;
    this.most = most;
  }

  /**
   * The content that the delta makes of its source.
   *
   * @param most bytes that it may have
   * @throws TrustException if the delta is broken, for another source, or makes more
   */
  public static byte[] apply(byte[] source, byte[] delta, int most) throws TrustException {
    VcdiffReader reader = new VcdiffReader(source, most);
    Section in = new Section(delta);
    if (in.left() < MAGIC.length || !Arrays.equals(in.take(MAGIC.length), MAGIC)) {
      throw Section.defect("it is no VCDIFF");
    }
    reader.head(in);
    while (in.left() > 0) {
      reader.window(in);
    }
    return reader.target.toByteArray();
  }

  private void head(Section in) throws TrustException {
    int flags = in.next();
    if ((flags & ~(PACKED | REMARK)) != 0) {
      throw Section.defect("it brings a code table of its own or is of a newer kind");
    }
    if ((flags & PACKED) != 0) {
      int how = in.next();
      if (how != XZ) {
        throw Section.defect("it is packed with method " + how + ", only xz is known");
      }
      for (int kind = 0; kind < KINDS; kind++) {
        packed[kind] = new Unpacking();
      }
    }
    if ((flags & REMARK) != 0) {
      in.take(in.number());
    }
  }

  private void window(Section in) throws TrustException {
    int flags = in.next();
    if ((flags & ~(FROM_SOURCE | FROM_TARGET | CHECKED)) != 0 || (flags & 3) == 3) {
      throw Section.defect("a window of an unknown kind");
    }
    byte[] segment = {};
    if ((flags & 3) != 0) {
      byte[] from = (flags & FROM_SOURCE) != 0 ? source : target.toByteArray();
      int size = in.number();
      int position = in.number();
      if (size > from.length || position > from.length - size) {
        throw Section.defect("it is for a longer source");
      }
      segment = Arrays.copyOfRange(from, position, position + size);
    }
    Section body = new Section(in.take(in.number()));
    int length = body.number();
    if (length > most - target.size() || length > Integer.MAX_VALUE - 8 - segment.length) {
      throw new TrustException(Defect.LENGTH, "cannot apply delta: it makes more than " + most + " bytes");
    }
    int unpack = body.next();
    int[] sizes = {body.number(), body.number(), body.number()};
    long sum = (flags & CHECKED) != 0 ? body.fixed() : -1;
    Section[] sections = new Section[KINDS];
    for (int kind = 0; kind < KINDS; kind++) {
      sections[kind] = section(new Section(body.take(sizes[kind])), (unpack >> kind & 1) != 0, kind, length);
    }
    byte[] all = Arrays.copyOf(segment, segment.length + length);
    fill(all, segment.length, sections);
    Adler32 actual = new Adler32();
    actual.update(all, segment.length, length);
    if (sum >= 0 && sum != actual.getValue()) {
      throw new TrustException(Defect.DIGEST, "cannot apply delta: a window has another checksum");
    }
    target.write(all, segment.length, length);
  }

  /** A section holds at most some bytes for each byte that it makes. */
  private Section section(Section raw, boolean unpack, int kind, int length) throws TrustException {
    if (!unpack) {
      return raw;
    }
    if (packed[kind] == null) {
      throw Section.defect("a packed section, and its head does not say how");
    }
    return new Section(packed[kind].next(raw, (int) Math.min(Integer.MAX_VALUE - 8, 16L * length + 64)));
  }

  /** Runs the instructions; {@code from} bytes are there already. */
  private static void fill(byte[] all, int from, Section[] sections) throws TrustException {
    Section data = sections[0];
    Section codes = sections[1];
    Section addresses = sections[2];
    Addresses cache = new Addresses();
    int at = from;
    while (codes.left() > 0) {
      for (Instruction instruction : Instruction.TABLE.get(codes.next())) {
        int size = instruction.size() > 0 ? instruction.size() : codes.number();
        if (size > all.length - at) {
          throw Section.defect("an instruction makes more than its window holds");
        }
        switch (instruction.kind()) {
          case ADD -> System.arraycopy(data.take(size), 0, all, at, size);
          case RUN -> Arrays.fill(all, at, at + size, (byte) data.next());
          case COPY -> copy(all, cache.read(addresses, instruction.mode(), at), at, size);
        }
        at += size;
      }
    }
    if (at != all.length || data.left() > 0 || addresses.left() > 0) {
      throw Section.defect("a window is not filled, or something is left over");
    }
  }

  /** Byte by byte: a copy may reach into what it makes. */
  private static void copy(byte[] all, int from, int to, int size) {
    for (int i = 0; i < size; i++) {
      all[to + i] = all[from + i];
    }
  }
}
