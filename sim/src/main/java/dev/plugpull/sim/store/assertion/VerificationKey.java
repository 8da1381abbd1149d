package dev.plugpull.sim.store.assertion;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** The public half of an RSA key in snapd's form; its id is the SHA3-384 of the packet with a fixed time (spec 1.3). */
public final class VerificationKey {

  private static final long FIXED_SECONDS = 0x5685C180L;
  private static final int MIN_BITS = 512;
  private static final int MAX_BITS = 16384;

  private final PGPPublicKey key;
  private final byte[] packet;
  private final String id;

  private VerificationKey(RSAPublicBCPGKey rsa) throws AssertionException {
    PublicKeyPacket fixed =
        new PublicKeyPacket(PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, fixedTime(), rsa);
    try {
      this.key = new PGPPublicKey(fixed, new BcKeyFingerprintCalculator());
      this.packet = V1Encoding.frame(V1Encoding.PUBLIC_KEY_TAG, fixed.getEncodedContents());
    } catch (PGPException | IOException e) {
      throw new AssertionException("cannot use public key: " + e.getMessage(), e);
    }
    this.id = digest("SHA3-384", V1Encoding.versioned(packet));
  }

  /** Reads the base64 text found in the body of an account-key or in a device-key header. */
  public static VerificationKey decode(byte[] text) throws AssertionException {
    byte[] packet = V1Encoding.decode(text, V1Encoding.PUBLIC_KEY_TAG, "public key");
    try (BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(packet))) {
      if (in.readPacket() instanceof PublicKeyPacket read && read.getVersion() == PublicKeyPacket.VERSION_4
          && read.getAlgorithm() == PublicKeyAlgorithmTags.RSA_GENERAL
          && read.getKey() instanceof RSAPublicBCPGKey rsa) {
        checkSize(rsa.getModulus());
        return new VerificationKey(rsa);
      }
    } catch (IOException | RuntimeException e) {
      throw new AssertionException("cannot read public key: " + e.getMessage(), e);
    }
    throw new AssertionException("cannot read public key: not an RSA key of OpenPGP version 4");
  }

  static VerificationKey of(BigInteger modulus, BigInteger exponent) throws AssertionException {
    checkSize(modulus);
    return new VerificationKey(new RSAPublicBCPGKey(modulus, exponent));
  }

  /** The key id: 64 characters of base64url. */
  public String id() {
    return id;
  }

  /** The text form, as in the body of an account-key. */
  public byte[] encoded() {
    return V1Encoding.encode(packet);
  }

  PGPPublicKey pgp() {
    return key;
  }

  static Date fixedTime() {
    return new Date(FIXED_SECONDS * 1000);
  }

  /** Base64url without padding of a digest, the form of digests in headers. */
  static String digest(String algorithm, byte[] bytes) {
    try {
      return Base64.getUrlEncoder().withoutPadding()
          .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot hash: the Java runtime lacks " + algorithm, e);
    }
  }

  /** Checks the signature of an assertion; the exception says why it does not hold. */
  public void verify(Assertion assertion) throws AssertionException {
    verify(assertion.content(), assertion.signature());
  }

  void verify(byte[] content, byte[] signatureText) throws AssertionException {
    byte[] read = V1Encoding.decode(signatureText, V1Encoding.SIGNATURE_TAG, "signature");
    boolean holds;
    try (BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(read))) {
      holds = holds(content, new PGPSignature(in));
    } catch (IOException | PGPException | RuntimeException e) {
      throw new AssertionException("cannot read signature: " + e.getMessage(), e);
    }
    if (!holds) {
      throw new AssertionException("cannot trust assertion: the signature does not fit content and key");
    }
  }

  private boolean holds(byte[] content, PGPSignature signature)
      throws PGPException, AssertionException {
    if (signature.getVersion() != 4 || signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
        || signature.getKeyAlgorithm() != PublicKeyAlgorithmTags.RSA_GENERAL
        || signature.getHashAlgorithm() != HashAlgorithmTags.SHA512) {
      throw new AssertionException("cannot read signature: not version 4, binary, RSA and SHA-512");
    }
    // The packet repeats the first two bytes of the digest; snapd compares them, Bouncy Castle does not.
    byte[] trailer = signature.getSignatureTrailer();
    byte[] signed = Arrays.copyOf(content, content.length + trailer.length);
    System.arraycopy(trailer, 0, signed, content.length, trailer.length);
    byte[] digest = sha512(signed);
    if (!Arrays.equals(Arrays.copyOf(digest, 2), signature.getDigestPrefix())) {
      return false;
    }
    signature.init(new BcPGPContentVerifierBuilderProvider(), key);
    signature.update(content);
    return signature.verify();
  }

  private static byte[] sha512(byte[] bytes) {
    return Base64.getUrlDecoder().decode(digest("SHA-512", bytes));
  }

  private static void checkSize(BigInteger modulus) throws AssertionException {
    if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS) {
      throw new AssertionException("cannot use public key: " + modulus.bitLength() + " bits are outside " + MIN_BITS
          + " to " + MAX_BITS);
    }
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
