package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The forms of single objects. Metadata objects are named by the digest of their bytes, files by the digest of an
 * uncompressed header and the content.
 */
final class OstreeObject {

  static final String DIRTREE = "(a(say)a(sayay))";
  static final String DIRMETA = "(uuua(ayay))";
  private static final String FILEZ_HEADER = "(tuuuusa(ayay))";
  private static final int REGULAR = 0100000;
  private static final int SYMLINK = 0120777;
  private static final int KIND = 0170000;
  private static final int FOLDER = 040755;
  private static final int MAX_FILE_BYTES = 512 << 20;

  private OstreeObject() {}

  /** Path of an object below the repository. */
  static String path(String checksum, String extension) {
    return "objects/" + checksum.substring(0, 2) + "/" + checksum.substring(2) + "." + extension;
  }

  static GVariant dirmeta() {
    return GVariant.tuple(GVariant.bigEndian32(0), GVariant.bigEndian32(0), GVariant.bigEndian32(FOLDER), xattrs());
  }

  private static GVariant xattrs() {
    return new GVariant.Items("(ayay)", List.of());
  }

  /** Digest of a file or link. */
  static String checksum(OstreeEntry entry) {
    int mode = mode(entry);
    byte[] header = GVariant.tuple(GVariant.bigEndian32(0), GVariant.bigEndian32(0), GVariant.bigEndian32(mode),
        GVariant.bigEndian32(0), GVariant.text(target(entry)), xattrs()).encode();
    return Digests.hex(Digests.sha256(sized(header), content(entry)));
  }

  static int mode(OstreeEntry entry) {
    return entry instanceof OstreeEntry.File file ? REGULAR | file.mode() : SYMLINK;
  }

  private static String target(OstreeEntry entry) {
    return entry instanceof OstreeEntry.Link(String target) ? target : "";
  }

  static byte[] content(OstreeEntry entry) {
    return entry instanceof OstreeEntry.File file ? file.content() : new byte[0];
  }

  /** Length of the header, padding to eight bytes, header. */
  private static byte[] sized(byte[] header) {
    return ByteBuffer.allocate(8 + header.length).putInt(header.length).putInt(0).put(header).array();
  }

  /** The object of a file or link in archive mode: header, then the raw deflate stream of the content. */
  static byte[] filez(OstreeEntry entry) {
    byte[] content = content(entry);
    byte[] header = GVariant.tuple(GVariant.bigEndian64(content.length), GVariant.bigEndian32(0),
        GVariant.bigEndian32(0), GVariant.bigEndian32(mode(entry)), GVariant.bigEndian32(0),
        GVariant.text(target(entry)), xattrs()).encode();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(sized(header));
    if (entry instanceof OstreeEntry.File) {
      out.writeBytes(deflate(content));
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[8192];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Reads a file object and checks that its name is its digest. */
  static OstreeEntry readFilez(byte[] bytes, String checksum) throws TrustException {
    if (bytes.length < 8) {
      throw defect("a file object of " + bytes.length + " bytes");
    }
    int length = ByteBuffer.wrap(bytes).getInt();
    if (length < 0 || length > bytes.length - 8) {
      throw defect("a file header of " + length + " bytes");
    }
    GVariant.Tuple header =
        (GVariant.Tuple) GVariantReader.read(FILEZ_HEADER, Arrays.copyOfRange(bytes, 8, 8 + length));
    long size = swapped(header, 0);
    int mode = (int) swapped(header, 3);
    OstreeEntry entry;
    if ((mode & KIND) == REGULAR) {
      if (size < 0 || size > MAX_FILE_BYTES) {
        throw defect("a file of " + size + " bytes");
      }
      entry = new OstreeEntry.File(inflate(bytes, 8 + length, (int) size), mode & 07777);
    } else {
      entry = new OstreeEntry.Link(((GVariant.Text) header.values().get(5)).value());
    }
    if (!checksum(entry).equals(checksum)) {
      throw corrupted(checksum);
    }
    return entry;
  }

  private static long swapped(GVariant.Tuple header, int member) {
    return ((GVariant.Number) header.values().get(member)).swapped().value();
  }

  private static byte[] inflate(byte[] bytes, int from, int size) throws TrustException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, from, bytes.length - from);
      byte[] content = new byte[size];
      int done = 0;
      while (done < size) {
        int count = inflater.inflate(content, done, size - done);
        if (count == 0) {
          throw defect("a compressed file that ends early");
        }
        done += count;
      }
      return content;
    } catch (DataFormatException e) {
      throw new TrustException(Defect.FORMAT, "cannot read OSTree object: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** Refuses bytes whose digest is not their name. */
  static void check(byte[] bytes, String checksum) throws TrustException {
    if (!Digests.hex(Digests.sha256(bytes)).equals(checksum)) {
      throw corrupted(checksum);
    }
  }

  static TrustException corrupted(String checksum) {
    return new TrustException(Defect.DIGEST, "cannot use object " + checksum + ": its content has another digest");
  }

  static TrustException defect(String why) {
    return new TrustException(Defect.FORMAT, "cannot read OSTree object: " + why);
  }
}
