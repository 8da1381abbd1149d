package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.trust.Ed25519Key;
import dev.plugpull.sim.store.trust.PgpKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who signs commits and summaries.
 *
 * @param pgp OpenPGP keys; each adds a detached signature
 * @param ed25519 Ed25519 keys; each adds a signature
 */
public record OstreeSigner(List<PgpKey> pgp, List<Ed25519Key> ed25519) {

  public static final OstreeSigner NOBODY = new OstreeSigner(List.of(), List.of());
  static final String PGP_KEY = "ostree.gpgsigs";
  static final String ED25519_KEY = "ostree.sign.ed25519";

  public OstreeSigner {
    pgp = List.copyOf(pgp);
    ed25519 = List.copyOf(ed25519);
  }

  public static OstreeSigner of(PgpKey key) {
    return new OstreeSigner(List.of(key), List.of());
  }

  public static OstreeSigner of(Ed25519Key key) {
    return new OstreeSigner(List.of(), List.of(key));
  }

  boolean signs() {
    return !pgp.isEmpty() || !ed25519.isEmpty();
  }

  /** The detached metadata that holds all signatures over the bytes. */
  byte[] detached(byte[] content, Instant at) {
    List<GVariant> entries = new ArrayList<>();
    if (!pgp.isEmpty()) {
      entries.add(signatures(PGP_KEY, pgp.stream().map(key -> key.sign(content, at)).toList()));
    }
    if (!ed25519.isEmpty()) {
      entries.add(signatures(ED25519_KEY, ed25519.stream().map(key -> key.sign(content)).toList()));
    }
    return new GVariant.Items("{sv}", entries).encode();
  }

  private static GVariant signatures(String name, List<byte[]> signatures) {
    return GVariant.entry(name, new GVariant.Items("ay", signatures.stream().map(GVariant::bytes).toList()));
  }
}
