package dev.plugpull.faultinjection.disk.log;

/** What a request asks of a disk. The order of the constants is part of the file format. */
public enum Operation {
  READ,
  WRITE,
  /** On completion, every write that was completed before the flush was issued is durable. */
  FLUSH,
  /** The range may be forgotten; this disk makes it zero. */
  TRIM,
  ZERO;

  private static final Operation[] ALL = values();

  static Operation of(int code) {
    if (code < 0 || code >= ALL.length) {
      throw new BadRecordException("operation " + code + " is unknown");
    }
    return ALL[code];
  }

  /** True if the request changes content. */
  public boolean changes() {
    return this == WRITE || this == TRIM || this == ZERO;
  }
}
