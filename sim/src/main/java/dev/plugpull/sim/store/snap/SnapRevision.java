package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.vcdiff.VcdiffWriter;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One revision of a snap.
 *
 * @param deltas revision it starts from to the delta's bytes
 */
public record SnapRevision(int number, String version, Epoch epoch, byte[] blob, SortedMap<Integer, byte[]> deltas) {

  public SnapRevision {
    deltas = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(deltas));
  }

  public static SnapRevision of(int number, byte[] blob) {
    return new SnapRevision(number, Integer.toString(number), Epoch.ZERO, blob, new TreeMap<>(Map.of()));
  }

  /** This revision with data of other generations. */
  public SnapRevision withEpoch(Epoch other) {
    return new SnapRevision(number, version, other, blob, deltas);
  }

  /** This revision with a delta in xdelta3's format from an older one. */
  public SnapRevision withDelta(SnapRevision from) {
    TreeMap<Integer, byte[]> more = new TreeMap<>(deltas);
    more.put(from.number(), VcdiffWriter.delta(from.blob(), blob));
    return new SnapRevision(number, version, epoch, blob, more);
  }

  /** The digest as the store's JSON has it. */
  public String hexDigest() {
    return Digests.hex(Digests.digest("SHA3-384", blob));
  }

  /** The digest as headers of assertions have it. */
  public String headerDigest() {
    return headerDigest(blob);
  }

  /** SHA3-384 in base64url without padding. */
  public static String headerDigest(byte[] blob) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.digest("SHA3-384", blob));
  }
}
