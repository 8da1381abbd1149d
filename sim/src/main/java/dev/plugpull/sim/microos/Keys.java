package dev.plugpull.sim.microos;

import dev.plugpull.sim.media.Content;

/** Keys of the repository in a system's keyring. The first is valid for a year, the second one after it. */
final class Keys {
  static final String PATH = "usr/lib/rpm-keys";
  static final String FIRST = "first-key";
  static final String SECOND = "second-key";
  static final int MONTHS_VALID = 12;

  private Keys() {}

  static Content ring(boolean bothKeys) {
    return Content.text(FIRST + "\n" + (bothKeys ? SECOND + "\n" : ""));
  }
}
