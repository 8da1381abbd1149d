package dev.plugpull.sim.store.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.bcpg.sig.RevocationReasonTags;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** An OpenPGP key (RSA, one user id, no subkey) that makes detached signatures as GnuPG does. */
public final class PgpKey {

  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final int PRIME_CERTAINTY = 100;

  private final PGPKeyPair pair;
  private final String user;
  private final PGPPublicKey certified;

  private PgpKey(PGPKeyPair pair, String user, PGPPublicKey certified) {
    this.pair = pair;
    this.user = user;
    this.certified = certified;
  }

  /**
   * Makes a key.
   *
   * @param lasts how long after its creation it expires; zero for never
   */
  public static PgpKey generate(String user, int bits, Instant created, Duration lasts, SecureRandom random) {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, PRIME_CERTAINTY));
    AsymmetricCipherKeyPair made = generator.generateKeyPair();
    try {
      PGPKeyPair pair = new BcPGPKeyPair(PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, made,
          Date.from(created));
      return new PgpKey(pair, user, certify(pair, user, created, lasts));
    } catch (PGPException e) {
      throw new IllegalStateException("cannot make an OpenPGP key: " + e.getMessage(), e);
    }
  }

  private static PGPPublicKey certify(PGPKeyPair pair, String user, Instant created, Duration lasts)
      throws PGPException {
    PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
    hashed.setSignatureCreationTime(false, Date.from(created));
    hashed.setKeyFlags(false, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
    if (!lasts.isZero()) {
      hashed.setKeyExpirationTime(false, lasts.toSeconds());
    }
    PGPSignatureGenerator generator = generator(pair, hashed);
    generator.init(PGPSignature.POSITIVE_CERTIFICATION, pair.getPrivateKey());
    return PGPPublicKey.addCertification(pair.getPublicKey(), user,
        generator.generateCertification(user, pair.getPublicKey()));
  }

  private static PGPSignatureGenerator generator(PGPKeyPair pair, PGPSignatureSubpacketGenerator hashed) {
    PGPSignatureGenerator generator = new PGPSignatureGenerator(new BcPGPContentSignerBuilder(
        PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA512), pair.getPublicKey());
    hashed.setIssuerFingerprint(false, pair.getPublicKey());
    generator.setHashedSubpackets(hashed.generate());
    PGPSignatureSubpacketGenerator unhashed = new PGPSignatureSubpacketGenerator();
    unhashed.setIssuerKeyID(false, pair.getKeyID());
    generator.setUnhashedSubpackets(unhashed.generate());
    return generator;
  }

  /** The key revoked by itself at a moment; it still can sign, but nobody should believe it. */
  public PgpKey revoked(Instant at) {
    PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
    hashed.setSignatureCreationTime(false, Date.from(at));
    hashed.setRevocationReason(false, RevocationReasonTags.KEY_COMPROMISED, "");
    try {
      PGPSignatureGenerator generator = generator(pair, hashed);
      generator.init(PGPSignature.KEY_REVOCATION, pair.getPrivateKey());
      return new PgpKey(pair, user, PGPPublicKey.addCertification(certified,
          generator.generateCertification(pair.getPublicKey())));
    } catch (PGPException e) {
      throw new IllegalStateException("cannot revoke an OpenPGP key: " + e.getMessage(), e);
    }
  }

  /** The public key as a binary key ring, as {@code gpg --export} writes it. */
  public byte[] exported() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new PGPPublicKeyRing(java.util.List.of(certified)).encode(out);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write to memory", e);
    }
    return out.toByteArray();
  }

  /** A binary detached signature, as {@code gpg --detach-sign} makes it. */
  public byte[] sign(byte[] content, Instant at) {
    return sign(content, at, Duration.ZERO);
  }

  /** As {@link #sign(byte[], Instant)}, with a signature that expires so long after {@code at}; zero for never. */
  public byte[] sign(byte[] content, Instant at, Duration lasts) {
    PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
    hashed.setSignatureCreationTime(false, Date.from(at));
    if (!lasts.isZero()) {
      hashed.setSignatureExpirationTime(false, lasts.toSeconds());
    }
    try {
      PGPSignatureGenerator generator = generator(pair, hashed);
      generator.init(PGPSignature.BINARY_DOCUMENT, pair.getPrivateKey());
      generator.update(content);
      return generator.generate().getEncoded();
    } catch (PGPException | IOException e) {
      throw new IllegalStateException("cannot sign: " + e.getMessage(), e);
    }
  }

  /** Seconds after creation at which a self-certified key expires; 0 for never. Subpacket of the newest one counts. */
  static long validSeconds(PGPPublicKey key) {
    long seconds = 0;
    long newest = Long.MIN_VALUE;
    for (var all = key.getSignatures(); all.hasNext();) {
      PGPSignature signature = all.next();
      boolean self = signature.getKeyID() == key.getKeyID()
          && signature.getSignatureType() == PGPSignature.POSITIVE_CERTIFICATION;
      if (self && signature.getCreationTime().getTime() > newest) {
        newest = signature.getCreationTime().getTime();
        seconds = signature.getHashedSubPackets().hasSubpacket(SignatureSubpacketTags.KEY_EXPIRE_TIME)
            ? signature.getHashedSubPackets().getKeyExpirationTime() : 0;
      }
    }
    return seconds;
  }
}
