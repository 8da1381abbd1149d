package dev.plugpull.sim.store.trust;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Trusted Ed25519 keys minus revoked ones, as OSTree keeps them in {@code trusted.ed25519} and {@code revoked.ed25519}
 * (spec ostree 2). A revoked key is skipped: what only it signed is refused.
 */
public final class Ed25519KeyRing {

  private final TreeSet<String> trusted = new TreeSet<>();
  private final TreeSet<String> revoked = new TreeSet<>();

  /** A ring of the lines of the key files: base64, one key a line; empty lines and lines with # are skipped. */
  public static Ed25519KeyRing of(List<String> trustedLines, List<String> revokedLines) {
    Ed25519KeyRing ring = new Ed25519KeyRing();
    trustedLines.forEach(line -> ring.add(ring.trusted, line));
    revokedLines.forEach(line -> ring.add(ring.revoked, line));
    return ring;
  }

  private void add(Set<String> keys, String line) {
    if (!line.isBlank() && !line.startsWith("#")) {
      keys.add(line.strip());
    }
  }

  /** Accepts the content if one of the signatures is of a trusted key that is not revoked. */
  public void check(byte[] content, List<byte[]> signatures) throws TrustException {
    if (signatures.isEmpty()) {
      throw new TrustException(Defect.UNSIGNED, "cannot trust content: it has no Ed25519 signature");
    }
    boolean byRevoked = false;
    for (byte[] signature : signatures) {
      for (String key : trusted) {
        if (fits(key, content, signature)) {
          if (!revoked.contains(key)) {
            return;
          }
          byRevoked = true;
        }
      }
    }
    throw byRevoked
        ? new TrustException(Defect.REVOKED_KEY, "cannot trust content: only a revoked Ed25519 key signed it")
        : new TrustException(Defect.SIGNATURE, "cannot trust content: no trusted Ed25519 key signed it");
  }

  private static boolean fits(String keyLine, byte[] content, byte[] signature) {
    try {
      byte[] key = Base64.getDecoder().decode(keyLine);
      if (key.length != Ed25519Key.PUBLIC_BYTES || signature.length != Ed25519Key.SIGNATURE_BYTES) {
        return false;
      }
      Ed25519Signer judge = new Ed25519Signer();
      judge.init(false, new Ed25519PublicKeyParameters(key, 0));
      judge.update(content, 0, content.length);
      return judge.verifySignature(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
