package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A device of one gadget inside one scenario: everything that does not change during an exploration.
 *
 * @param installed the partitions of the clean device
 * @param kernelName name of the kernel snap
 * @param kernelFiles files that a boot loader needs extracted, relative to the kernel's folder; empty for none
 * @param loader firmware and boot loader, with the vendor's scripts
 * @param bootState snapd's side of the boot contract
 * @param seedLoader the boot loader of recovery systems, null where the scenario does not leave run mode
 * @param environmentPath the loader environment on the boot partition, empty if it is raw
 * @param rawEnvironment the raw environment, null if it is a file
 * @param bootOnExt4 true if the loader's files lie on ext4, false on FAT
 * @param loadsFromData true if the loader takes kernels out of the snaps on the data partition (UC16 and UC18)
 * @param strays what boot loaders read of the data partition that the model does not show them as it lags
 * @param idealMedium reference twin of the medium: every write is durable at once, in order
 * @param flushHonoured false if the disk acknowledges a flush and does nothing
 * @param watchdog true if the board resets itself when nothing happens
 * @param fresh what an installation makes of the partitions, null where a scenario does not speak of one
 * @param assets what refreshes of gadget and kernel write to the partitions beside snaps and boot state
 * @param sealing what encryption adds
 */
record CoreSetup(
    Series series,
    Layout layout,
    List<VolumeState> installed,
    String kernelName,
    List<String> kernelFiles,
    PowerOn loader,
    BootState bootState,
    SeedLoader seedLoader,
    String environmentPath,
    EnvironmentFormat environmentFormat,
    RawEnvironment rawEnvironment,
    CoreScenario scenario,
    Platform platform,
    boolean bootOnExt4,
    boolean loadsFromData,
    StrayReads strays,
    boolean idealMedium,
    boolean flushHonoured,
    boolean watchdog,
    GadgetAssets assets,
    BootFiles bootFiles,
    Fresh fresh,
    Sealing sealing) {

  /** Where snaps lie on the data partition: all that a boot loader may read of it. */
  static final String SNAPS = "/var/lib/snapd/snaps";

  private static final long KERNEL_BYTES = 60L << 20;
  private static final long BASE_BYTES = 80L << 20;
  private static final long GADGET_BYTES = 4L << 20;
  private static final long SNAPD_BYTES = 40L << 20;
  private static final long APP_BYTES = 20L << 20;
  private static final String GADGET_NAME = "device-gadget";
  private static final String APP_NAME = "device-app";
  private static final String INSTANCE = APP_NAME + "_two";

  CoreSetup {
    installed = List.copyOf(installed);
    kernelFiles = List.copyOf(kernelFiles);
  }

  /** True if the device can start in other modes than run, and has recovery systems on its seed. */
  boolean hasModes() {
    return fresh != null;
  }

  /** True if the scenario creates a recovery system. */
  boolean makesSystem() {
    return scenario.is(Circumstance.CREATES_SYSTEM) || scenario.is(Circumstance.REMODELS);
  }

  String name(Part part) {
    return switch (part) {
      case KERNEL -> kernelName;
      case GADGET -> GADGET_NAME;
      case BASE -> series.base();
      case SNAPD -> "snapd";
      case APP -> scenario.is(Circumstance.PARALLEL_INSTANCE) ? INSTANCE : APP_NAME;
      case NEIGHBOUR -> scenario.is(Circumstance.PARALLEL_INSTANCE) ? APP_NAME : "other-app";
    };
  }

  /** The name without instance key. */
  String snapName(Part part) {
    return name(part).equals(INSTANCE) ? APP_NAME : name(part);
  }

  /** True if the device has this snap: what boots it always, others where the scenario speaks of them. */
  boolean has(Part part) {
    return switch (part) {
      case BASE, GADGET, KERNEL -> true;
      case SNAPD, APP -> scenario.refreshed().contains(part);
      case NEIGHBOUR -> scenario.refreshed().contains(Part.APP) || scenario.refreshed().contains(Part.SNAPD);
    };
  }

  List<Part> parts() {
    return Stream.of(Part.values()).filter(this::has).toList();
  }

  /** File name of a revision's blob, such as {@code pc-kernel_3.snap}. */
  String blob(Part part, int revision) {
    return name(part) + "_" + revision + ".snap";
  }

  /** What the store calls a revision, whatever the instance: {@code NAME_REVISION.snap}. */
  String released(Part part, int revision) {
    return snapName(part) + "_" + revision + ".snap";
  }

  /** True if the blob of a revision is whole and its mount unit is enabled: every boot mounts it. */
  boolean mounted(Tree tree, Part part, int revision) {
    return tree.exists(SnapTasks.WANTS + "/snap-" + name(part) + "-" + revision + ".mount")
        && snap(part, revision).equals(tree.content(Initramfs.SNAPS + blob(part, revision)));
  }

  /** The revision that a blob name speaks of, 0 if it is none of this part. */
  int revision(Part part, String blob) {
    for (int revision = Revisions.OLDEST; revision <= Revisions.NEXT; revision++) {
      if (blob.equals(blob(part, revision))) {
        return revision;
      }
    }
    return 0;
  }

  /** A base after a program has written into it. */
  static Content changedBase() {
    return Content.damaged("changed by a program", BASE_BYTES);
  }

  Content snap(Part part, int revision) {
    return Content.opaque(released(part, revision), switch (part) {
      case KERNEL -> KERNEL_BYTES;
      case GADGET -> GADGET_BYTES;
      case BASE -> BASE_BYTES;
      case SNAPD -> SNAPD_BYTES;
      case APP, NEIGHBOUR -> APP_BYTES;
    });
  }

  /** A file inside a kernel snap; that of a revision which cannot be loaded is cut off. */
  Content kernelFile(int revision, String file) {
    Content whole = kernelImage(blob(Part.KERNEL, revision), file, bootFiles);
    boolean loadable = file.startsWith("dtbs/") || behaviour(Part.KERNEL, revision) != Behaviour.UNLOADABLE;
    return loadable || whole.length() == 0 ? whole : whole.prefix(whole.length() - 1);
  }

  /** A file inside the snap of this name, as it was built. */
  static Content kernelImage(String blob, String file, BootFiles sizes) {
    return Content.opaque(blob + ":" + file, sizes.bytes(file));
  }

  /** The revision of the kernel snap that a loaded image came from, 0 if it is none. */
  int kernelRevision(Content image) {
    int colon = image.name().indexOf(':');
    return colon < 0 ? 0 : revision(Part.KERNEL, image.name().substring(0, colon));
  }

  Behaviour behaviour(Part part, int revision) {
    return revision == Revisions.NEW ? scenario.target().getOrDefault(part, Behaviour.GOOD) : Behaviour.GOOD;
  }

  /** The state after a cut, in canonical form. */
  CoreState canonical(List<VolumeState> volumes, Environment environment, Monitors monitors) {
    return new CoreState(new ArrayList<>(volumes), environment, monitors, null);
  }
}
