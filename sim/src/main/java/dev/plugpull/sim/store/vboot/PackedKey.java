package dev.plugpull.sim.store.vboot;

import dev.plugpull.sim.store.trust.RsaPublicKey;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A public key with its version, as keyblocks carry it.
 *
 * @param algorithm number of the algorithm
 * @param version of the key; firmware refuses versions below the one in the TPM
 */
public record PackedKey(RsaPublicKey key, int algorithm, long version) {

  /** Offset and size of the key data, algorithm, version. */
  static final int HEADER = 32;
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  /** A key that signs with SHA-256. */
  public static PackedKey of(RsaPublicKey key, long version) {
    return new PackedKey(key, VbootAlgorithm.sha256(key.modulus().bitLength()), version);
  }

  /** Reads a file of a public key ({@code .vbpubk}). */
  public static PackedKey read(byte[] file) throws TrustException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEADER) {
      throw defect("a file of " + file.length + " bytes");
    }
    return read(in, 0, file.length);
  }

  /** Reads the header at {@code at}; the key data must end before {@code end}. */
  static PackedKey read(ByteBuffer in, int at, int end) throws TrustException {
    long offset = in.getLong(at);
    long size = in.getLong(at + 8);
    if (offset < HEADER || size < 8 || offset > end - (long) at || size > end - at - offset) {
      throw defect("key data outside the structure");
    }
    VbootAlgorithm algorithm = VbootAlgorithm.of(in.getLong(at + 16));
    int words = algorithm.bits() / 32;
    int data = (int) (at + offset);
    if (in.getInt(data) != words || size != 8 + 8L * words) {
      throw defect("key data of another size than its algorithm needs");
    }
    byte[] modulus = new byte[4 * words];
    for (int i = 0; i < modulus.length; i++) {
      modulus[modulus.length - 1 - i] = in.get(data + 8 + i);
    }
    BigInteger number = new BigInteger(1, modulus);
    if (number.bitLength() != algorithm.bits()) {
      throw defect("a modulus of " + number.bitLength() + " bits");
    }
    return new PackedKey(new RsaPublicKey(number, EXPONENT), (int) in.getLong(at + 16), in.getLong(at + 24));
  }

  VbootAlgorithm how() throws TrustException {
    return VbootAlgorithm.of(algorithm);
  }

  int dataSize() {
    return 8 + key.bytes() * 2;
  }

  /** The key data: number of words, Montgomery constant, modulus and R squared, least word first. */
  byte[] data() {
    int words = key.bytes() / 4;
    BigInteger word = BigInteger.ONE.shiftLeft(32);
    BigInteger montgomery = word.subtract(key.modulus().mod(word).modInverse(word));
    BigInteger squared = BigInteger.ONE.shiftLeft(key.bytes() * 16).mod(key.modulus());
    ByteBuffer out = ByteBuffer.allocate(dataSize()).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(words).putInt(montgomery.intValue());
    words(out, key.modulus(), words);
    words(out, squared, words);
    return out.array();
  }

  private static void words(ByteBuffer out, BigInteger number, int count) {
    for (int i = 0; i < count; i++) {
      out.putInt(number.shiftRight(32 * i).intValue());
    }
  }

  /** The whole structure as a file. */
  public byte[] file() {
    ByteBuffer out = ByteBuffer.allocate(HEADER + dataSize()).order(ByteOrder.LITTLE_ENDIAN);
    header(out, HEADER);
    return out.put(data()).array();
  }

  void header(ByteBuffer out, long dataOffset) {
    out.putLong(dataOffset).putLong(dataSize()).putLong(algorithm).putLong(version);
  }

  private static TrustException defect(String why) {
    return new TrustException(Defect.FORMAT, "cannot read vboot key: " + why);
  }
}
