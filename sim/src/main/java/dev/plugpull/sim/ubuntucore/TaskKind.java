package dev.plugpull.sim.ubuntucore;

/** Tasks of specification section 3.2 that write something; the others change nothing that outlives a boot. */
enum TaskKind {
  DOWNLOAD("download-snap"),
  VALIDATE("validate-snap"),
  MOUNT("mount-snap"),
  UNLINK("unlink-current-snap"),
  PREPARE_KERNEL("prepare-kernel-snap"),
  UPDATE_ASSETS("update-gadget-assets"),
  COPY_DATA("copy-snap-data"),
  LINK("link-snap"),
  AUTO_CONNECT("auto-connect"),
  DISCARD_DRIVERS("discard-old-kernel-snap-setup"),
  DISCARD("discard-snap");

  private final String word;

  TaskKind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
