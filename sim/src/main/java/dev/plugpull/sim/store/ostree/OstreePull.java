package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Fetches one ref as a client does: nothing is believed before it was checked (spec ostree 2, steps 1 to 4). */
public final class OstreePull {

  /** What was pulled: a commit whose signature held, and its whole tree. */
  public record Pulled(OstreeCommit commit, OstreeEntry.Folder root) {

    /** The loose objects that it consists of by path, without signatures. */
    public SortedMap<String, byte[]> objects() {
      SortedMap<String, byte[]> all = new TreeMap<>(OstreeRepository.objects(root));
      all.put(OstreeObject.path(commit.checksum(), "commit"), commit.bytes());
      return all;
    }
  }

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

  /**
   * Reads a commit that was pulled before; nobody asks who signed it.
   *
   * @param objects path to bytes of what is stored
   * @throws TrustException if an object is missing or its digest is not its name
   */
  public static Pulled stored(String checksum, Function<String, Optional<byte[]>> objects) throws TrustException {
    OstreeTree trees = new OstreeTree(objects);
    byte[] bytes = trees.fetch(OstreeObject.path(checksum, "commit"));
    OstreeObject.check(bytes, checksum);
    OstreeCommit commit = OstreeCommit.read(bytes);
    return new Pulled(commit, trees.of(commit));
  }

  /** Pulls a ref object by object; {@code current} is what the device has of it, if anything. */
  public Pulled pull(String ref, Optional<OstreeCommit> current) throws TrustException {
    String checksum = head(ref, summary());
    OstreeCommit commit = commit(ref, checksum, fetch(OstreeObject.path(checksum, "commit")),
        remote.apply(OstreeObject.path(checksum, "commitmeta")), current);
    return new Pulled(commit, new OstreeTree(remote).of(commit));
  }

  /**
   * Pulls a ref by the static delta from what the device has, if the summary lists one and the remote has it; object by
   * object otherwise. A delta that is there and not what the summary says is refused, as the real client does.
   */
  public Pulled pull(String ref, Pulled current) throws TrustException {
    return byDelta(ref, Optional.of(current));
  }

  /** Pulls a ref by the static delta from nothing, if there is one; object by object otherwise. */
  public Pulled pullFromScratch(String ref) throws TrustException {
    return byDelta(ref, Optional.empty());
  }

  private Pulled byDelta(String ref, Optional<Pulled> current) throws TrustException {
    OstreeSummary summary = summary();
    String to = head(ref, summary);
    String from = current.map(before -> before.commit().checksum()).orElse("");
    Optional<byte[]> digest = summary.delta(from, to);
    Optional<byte[]> superblock = digest.isEmpty() ? Optional.empty()
        : remote.apply(OstreeDelta.path(from, to, "superblock"));
    if (superblock.isEmpty()) {
      return pull(ref, current.map(Pulled::commit));
    }
    OstreeObject.check(superblock.get(), OstreeCommit.hex(GVariant.bytes(digest.get()), false));
    OstreeDelta delta = OstreeDelta.read(superblock.get());
    if (!delta.from().equals(from) || !delta.to().equals(to)) {
      throw new TrustException(Defect.MISMATCH, "cannot pull " + ref + ": the delta leads somewhere else");
    }
    Optional<byte[]> detached = delta.detached().isPresent() ? delta.detached()
        : remote.apply(OstreeObject.path(to, "commitmeta"));
    OstreeCommit commit = commit(ref, to, delta.commit(), detached, current.map(Pulled::commit));
    SortedMap<String, byte[]> here = objects(delta, current.map(Pulled::root).orElse(OstreeEntry.Folder.empty()));
    return new Pulled(commit, new OstreeTree(path -> Optional.ofNullable(here.get(path))).of(commit));
  }

  /** The loose objects that are here, that the delta makes, and that it leaves to be fetched by themselves. */
  private SortedMap<String, byte[]> objects(OstreeDelta delta, OstreeEntry.Folder root) throws TrustException {
    SortedMap<String, byte[]> here = new TreeMap<>(OstreeRepository.objects(root));
    SortedMap<String, byte[]> contents = OstreeRepository.contents(root);
    for (int i = 0; i < delta.parts().size(); i++) {
      OstreeDelta.Part part = delta.parts().get(i);
      byte[] file = part.inline().isPresent() ? part.inline().get()
          : fetch(OstreeDelta.path(delta.from(), delta.to(), Integer.toString(i)));
      here.putAll(OstreeDeltaReader.apply(part, file, digest -> Optional.ofNullable(contents.get(digest))));
    }
    for (String fallback : delta.fallbacks()) {
      String path = OstreeObject.path(fallback, "filez");
      if (!here.containsKey(path)) {
        here.put(path, fetch(path));
      }
    }
    return here;
  }

  private OstreeSummary summary() throws TrustException {
    byte[] bytes = fetch("summary");
    trust.checkSummary(bytes, remote.apply("summary.sig").orElse(null), now);
    return OstreeSummary.read(bytes);
  }

  private static String head(String ref, OstreeSummary summary) throws TrustException {
    String checksum = summary.refs().get(ref);
    if (checksum == null) {
      throw new TrustException(Defect.MISMATCH, "cannot pull " + ref + ": the summary does not list it");
    }
    return checksum;
  }

  private OstreeCommit commit(String ref, String checksum, byte[] bytes, Optional<byte[]> detached,
      Optional<OstreeCommit> current) throws TrustException {
    OstreeObject.check(bytes, checksum);
    trust.checkCommit(bytes, detached.orElse(null), now);
    OstreeCommit commit = OstreeCommit.read(bytes);
    boolean bound = commit.metadata().lookup("ostree.ref-binding") instanceof GVariant.Items refs
        && refs.values().contains(GVariant.text(ref));
    if (!bound) {
      throw new TrustException(Defect.MISMATCH, "cannot pull " + ref + ": the commit is bound to other refs");
    }
    if (trust.newerOnly() && current.isPresent() && commit.time().isBefore(current.get().time())) {
      throw new TrustException(Defect.ROLLBACK,
          "cannot pull " + ref + ": " + commit.time() + " is older than the current " + current.get().time());
    }
    return commit;
  }

  private byte[] fetch(String path) throws TrustException {
    return new OstreeTree(remote).fetch(path);
  }
}
