package dev.plugpull.sim.store.trust;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Public OpenPGP keys, such as {@code REMOTE.trustedkeys.gpg}. A key that is expired at the moment of the check, or
 * revoked, makes its signatures invalid (spec ostree 2, flatpak-docker A2).
 */
public final class PgpKeyRing {

  private static final int MAX_SIGNATURES = 64;

  private final List<PGPPublicKey> keys = new ArrayList<>();

  /** Reads binary key rings, one after the other in the bytes. */
  public static PgpKeyRing read(byte[] exported) throws TrustException {
    PgpKeyRing ring = new PgpKeyRing();
    try {
      for (Object object : new BcPGPObjectFactory(new ByteArrayInputStream(exported))) {
        if (object instanceof PGPPublicKeyRing found) {
          found.getPublicKeys().forEachRemaining(ring.keys::add);
        }
      }
    } catch (RuntimeException e) {
      throw new TrustException(Defect.FORMAT, "cannot read OpenPGP keys: " + e.getMessage(), e);
    }
    if (ring.keys.isEmpty()) {
      throw new TrustException(Defect.FORMAT, "cannot read OpenPGP keys: there is none");
    }
    return ring;
  }

  /** Accepts the content if one of the detached signatures is valid at that moment. */
  public void check(byte[] content, List<byte[]> signatures, Instant at) throws TrustException {
    TrustException why = new TrustException(Defect.UNSIGNED, "cannot trust content: it has no OpenPGP signature");
    for (byte[] bytes : signatures) {
      for (PGPSignature signature : parse(bytes)) {
        try {
          check(content, signature, at);
          return;
        } catch (TrustException e) {
          why = e;
        }
      }
    }
    throw why;
  }

  private static List<PGPSignature> parse(byte[] bytes) throws TrustException {
    List<PGPSignature> found = new ArrayList<>();
    try {
      for (Object object : new BcPGPObjectFactory(new ByteArrayInputStream(bytes))) {
        if (object instanceof PGPSignatureList list) {
          list.forEach(found::add);
        }
        if (found.size() > MAX_SIGNATURES) {
          throw new TrustException(Defect.FORMAT, "cannot read signature: more than " + MAX_SIGNATURES);
        }
      }
    } catch (RuntimeException e) {
      throw new TrustException(Defect.FORMAT, "cannot read signature: " + e.getMessage(), e);
    }
    return found;
  }

  private void check(byte[] content, PGPSignature signature, Instant at) throws TrustException {
    PGPPublicKey key = keys.stream().filter(k -> k.getKeyID() == signature.getKeyID()).findFirst().orElseThrow(
        () -> new TrustException(Defect.UNKNOWN_KEY,
            "cannot trust content: key %016x is not trusted".formatted(signature.getKeyID())));
    if (!fits(content, signature, key)) {
      throw new TrustException(Defect.SIGNATURE, "cannot trust content: the OpenPGP signature does not fit");
    }
    if (revokedByItself(key)) {
      throw new TrustException(Defect.REVOKED_KEY,
          "cannot trust content: key %016x is revoked".formatted(key.getKeyID()));
    }
    within(at, key.getCreationTime().toInstant(), PgpKey.validSeconds(key), "its key");
    long seconds = signature.getHashedSubPackets() == null ? 0
        : signature.getHashedSubPackets().getSignatureExpirationTime();
    within(at, signature.getCreationTime().toInstant(), seconds, "the signature");
  }

  private static boolean fits(byte[] content, PGPSignature signature, PGPPublicKey key) {
    try {
      if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
        return false;
      }
      signature.init(new BcPGPContentVerifierBuilderProvider(), key);
      signature.update(content);
      return signature.verify();
    } catch (PGPException | RuntimeException e) {
      return false;
    }
  }

  /** A revocation counts only if the key itself signed it: anybody can attach a packet that claims one. */
  private static boolean revokedByItself(PGPPublicKey key) {
    for (Iterator<PGPSignature> all = key.getSignaturesOfType(PGPSignature.KEY_REVOCATION); all.hasNext();) {
      PGPSignature revocation = all.next();
      try {
        revocation.init(new BcPGPContentVerifierBuilderProvider(), key);
        if (revocation.verifyCertification(key)) {
          return true;
        }
      } catch (PGPException | RuntimeException e) {
        continue;
      }
    }
    return false;
  }

  private static void within(Instant at, Instant from, long seconds, String what) throws TrustException {
    if (at.isBefore(from)) {
      throw new TrustException(Defect.EXPIRED, "cannot trust content: " + what + " is of " + from + ", after " + at);
    }
    if (seconds > 0 && !at.isBefore(from.plus(Duration.ofSeconds(seconds)))) {
      throw new TrustException(Defect.EXPIRED,
          "cannot trust content: " + what + " expired " + from.plus(Duration.ofSeconds(seconds)));
    }
  }
}
