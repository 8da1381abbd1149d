package dev.plugpull.sim.ubuntucore;

/**
 * Tasks of specification section 3.2 that write something, and of apps the hooks; the others change nothing that
 * outlives a boot.
 */
enum TaskKind {
  DOWNLOAD("download-snap"),
  VALIDATE("validate-snap"),
  MOUNT("mount-snap"),
  PRE_REFRESH("run-hook-pre-refresh"),
  STOP_SERVICES("stop-snap-services"),
  REMOVE_ALIASES("remove-aliases"),
  UNLINK("unlink-current-snap"),
  PREPARE_KERNEL("prepare-kernel-snap"),
  UPDATE_ASSETS("update-gadget-assets"),
  COPY_DATA("copy-snap-data"),
  LINK("link-snap"),
  AUTO_CONNECT("auto-connect"),
  DISCARD_DRIVERS("discard-old-kernel-snap-setup"),
  SETUP_ALIASES("setup-aliases"),
  POST_REFRESH("run-hook-post-refresh"),
  START_SERVICES("start-snap-services"),
  DISCARD("discard-snap"),
  CONFIGURE("run-hook-configure"),
  CHECK_HEALTH("run-hook-check-health"),
  CREATE_SYSTEM("create-recovery-system"),
  FINALIZE_SYSTEM("finalize-recovery-system"),
  SET_MODEL("set-model");

  private final String word;

  TaskKind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
