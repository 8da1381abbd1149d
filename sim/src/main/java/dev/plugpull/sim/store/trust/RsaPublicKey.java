package dev.plugpull.sim.store.trust;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The public half of an RSA key; judges PKCS#1 v1.5 signatures. */
public record RsaPublicKey(BigInteger modulus, BigInteger exponent) {

  private static final int MIN_BITS = 1024;
  private static final int MAX_BITS = 8192;

  public RsaPublicKey {
    if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException("cannot use an RSA key of " + modulus.bitLength() + " bits: only "
          + MIN_BITS + " to " + MAX_BITS);
    }
  }

  /** Reads the {@code PUBLIC KEY} section of a PEM text. */
  public static RsaPublicKey fromPem(String pem) throws TrustException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "");
    try {
      byte[] der = Base64.getMimeDecoder().decode(body);
      RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
      return new RsaPublicKey(key.getModulus(), key.getPublicExponent());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TrustException(Defect.FORMAT, "cannot read public key: " + e.getMessage(), e);
    }
  }

  /** Length of a signature in bytes. */
  public int bytes() {
    return (modulus.bitLength() + 7) / 8;
  }

  /**
   * Whether the signature fits.
   *
   * @param digest {@code SHA1}, {@code SHA256} or {@code SHA512}
   */
  public boolean fits(String digest, byte[] content, byte[] signature) {
    try {
      Signature judge = Signature.getInstance(digest + "withRSA");
      judge.initVerify(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
      judge.update(content);
      return signature.length == bytes() && judge.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
