package dev.plugpull.faultinjection.disk.log;

/** A record whose checksum holds but whose content makes no sense; never leaves this package. */
final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadRecordException(String why) {
    super(why, null, false, false);
  }
}
