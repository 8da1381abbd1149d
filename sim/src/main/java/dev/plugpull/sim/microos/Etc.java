package dev.plugpull.sim.microos;

import dev.plugpull.sim.media.Content;

/** How /etc is kept apart for each snapshot and merged at an update. */
interface Etc {
  String USERS_FILE = "app.conf";
  String PACKAGES_FILE = "vendor.conf";
  Content FACTORY = Content.text("setting=factory\n");
  Content EDITED = Content.text("setting=edited by the user\n");

  static Content packaged(int release) {
    return Content.text("vendor setting of release " + release + "\n");
  }

  /** M3: /etc of a new snapshot. */
  void create(int base, int next) throws UpdateFailed;

  /** A file as programs see it that run in a snapshot; null if it is not there. */
  Content read(int snapshot, String file);

  /** Writes a file as such a program does, without sync. */
  void write(String point, int snapshot, String file, Content content);

  /** Path of a file that a program in a snapshot has just written. */
  String place(int snapshot, String file);

  /**
   * The initramfs gets /etc ready.
   *
   * @return false if it cannot be mounted
   */
  boolean ready(int snapshot);

  /** M1: what no snapshot needs any more. */
  void cleanUp();

  /** What must go before the snapshot's root subvolume can. */
  void deleting(int snapshot);
}
