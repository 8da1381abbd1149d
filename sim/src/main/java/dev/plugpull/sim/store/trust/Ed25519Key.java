package dev.plugpull.sim.store.trust;

import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 key that signs, made of a seed of 32 bytes. */
public final class Ed25519Key {

  static final int PUBLIC_BYTES = 32;
  static final int SIGNATURE_BYTES = 64;

  private final Ed25519PrivateKeyParameters key;

  private Ed25519Key(byte[] seed) {
    this.key = new Ed25519PrivateKeyParameters(seed, 0);
  }

  public static Ed25519Key of(byte[] seed) {
    return new Ed25519Key(Arrays.copyOf(seed, Ed25519PrivateKeyParameters.KEY_SIZE));
  }

  /** The public key, 32 bytes. */
  public byte[] publicKey() {
    return key.generatePublicKey().getEncoded();
  }

  /** The public key as OSTree's key files have it: one line of base64. */
  public String publicLine() {
    return Base64.getEncoder().encodeToString(publicKey());
  }

  /** The secret key as libsodium writes it: seed, then public key, in base64. */
  public String secretLine() {
    byte[] both = Arrays.copyOf(key.getEncoded(), 2 * PUBLIC_BYTES);
    System.arraycopy(publicKey(), 0, both, PUBLIC_BYTES, PUBLIC_BYTES);
    return Base64.getEncoder().encodeToString(both);
  }

  /** Signature of 64 bytes. */
  public byte[] sign(byte[] content) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(content, 0, content.length);
    return signer.generateSignature();
  }
}
