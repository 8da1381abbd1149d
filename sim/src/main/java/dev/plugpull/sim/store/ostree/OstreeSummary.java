package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.TrustException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A summary that was read.
 *
 * @param refs ref to digest of its commit
 * @param metadata dictionary of type {@code a{sv}} about the whole repository
 */
public record OstreeSummary(SortedMap<String, String> refs, GVariant metadata) {

  static final String DELTAS = "ostree.static-deltas";
  static final String TYPE = "(a(s(taya{sv}))a{sv})";

  /** Digest of the superblock of a static delta, if the summary lists that delta. */
  Optional<byte[]> delta(String from, String to) {
    GVariant deltas = metadata.lookup(DELTAS);
    return deltas != null && deltas.lookup(OstreeDelta.name(from, to)) instanceof GVariant.Bytes(byte[] digest)
        ? Optional.of(digest) : Optional.empty();
  }

  /** Reads a summary; its signature is somebody else's to check. */
  public static OstreeSummary read(byte[] bytes) throws TrustException {
    GVariant.Tuple tuple = (GVariant.Tuple) GVariantReader.read(TYPE, bytes);
    TreeMap<String, String> refs = new TreeMap<>();
    String before = "";
    for (GVariant value : ((GVariant.Items) tuple.values().get(0)).values()) {
      GVariant.Tuple pair = (GVariant.Tuple) value;
      String ref = ((GVariant.Text) pair.values().get(0)).value();
      // Clients search the sorted list by halving it: unsorted refs would be seen by some and not by others.
      if (ref.compareTo(before) <= 0) {
        throw OstreeObject.defect("a summary whose refs are not sorted");
      }
      before = ref;
      refs.put(ref, OstreeCommit.hex(((GVariant.Tuple) pair.values().get(1)).values().get(1), false));
    }
    return new OstreeSummary(refs, tuple.values().get(1));
  }
}
