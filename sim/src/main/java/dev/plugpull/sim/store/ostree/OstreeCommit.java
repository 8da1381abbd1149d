package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.TrustException;
import java.time.Instant;
import java.util.List;

/**
 * A commit object.
 *
 * @param bytes as signed and named
 * @param metadata dictionary of type {@code a{sv}}
 * @param parent digest of the commit before; empty if there is none
 * @param tree digest of the root directory
 * @param meta digest of the root directory's metadata
 */
public record OstreeCommit(
    byte[] bytes, GVariant metadata, String parent, String subject, Instant time, String tree, String meta) {

  static final String TYPE = "(a{sv}aya(say)sstayay)";

  /** Digest of the commit: its name. */
  public String checksum() {
    return Digests.hex(Digests.sha256(bytes));
  }

  static OstreeCommit make(List<GVariant> metadata, String parent, String subject, String body, Instant time,
      String tree, String meta) {
    GVariant.Items entries = new GVariant.Items("{sv}", metadata);
    byte[] bytes = GVariant.tuple(entries, GVariant.bytes(digest(parent)), new GVariant.Items("(say)", List.of()),
        GVariant.text(subject), GVariant.text(body), GVariant.bigEndian64(time.getEpochSecond()),
        GVariant.bytes(digest(tree)), GVariant.bytes(digest(meta))).encode();
    return new OstreeCommit(bytes, entries, parent, subject, time, tree, meta);
  }

  static byte[] digest(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }

  /** Reads a commit; its name and signature are somebody else's to check. */
  public static OstreeCommit read(byte[] bytes) throws TrustException {
    List<GVariant> parts = ((GVariant.Tuple) GVariantReader.read(TYPE, bytes)).values();
    long seconds = ((GVariant.Number) parts.get(5)).swapped().value();
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw OstreeObject.defect("a commit of second " + seconds);
    }
    return new OstreeCommit(bytes, parts.get(0), hex(parts.get(1), true), ((GVariant.Text) parts.get(3)).value(),
        Instant.ofEpochSecond(seconds), hex(parts.get(6), false), hex(parts.get(7), false));
  }

  /** A digest in hexadecimal digits. */
  static String hex(GVariant value, boolean mayBeEmpty) throws TrustException {
    byte[] bytes = ((GVariant.Bytes) value).value();
    if (bytes.length != 32 && !(mayBeEmpty && bytes.length == 0)) {
      throw OstreeObject.defect("a digest of " + bytes.length + " bytes");
    }
    return Digests.hex(bytes);
  }
}
