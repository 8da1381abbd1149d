package dev.plugpull.sim.store.hostile;

import java.time.Duration;

/** One thing that goes wrong. Places within a body are given in thousandths of its length. */
public sealed interface StoreFault {

  /** What it is called in plans, profiles and on the command line. */
  String word();

  /** Bytes are lost, changed or late. Strikes one answer. */
  sealed interface OnTheWire extends StoreFault {}

  /** The connection is closed in an orderly way in the middle of the body. */
  record Truncated(int thousandths) implements OnTheWire {
    @Override
    public String word() {
      return "truncated";
    }
  }

  /** Nothing more comes, and the connection stays open. */
  record Stalled(int thousandths) implements OnTheWire {
    @Override
    public String word() {
      return "stalled";
    }
  }

  /** One bit of the body is turned. */
  record BitFlipped(int thousandths) implements OnTheWire {
    @Override
    public String word() {
      return "bit-flipped";
    }
  }

  /** Some bytes of the body come twice; the announced length counts them. */
  record Duplicated(int thousandths, int count) implements OnTheWire {
    @Override
    public String word() {
      return "duplicated";
    }
  }

  /** So few bytes a second that it takes days. */
  record Slow(int bytesPerSecond) implements OnTheWire {
    @Override
    public String word() {
      return "slow";
    }
  }

  /** The connection is reset. */
  record Reset(Place place) implements OnTheWire {
    /** How far it got before. */
    public enum Place {
      HEADER, BODY, LAST_BYTE
    }

    @Override
    public String word() {
      return "reset-" + switch (place) {
        case HEADER -> "header";
        case BODY -> "body";
        case LAST_BYTE -> "last-byte";
      };
    }
  }

  /** The announced length is wrong by so many bytes; then the connection is closed. */
  record WrongLength(int more) implements OnTheWire {
    @Override
    public String word() {
      return more > 0 ? "too-long" : "too-short";
    }
  }

  /** Nobody answers. */
  record Unreachable() implements OnTheWire {
    @Override
    public String word() {
      return "unreachable";
    }
  }

  /** Somebody answers something else. Strikes one answer. */
  sealed interface InTheAnswer extends StoreFault {}

  /** A login page instead of everything. */
  record CaptivePortal() implements InTheAnswer {
    @Override
    public String word() {
      return "captive-portal";
    }
  }

  /** 429 or 5xx; {@code retryAfter} zero for no such header. */
  record Refused(int status, Duration retryAfter) implements InTheAnswer {
    @Override
    public String word() {
      return "refused-" + status;
    }
  }

  /** The signatures are right, the content has another digest and the right length. */
  record ContentSwapped() implements InTheAnswer {
    @Override
    public String word() {
      return "content-swapped";
    }
  }

  /** The digests are right, the signature is broken. */
  record SignatureBroken() implements InTheAnswer {
    @Override
    public String word() {
      return "signature-broken";
    }
  }

  /** What the store said when the device was last up to date: it hides everything newer. */
  record Frozen() implements InTheAnswer {
    @Override
    public String word() {
      return "frozen";
    }
  }

  /** What the store said before that: it offers something older, properly signed. */
  record RolledBack() implements InTheAnswer {
    @Override
    public String word() {
      return "rolled-back";
    }
  }

  /** Properly signed parts of something else. */
  record MixedUp() implements InTheAnswer {
    @Override
    public String word() {
      return "mixed-up";
    }
  }

  /** Trust or time change, and stay changed. */
  sealed interface InTheWorld extends StoreFault {}

  /** The key that signs is revoked, and its thief goes on signing. */
  record KeyRevoked() implements InTheWorld {
    @Override
    public String word() {
      return "key-revoked";
    }
  }

  /** The store signs with a new key. */
  record KeyRotated() implements InTheWorld {
    @Override
    public String word() {
      return "key-rotated";
    }
  }

  /** The key that signs is past its time, and nobody made a new one. */
  record KeyExpired() implements InTheWorld {
    @Override
    public String word() {
      return "key-expired";
    }
  }

  /** The newest content is taken back. */
  record ContentRevoked() implements InTheWorld {
    @Override
    public String word() {
      return "content-revoked";
    }
  }

  /** The device's clock is wrong by so much from now on. */
  record ClockJumped(Duration by) implements InTheWorld {
    @Override
    public String word() {
      return by.isNegative() ? "clock-back" : "clock-forward";
    }
  }

  /** The device's clock starts from 1970 at every boot. */
  record ClockLost() implements InTheWorld {
    @Override
    public String word() {
      return "clock-lost";
    }
  }

  /** A year without a store; meanwhile its key ended and another signs. */
  record OfflineForAYear() implements InTheWorld {
    @Override
    public String word() {
      return "offline-for-a-year";
    }
  }
}
