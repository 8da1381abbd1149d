package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.ostree.OstreeDelta.Name;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.tukaani.xz.XZInputStream;

/** Runs the instructions of one part. What it makes has the digests that the superblock promised, or it is refused. */
final class OstreeDeltaReader {

  private static final int MOST_BYTES = 64 << 20;
  private static final int MEMORY_KIB = 128 << 10;
  private static final int SYMLINK = 0120000;
  private static final int KIND = 0170000;
  private static final int DIGEST = 32;

  private final List<Name> names;
  private final Function<String, Optional<byte[]>> source;
  private final List<GVariant> modes;
  private final byte[] payload;
  private final byte[] operations;
  private final SortedMap<String, byte[]> made = new TreeMap<>();
  private int at;
  private int next;
  private long total;
  private byte[] reading;
  private ByteArrayOutputStream open;
  private int openMode;
  private long openSize;

  private OstreeDeltaReader(List<Name> names, GVariant.Tuple part, Function<String, Optional<byte[]>> source) {
    this.names = names;
    this.source = source;
    this.modes = ((GVariant.Items) part.values().get(0)).values();
    this.payload = ((GVariant.Bytes) part.values().get(2)).value();
    this.operations = ((GVariant.Bytes) part.values().get(3)).value();
  }

  /**
   * The loose objects that a part makes, by path.
   *
   * @param file the part as it came
   * @param source digest of a file to its content, of what is there already
   */
  static SortedMap<String, byte[]> apply(OstreeDelta.Part part, byte[] file,
      Function<String, Optional<byte[]>> source) throws TrustException {
    OstreeObject.check(file, part.checksum());
    GVariant.Tuple content = (GVariant.Tuple) GVariantReader.read(OstreeDelta.PART, unpacked(file));
    OstreeDeltaReader reader = new OstreeDeltaReader(part.objects(), content, source);
    while (reader.at < reader.operations.length) {
      reader.step(reader.operations[reader.at++]);
    }
    if (reader.open != null || reader.next != part.objects().size()) {
      throw OstreeDelta.defect("a part makes " + reader.next + " of " + part.objects().size() + " objects");
    }
    return reader.made;
  }

  static byte[] unpacked(byte[] file) throws TrustException {
    if (file.length == 0 || file[0] != 0 && file[0] != 'x') {
      throw OstreeDelta.defect("a part is packed in an unknown way");
    }
    ByteArrayInputStream rest = new ByteArrayInputStream(file, 1, file.length - 1);
    if (file[0] == 0) {
      return rest.readAllBytes();
    }
    try (XZInputStream in = new XZInputStream(rest, MEMORY_KIB)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw OstreeDelta.defect("a part of more than " + MOST_BYTES + " bytes");
      }
      return content;
    } catch (IOException e) {
      throw OstreeDelta.defect("a packed part is broken: " + e.getMessage());
    }
  }

  private void step(byte operation) throws TrustException {
    switch (operation) {
      case 'S' -> splice();
      case 'o' -> open();
      case 'w' -> write();
      case 'B' -> patch();
      case 'r' -> {
        long from = number();
        String checksum = HexFormat.of().formatHex(payload(from, DIGEST));
        reading = source.apply(checksum).orElseThrow(
            () -> OstreeDelta.defect("file " + checksum + ", which it is made from, is not here"));
      }
      case 'R' -> reading = null;
      case 'c' -> close();
      default -> throw OstreeDelta.defect("an unknown instruction " + operation);
    }
  }

  private Name name() throws TrustException {
    if (open != null || next == names.size()) {
      throw OstreeDelta.defect("a part makes more objects than it promised");
    }
    return names.get(next);
  }

  /** One object whose content lies in the payload as it is. */
  private void splice() throws TrustException {
    Name name = name();
    if (name.kind() == OstreeDelta.FILE) {
      openMode = mode();
      long size = number();
      reading = null;
      finish(name, payload(number(), size));
    } else {
      long size = number();
      byte[] object = payload(number(), size);
      OstreeObject.check(object, name.checksum());
      put(name, object);
    }
  }

  private int mode() throws TrustException {
    long mode = number();
    number();
    if (mode < 0 || mode >= modes.size()) {
      throw OstreeDelta.defect("a mode that is not in its table");
    }
    GVariant.Tuple owned = (GVariant.Tuple) modes.get((int) mode);
    return (int) ((GVariant.Number) owned.values().get(2)).swapped().value();
  }

  private void open() throws TrustException {
    name();
    openMode = mode();
    openSize = number();
    if (openSize < 0 || openSize > MOST_BYTES) {
      throw OstreeDelta.defect("a file of " + openSize + " bytes");
    }
    open = new ByteArrayOutputStream();
  }

  private void write() throws TrustException {
    long size = number();
    long from = number();
    append(reading == null ? payload(from, size) : range(reading, from, size));
  }

  private void append(byte[] bytes) throws TrustException {
    if (open == null || bytes.length > openSize - open.size()) {
      throw OstreeDelta.defect("more is written than the file holds");
    }
    open.writeBytes(bytes);
  }

  /** A difference in bsdiff's form: lengths of difference and addition, and how far to move; not packed. */
  private void patch() throws TrustException {
    long offset = number();
    byte[] patch = payload(offset, number());
    if (reading == null || open == null) {
      throw OstreeDelta.defect("a difference to nothing");
    }
    int read = 0;
    long old = 0;
    while (open.size() < openSize) {
      long[] control = new long[3];
      for (int i = 0; i < control.length; i++) {
        control[i] = signed(range(patch, read, Long.BYTES));
        read += Long.BYTES;
      }
      byte[] changed = range(patch, read, control[0]);
      for (int i = 0; i < changed.length; i++) {
        long place = old + i;
        changed[i] += place >= 0 && place < reading.length ? reading[(int) place] : 0;
      }
      append(changed);
      read += changed.length;
      byte[] added = range(patch, read, control[1]);
      append(added);
      read += added.length;
      old += control[0] + control[2];
    }
  }

  /** Eight bytes, the least significant first; the highest bit is the sign. */
  private static long signed(byte[] bytes) {
    long value = Long.reverseBytes(ByteBuffer.wrap(bytes).getLong());
    return value < 0 ? -(value & Long.MAX_VALUE) : value;
  }

  private void close() throws TrustException {
    if (open == null) {
      throw OstreeDelta.defect("an end of nothing");
    }
    byte[] content = open.toByteArray();
    open = null;
    reading = null;
    finish(name(), content);
  }

  private void finish(Name name, byte[] content) throws TrustException {
    OstreeEntry entry = (openMode & KIND) == SYMLINK
        ? new OstreeEntry.Link(new String(content, StandardCharsets.UTF_8))
        : new OstreeEntry.File(content, openMode & 07777);
    if (name.kind() != OstreeDelta.FILE || !OstreeObject.checksum(entry).equals(name.checksum())) {
      throw OstreeObject.corrupted(name.checksum());
    }
    put(name, OstreeObject.filez(entry));
  }

  private void put(Name name, byte[] object) throws TrustException {
    total += object.length;
    if (total > MOST_BYTES) {
      throw OstreeDelta.defect("a part makes more than " + MOST_BYTES + " bytes");
    }
    made.put(name.path(), object);
    next++;
  }

  private byte[] payload(long from, long size) throws TrustException {
    return range(payload, from, size);
  }

  private static byte[] range(byte[] bytes, long from, long size) throws TrustException {
    if (from < 0 || size < 0 || from > bytes.length || size > bytes.length - from) {
      throw OstreeDelta.defect("it reads " + size + " bytes at " + from + " of " + bytes.length);
    }
    return Arrays.copyOfRange(bytes, (int) from, (int) (from + size));
  }

  /** A number in groups of seven bits, the least significant first; negative if it is too large. */
  private long number() throws TrustException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == operations.length) {
        break;
      }
      byte group = operations[at++];
      value |= (group & 0x7fL) << shift;
      if (group >= 0) {
        return value;
      }
    }
    throw OstreeDelta.defect("an instruction ends early");
  }
}
