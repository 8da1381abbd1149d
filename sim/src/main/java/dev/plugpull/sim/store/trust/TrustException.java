package dev.plugpull.sim.store.trust;

/** Why something is not trusted. The message is one sentence for a person. */
public final class TrustException extends Exception {

  private static final long serialVersionUID = 1;

  /** What kind of rule refused. */
  public enum Defect {
    /** The bytes are not of the format. */
    FORMAT,
    /** The length differs from the announced one. */
    LENGTH,
    /** The content does not have the announced digest. */
    DIGEST,
    /** No signature at all. */
    UNSIGNED,
    /** Signed, but by nobody who is known. */
    UNKNOWN_KEY,
    /** Signed by a key that is known and revoked. */
    REVOKED_KEY,
    /** The key or the statement is past its time, or not yet in it. */
    EXPIRED,
    /** A known key's signature does not fit. */
    SIGNATURE,
    /** Older than what the device has or allows. */
    ROLLBACK,
    /** Valid, but it speaks of something else than was asked for. */
    MISMATCH
  }

  private final Defect defect;

  public TrustException(Defect defect, String message) {
    super(message);
    this.defect = defect;
  }

  public TrustException(Defect defect, String message, Throwable cause) {
    super(message, cause);
    this.defect = defect;
  }

  public Defect defect() {
    return defect;
  }
}
