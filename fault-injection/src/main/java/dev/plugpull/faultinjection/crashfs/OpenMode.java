package dev.plugpull.faultinjection.crashfs;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What the options of an open call ask for. */
record OpenMode(
    boolean read,
    boolean write,
    boolean append,
    boolean truncate,
    boolean create,
    boolean createNew,
    boolean deleteOnClose,
    String sync,
    boolean follow) {

  static OpenMode of(Set<? extends OpenOption> options) {
    boolean append = options.contains(StandardOpenOption.APPEND);
    boolean write = append || options.contains(StandardOpenOption.WRITE);
    boolean read = !write || options.contains(StandardOpenOption.READ);
    boolean truncate = write && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
    if (append && (truncate || options.contains(StandardOpenOption.READ))) {
      throw new IllegalArgumentException("cannot open for appending: READ and TRUNCATE_EXISTING exclude APPEND");
    }
    for (OpenOption option : options) {
      if (!(option instanceof StandardOpenOption) && option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException("cannot open with " + option + ": not an option known here");
      }
    }
    String sync =
        options.contains(StandardOpenOption.SYNC) ? "SYNC"
            : options.contains(StandardOpenOption.DSYNC) ? "DSYNC" : "";
    return new OpenMode(
        read, write, append, truncate,
        write && options.contains(StandardOpenOption.CREATE),
        write && options.contains(StandardOpenOption.CREATE_NEW),
        options.contains(StandardOpenOption.DELETE_ON_CLOSE),
        sync,
        !options.contains(LinkOption.NOFOLLOW_LINKS));
  }
}
