package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;

/** An image that cannot be read; the message says why in lower case and never needs a stack trace. */
public final class SquashfsException extends IOException {

  private static final long serialVersionUID = 1L;

  SquashfsException(String why) {
    super("cannot read squashfs image: " + why);
  }

  SquashfsException(String why, Throwable cause) {
    super("cannot read squashfs image: " + why, cause);
  }
}
