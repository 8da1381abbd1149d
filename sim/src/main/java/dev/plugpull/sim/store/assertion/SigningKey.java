package dev.plugpull.sim.store.assertion;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.RSASecretBCPGKey;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;

/** An RSA key that can sign. One content signed at one moment always gives the same bytes (PKCS#1 v1.5). */
public final class SigningKey {

  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final int PRIME_CERTAINTY = 100;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final RSAPrivateCrtKeySpec parts;
  private final VerificationKey publicKey;

  private SigningKey(RSAPrivateCrtKeySpec parts) throws AssertionException {
    this.parts = parts;
    this.publicKey = VerificationKey.of(parts.getModulus(), parts.getPublicExponent());
  }

  /**
   * Makes a key; equal random streams make equal keys, so a simulated store owns the same keys in every run.
   *
   * @param bits size of the modulus; snapd's tools demand 4096, tests of a simulated store do well with 1024
   */
  public static SigningKey generate(int bits, SecureRandom random) throws AssertionException {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, PRIME_CERTAINTY));
    RSAPrivateCrtKeyParameters made = (RSAPrivateCrtKeyParameters) generator.generateKeyPair().getPrivate();
    return new SigningKey(new RSAPrivateCrtKeySpec(made.getModulus(), made.getPublicExponent(), made.getExponent(),
        made.getP(), made.getQ(), made.getDP(), made.getDQ(), made.getQInv()));
  }

  /** Reads an unencrypted PKCS#8 PEM text. */
  public static SigningKey fromPem(String pem) throws AssertionException {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new AssertionException("cannot read private key: no '" + BEGIN + "' section; convert it with"
          + " 'openssl pkcs8 -topk8 -nocrypt'");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      if (KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof RSAPrivateCrtKey key) {
        return new SigningKey(new RSAPrivateCrtKeySpec(key.getModulus(), key.getPublicExponent(),
            key.getPrivateExponent(), key.getPrimeP(), key.getPrimeQ(), key.getPrimeExponentP(),
            key.getPrimeExponentQ(), key.getCrtCoefficient()));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new AssertionException("cannot read private key: " + e.getMessage(), e);
    }
    throw new AssertionException("cannot read private key: not an RSA key with its primes");
  }

  /** The key as an unencrypted PKCS#8 PEM text. */
  public String toPem() throws AssertionException {
    try {
      byte[] der = KeyFactory.getInstance("RSA").generatePrivate(parts).getEncoded();
      byte[] lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
      return BEGIN + "\n" + new String(lines, StandardCharsets.US_ASCII) + "\n" + END + "\n";
    } catch (GeneralSecurityException e) {
      throw new AssertionException("cannot write private key: " + e.getMessage(), e);
    }
  }

  public VerificationKey publicKey() {
    return publicKey;
  }

  public String id() {
    return publicKey.id();
  }

  /** Signature text over the content, without a closing line break; {@code at} counts in whole seconds. */
  byte[] sign(byte[] content, Instant at) throws AssertionException {
    try {
      RSASecretBCPGKey secret = new RSASecretBCPGKey(parts.getPrivateExponent(), parts.getPrimeP(),
          parts.getPrimeQ());
      PGPPrivateKey key = new PGPPrivateKey(publicKey.pgp().getKeyID(),
          publicKey.pgp().getPublicKeyPacket(), secret);
      PGPSignatureGenerator generator = new PGPSignatureGenerator(new BcPGPContentSignerBuilder(
          PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA512), publicKey.pgp());
      PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
      hashed.setSignatureCreationTime(false, Date.from(at));
      generator.setHashedSubpackets(hashed.generate());
      PGPSignatureSubpacketGenerator unhashed = new PGPSignatureSubpacketGenerator();
      unhashed.setIssuerKeyID(false, key.getKeyID());
      generator.setUnhashedSubpackets(unhashed.generate());
      generator.init(PGPSignature.BINARY_DOCUMENT, key);
      generator.update(content);
      byte[] packet = generator.generate().getEncoded();
      return V1Encoding.encode(newFormat(packet));
    } catch (PGPException | IOException | RuntimeException e) {
      throw new AssertionException("cannot sign: " + e.getMessage(), e);
    }
  }

  /** Bouncy Castle writes an old-format header with a length of one or two bytes; snapd writes the new format. */
  private static byte[] newFormat(byte[] packet) {
    boolean newFormat = (packet[0] & 0x40) != 0;
    if (newFormat) {
      return packet;
    }
    int header = 1 + (1 << (packet[0] & 3));
    return V1Encoding.frame(V1Encoding.SIGNATURE_TAG, java.util.Arrays.copyOfRange(packet, header, packet.length));
  }
}
