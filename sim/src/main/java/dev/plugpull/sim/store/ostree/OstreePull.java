package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Fetches one ref as a client does: nothing is believed before it was checked (spec ostree 2, steps 1 to 4). */
public final class OstreePull {

  private static final int MAX_DEPTH = 256;

  /** What was pulled: a commit whose signature held, and its whole tree. */
  public record Pulled(OstreeCommit commit, OstreeEntry.Folder root) {}

  private final Function<String, Optional<byte[]>> remote;
  private final OstreeTrust trust;
  private final Instant now;

  /**
   * A pull from a remote.
   *
   * @param remote path to bytes, as the network delivers them
   * @param now what the device believes about the time
   */
  public OstreePull(Function<String, Optional<byte[]>> remote, OstreeTrust trust, Instant now) {
    this.remote = remote;
    this.trust = trust;
    this.now = now;
  }

  /** Pulls a ref; {@code current} is what the device has of it, if anything. */
  public Pulled pull(String ref, Optional<OstreeCommit> current) throws TrustException {
    byte[] bytes = fetch("summary");
    trust.checkSummary(bytes, remote.apply("summary.sig").orElse(null), now);
    String checksum = OstreeSummary.read(bytes).refs().get(ref);
    if (checksum == null) {
      throw new TrustException(Defect.MISMATCH, "cannot pull " + ref + ": the summary does not list it");
    }
    OstreeCommit commit = commit(ref, checksum);
    if (trust.newerOnly() && current.isPresent() && commit.time().isBefore(current.get().time())) {
      throw new TrustException(Defect.ROLLBACK,
          "cannot pull " + ref + ": " + commit.time() + " is older than the current " + current.get().time());
    }
    return new Pulled(commit, folder(commit.tree(), commit.meta(), 0));
  }

  private OstreeCommit commit(String ref, String checksum) throws TrustException {
    byte[] bytes = fetch(OstreeObject.path(checksum, "commit"));
    OstreeObject.check(bytes, checksum);
    trust.checkCommit(bytes, remote.apply(OstreeObject.path(checksum, "commitmeta")).orElse(null), now);
    OstreeCommit commit = OstreeCommit.read(bytes);
    boolean bound = commit.metadata().lookup("ostree.ref-binding") instanceof GVariant.Items refs
        && refs.values().contains(GVariant.text(ref));
    if (!bound) {
      throw new TrustException(Defect.MISMATCH, "cannot pull " + ref + ": the commit is bound to other refs");
    }
    return commit;
  }

  private OstreeEntry.Folder folder(String tree, String meta, int depth) throws TrustException {
    if (depth > MAX_DEPTH) {
      throw OstreeObject.defect("folders nested more than " + MAX_DEPTH + " deep");
    }
    byte[] metaBytes = fetch(OstreeObject.path(meta, "dirmeta"));
    OstreeObject.check(metaBytes, meta);
    GVariantReader.read(OstreeObject.DIRMETA, metaBytes);
    byte[] bytes = fetch(OstreeObject.path(tree, "dirtree"));
    OstreeObject.check(bytes, tree);
    GVariant.Tuple both = (GVariant.Tuple) GVariantReader.read(OstreeObject.DIRTREE, bytes);
    TreeMap<String, OstreeEntry> entries = new TreeMap<>();
    for (GVariant value : ((GVariant.Items) both.values().get(0)).values()) {
      GVariant.Tuple file = (GVariant.Tuple) value;
      String checksum = OstreeCommit.hex(file.values().get(1), false);
      put(entries, name(file), OstreeObject.readFilez(fetch(OstreeObject.path(checksum, "filez")), checksum));
    }
    for (GVariant value : ((GVariant.Items) both.values().get(1)).values()) {
      GVariant.Tuple inner = (GVariant.Tuple) value;
      put(entries, name(inner), folder(OstreeCommit.hex(inner.values().get(1), false),
          OstreeCommit.hex(inner.values().get(2), false), depth + 1));
    }
    return new OstreeEntry.Folder(entries);
  }

  /** A name that stays inside its folder: a tree must not write elsewhere. */
  private static String name(GVariant.Tuple entry) throws TrustException {
    String name = ((GVariant.Text) entry.values().get(0)).value();
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw OstreeObject.defect("an entry with the name '" + name + "'");
    }
    return name;
  }

  private static void put(TreeMap<String, OstreeEntry> entries, String name, OstreeEntry entry)
      throws TrustException {
    if (entries.put(name, entry) != null) {
      throw OstreeObject.defect("two entries with the name '" + name + "'");
    }
  }

  private byte[] fetch(String path) throws TrustException {
    return remote.apply(path).orElseThrow(
        () -> new TrustException(Defect.LENGTH, "cannot pull: the remote has no " + path));
  }
}
