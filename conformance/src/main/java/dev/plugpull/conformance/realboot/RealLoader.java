package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A real boot loader, started from power-on on disks with the states of a model. */
interface RealLoader {

  /** Its name and build, for people. */
  String title();

  /** What lies on its disks in place of kernels. */
  StandIn standIn();

  /** What was put in the place of something that it does not have, in sentences. */
  List<String> shims();

  /** Writes to a disk what the loader needs on it to be started from power-on. */
  default void prepare(Path disk) throws IOException {
    // Most are started from a file beside the disk.
  }

  /** Boots a disk to its end; the disk is written to as the loader writes to it. */
  RealBoot boot(DiskWriter.Written disk, List<VolumeView> volumes) throws IOException;

  /** The error lines among those that the interpreter printed, in the real loader's words. */
  List<String> errors(List<String> said);

  /** The arguments that this loader hands to a kernel where the interpreter hands these. */
  default String arguments(String interpreted) {
    return interpreted;
  }

  /** A content that both write in their own ways, in one form. */
  default Content canonical(Content content) {
    return content;
  }

  /**
   * What the loader's own store holds after the model's boot, in the form of {@link RealBoot#saved}; null if it has
   * none, or the boot left it as it was.
   */
  default Content saved(ModelBoot model) {
    return null;
  }

  /** True if a file or raw volume is the loader's own store, which {@link #saved} compares. */
  default boolean isStore(VolumeView volume, String path) {
    return false;
  }

  /** The command that boots such a disk for a person to look at; {@code DISK} stands for it. */
  String command();
}
