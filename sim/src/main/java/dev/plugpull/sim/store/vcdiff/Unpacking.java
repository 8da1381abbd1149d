package dev.plugpull.sim.store.vcdiff;

import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.XZInputStream;

/** Sections that {@code xdelta3} has packed: one xz stream for each kind of section, which goes on in every window. */
final class Unpacking {

  private static final int MEMORY_KIB = 64 << 10;

  private final InputStream packed = new InputStream() {
    @Override
    public int read() {
      return piece.read();
    }

    @Override
    public int read(byte[] into, int from, int count) {
      return piece.read(into, from, count);
    }
  };
  private ByteArrayInputStream piece = new ByteArrayInputStream(new byte[0]);
  private XZInputStream unpacked;

  /** The next piece: the length of its content, then the piece itself. */
  byte[] next(Section section, int most) throws TrustException {
    int length = section.number();
    if (length > most) {
      throw Section.defect("a section of " + length + " bytes");
    }
    piece = new ByteArrayInputStream(section.take(section.left()));
    try {
      if (unpacked == null) {
        unpacked = new XZInputStream(packed, MEMORY_KIB);
      }
      byte[] content = unpacked.readNBytes(length);
      if (content.length != length) {
        throw Section.defect("a packed section ends early");
      }
      return content;
    } catch (IOException e) {
      throw Section.defect("a packed section is broken: " + e.getMessage());
    }
  }
}
