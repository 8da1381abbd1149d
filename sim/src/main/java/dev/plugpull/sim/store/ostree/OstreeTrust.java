package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.Ed25519KeyRing;
import dev.plugpull.sim.store.trust.PgpKeyRing;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a remote's configuration demands (spec ostree 2).
 *
 * @param pgp keys of the remote; if present, OpenPGP signatures are demanded
 * @param ed25519 keys of the remote; if present, Ed25519 signatures are demanded
 * @param commits whether commits must be signed ({@code gpg-verify}, {@code sign-verify})
 * @param summaries whether the summary must be signed ({@code gpg-verify-summary}, {@code sign-verify-summary})
 * @param newerOnly whether a commit older than the current one is refused, as upgrades do
 */
public record OstreeTrust(
    Optional<PgpKeyRing> pgp, Optional<Ed25519KeyRing> ed25519, boolean commits, boolean summaries,
    boolean newerOnly) {

  void checkCommit(byte[] commit, byte[] detached, Instant now) throws TrustException {
    if (commits) {
      check(commit, detached, now, "commit");
    }
  }

  void checkSummary(byte[] summary, byte[] detached, Instant now) throws TrustException {
    if (summaries) {
      check(summary, detached, now, "summary");
    }
  }

  private void check(byte[] content, byte[] detached, Instant now, String what) throws TrustException {
    if (detached == null) {
      throw new TrustException(Defect.UNSIGNED, "cannot trust " + what + ": it has no signatures");
    }
    GVariant metadata = GVariantReader.read("a{sv}", detached);
    if (pgp.isPresent()) {
      pgp.get().check(content, signatures(metadata, OstreeSigner.PGP_KEY), now);
    }
    if (ed25519.isPresent()) {
      ed25519.get().check(content, signatures(metadata, OstreeSigner.ED25519_KEY));
    }
  }

  private static List<byte[]> signatures(GVariant metadata, String key) {
    List<byte[]> found = new ArrayList<>();
    if (metadata.lookup(key) instanceof GVariant.Items items) {
      for (GVariant value : items.values()) {
        if (value instanceof GVariant.Bytes(byte[] bytes)) {
          found.add(bytes);
        }
      }
    }
    return found;
  }
}
