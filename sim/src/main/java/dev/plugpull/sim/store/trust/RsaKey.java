package dev.plugpull.sim.store.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** An RSA key that signs with PKCS#1 v1.5: equal content, equal bytes. */
public final class RsaKey {

  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final int PRIME_CERTAINTY = 100;

  private final PrivateKey key;
  private final RsaPublicKey publicKey;

  private RsaKey(PrivateKey key, RsaPublicKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /** Makes a key of so many bits; equal random streams make equal keys. */
  public static RsaKey generate(int bits, SecureRandom random) {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, PRIME_CERTAINTY));
    RSAPrivateCrtKeyParameters made = (RSAPrivateCrtKeyParameters) generator.generateKeyPair().getPrivate();
    try {
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateCrtKeySpec(made.getModulus(),
          made.getPublicExponent(), made.getExponent(), made.getP(), made.getQ(), made.getDP(), made.getDQ(),
          made.getQInv()));
      return new RsaKey(key, new RsaPublicKey(made.getModulus(), made.getPublicExponent()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make an RSA key: " + e.getMessage(), e);
    }
  }

  public RsaPublicKey publicKey() {
    return publicKey;
  }

  /** The key as an unencrypted PKCS#8 text. */
  public byte[] pkcs8() {
    return key.getEncoded();
  }

  /** Signs; {@code digest} as in {@link RsaPublicKey#fits}. */
  public byte[] sign(String digest, byte[] content) {
    try {
      Signature signer = Signature.getInstance(digest + "withRSA");
      signer.initSign(key);
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign: " + e.getMessage(), e);
    }
  }
}
