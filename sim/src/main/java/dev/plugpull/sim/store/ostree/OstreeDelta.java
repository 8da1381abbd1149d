package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The superblock of a static delta: what it leads from and to, the new commit, and which parts make which objects.
 *
 * @param from digest of the commit that must be there; empty for a delta from scratch
 * @param to digest of the commit that is made
 * @param commit that commit's bytes, unchecked
 * @param detached the commit's detached metadata, if the delta brings it, unchecked
 * @param parts in the order in which they are applied
 * @param fallbacks digests of the files that are to be fetched by themselves
 */
record OstreeDelta(
    String from, String to, byte[] commit, Optional<byte[]> detached, List<Part> parts, List<String> fallbacks) {

  static final String SUPERBLOCK = "(a{sv}tayay" + OstreeCommit.TYPE + "aya(uayttay)a(yaytt))";
  static final String PART = "(a(uuu)aa(ayay)ayay)";
  static final byte FILE = 1;
  static final byte DIRTREE = 2;
  static final byte DIRMETA = 3;
  static final byte COMMIT = 4;
  private static final int NAME = 33;
  private static final int MOST_OBJECTS = 1 << 20;

  /** An object by its kind and digest. */
  record Name(byte kind, String checksum) {
    String path() throws TrustException {
      return OstreeObject.path(checksum, switch (kind) {
        case FILE -> "filez";
        case DIRTREE -> "dirtree";
        case DIRMETA -> "dirmeta";
        case COMMIT -> "commit";
        default -> throw defect("an object of kind " + kind);
      });
    }
  }

  /**
   * One part.
   *
   * @param checksum digest of its file
   * @param inline its file, if the superblock holds it
   * @param objects what it makes, in that order
   */
  record Part(String checksum, Optional<byte[]> inline, List<Name> objects) {}

  OstreeDelta {
    parts = List.copyOf(parts);
    fallbacks = List.copyOf(fallbacks);
  }

  /** Path below the repository of one file of a delta. */
  static String path(String from, String to, String file) {
    String begin = from.isEmpty() ? short64(to) : short64(from);
    return "deltas/" + begin.substring(0, 2) + "/" + begin.substring(2) + (from.isEmpty() ? "" : "-" + short64(to))
        + "/" + file;
  }

  private static String short64(String checksum) {
    return Base64.getEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex(checksum)).replace('/', '_');
  }

  /** What a summary calls a delta. */
  static String name(String from, String to) {
    return from.isEmpty() ? to : from + "-" + to;
  }

  /** Reads a superblock; its digest is somebody else's to check. */
  static OstreeDelta read(byte[] bytes) throws TrustException {
    List<GVariant> members = ((GVariant.Tuple) GVariantReader.read(SUPERBLOCK, bytes)).values();
    GVariant metadata = members.get(0);
    boolean turned = metadata.lookup("ostree.endianness") instanceof GVariant.Number(char kind, long order)
        && kind == 'y' && order == 'B';
    String from = OstreeCommit.hex(members.get(2), true);
    String to = OstreeCommit.hex(members.get(3), false);
    if (((GVariant.Bytes) members.get(5)).value().length > 0) {
      throw defect("it needs other deltas first");
    }
    List<Part> parts = new ArrayList<>();
    for (GVariant value : ((GVariant.Items) members.get(6)).values()) {
      parts.add(part((GVariant.Tuple) value, turned, metadata.lookup(path(from, to, "" + parts.size()))));
    }
    List<String> fallbacks = new ArrayList<>();
    for (GVariant value : ((GVariant.Items) members.get(7)).values()) {
      List<GVariant> fallback = ((GVariant.Tuple) value).values();
      if (((GVariant.Number) fallback.get(0)).value() != FILE) {
        throw defect("metadata that is to be fetched by itself");
      }
      fallbacks.add(OstreeCommit.hex(fallback.get(1), false));
    }
    GVariant detached = metadata.lookup(path(from, to, "commitmeta"));
    return new OstreeDelta(from, to, members.get(4).encode(), Optional.ofNullable(detached).map(GVariant::encode),
        parts, fallbacks);
  }

  private static Part part(GVariant.Tuple header, boolean turned, GVariant inline) throws TrustException {
    GVariant.Number version = (GVariant.Number) header.values().get(0);
    if ((turned ? version.swapped() : version).value() != 0) {
      throw defect("a part of a newer version");
    }
    byte[] names = ((GVariant.Bytes) header.values().get(4)).value();
    if (names.length % NAME != 0 || names.length / NAME > MOST_OBJECTS) {
      throw defect("a list of objects of " + names.length + " bytes");
    }
    List<Name> objects = new ArrayList<>();
    for (int at = 0; at < names.length; at += NAME) {
      objects.add(new Name(names[at], HexFormat.of().formatHex(names, at + 1, at + NAME)));
    }
    Optional<byte[]> held = inline instanceof GVariant.Tuple tuple && tuple.type().equals("(yay)")
        ? Optional.of(tuple.encode()) : Optional.empty();
    return new Part(OstreeCommit.hex(header.values().get(1), false), held, objects);
  }

  static TrustException defect(String why) {
    return new TrustException(Defect.FORMAT, "cannot apply static delta: " + why);
  }
}
