package dev.plugpull.sim.ubuntucore.sealing;

import java.nio.ByteBuffer;

/**
 * What a TPM keeps over a reset.
 *
 * @param counter revocation counter of key policies. Raised by snapd once keys of a higher version are written; a key
 *     with a lower version opens no more
 * @param failedTries shut-downs without notice in a row, after a key had been used. Cleared by snapd once it runs; at
 *     {@link #MOST_TRIES} the TPM is locked out and forgives one every two hours
 * @param used true once a key was used in this boot: power that fails then counts as a failed try
 */
public record Tpm(int counter, int failedTries, boolean used) {
  /** As snapd's provisioning sets it. */
  public static final int MOST_TRIES = 32;

  /** Bytes of its memory: one atomic write. */
  public static final int BYTES = 9;

  /** As installation leaves it. */
  public static final Tpm PROVISIONED = new Tpm(1, 0, false);

  public boolean lockedOut() {
    return failedTries >= MOST_TRIES;
  }

  /** True if this key opens in a boot that measured so. */
  public boolean opens(SealedKey key, Pcrs pcrs) {
    return !lockedOut() && key.version() >= counter && key.profile().accepts(pcrs);
  }

  /** Power comes back: without notice of a shut-down, a boot that used a key counts as a failed try. */
  public Tpm startedUp() {
    return used ? new Tpm(counter, Math.min(failedTries + 1, MOST_TRIES), false) : this;
  }

  /** An orderly shut-down gives notice. */
  public Tpm shutDown() {
    return new Tpm(counter, failedTries, false);
  }

  public Tpm withKeyUsed() {
    return new Tpm(counter, failedTries, true);
  }

  /** The owner clears the lock-out counter. */
  public Tpm cleared() {
    return new Tpm(counter, 0, used);
  }

  /** Keys below this version open no more; the counter never goes down. */
  public Tpm revoking(int version) {
    return new Tpm(Math.max(counter, version), failedTries, used);
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putInt(counter).putInt(failedTries).put((byte) (used ? 1 : 0)).array();
  }

  public static Tpm of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Tpm(buffer.getInt(), buffer.getInt(), buffer.get() != 0);
  }
}
