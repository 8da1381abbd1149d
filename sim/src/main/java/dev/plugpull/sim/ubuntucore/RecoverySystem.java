package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.Formatter;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A recovery system on ubuntu-seed: the folder {@code systems/LABEL} with model and assertions, and snaps that systems
 * share (specification section 4.7). Left out are the snapd snap and apps, which lie there as the others do, and
 * {@code assertions/model-etc}, which is written and read as {@code assertions/snaps} is.
 *
 * @param snaps revision of each snap that its assertions name
 * @param model number of its model
 */
record RecoverySystem(Map<Part, Integer> snaps, int model) {
  private static final String SYSTEMS = "/systems/";
  private static final String SNAPS = "/snaps/";
  /** What is written into the folder, in order (R3); the loader's variables follow (R4). */
  static final List<String> FILES = List.of("/model", "/assertions/snaps");

  RecoverySystem {
    snaps = Collections.unmodifiableMap(new EnumMap<>(snaps));
  }

  /** The system that the image was built with: since then the kernel was refreshed. */
  static RecoverySystem ofImage() {
    return new RecoverySystem(
        Map.of(Part.BASE, Revisions.OLD, Part.GADGET, Revisions.OLD, Part.KERNEL, Revisions.OLDER), Revisions.OLD);
  }

  /** Labels are dates; here each belongs to a number, that of the image being {@link Revisions#OLD}. */
  static String label(int number) {
    return "20260" + number + "01";
  }

  static String folder(String label) {
    return SYSTEMS + label;
  }

  /** Where loaders that look into no snap find the kernel (R4). */
  static String kernelFolder(String label) {
    return folder(label) + "/kernel";
  }

  static String log(String label) {
    return folder(label) + "/snapd-new-file-log";
  }

  static String blob(CoreSetup setup, Part part, int revision) {
    return SNAPS + setup.blob(part, revision);
  }

  /** GRUB's variables of this system (R4). */
  static String variables(String label) {
    return folder(label) + "/grubenv";
  }

  Content variables(CoreSetup setup) {
    Map<String, String> kernel = Map.of("snapd_recovery_kernel", blob(setup, Part.KERNEL, snaps.get(Part.KERNEL)));
    return Content.of(new GrubFormat().encode(new java.util.TreeMap<>(kernel), new byte[0]));
  }

  /** Content of one of {@link #FILES}. */
  Content file(String name) {
    return name.equals("/model") ? ModelFile.of(model)
        : Content.record(this, Hash128.of("system " + snaps + model), 4000);
  }

  /** What the image build puts on the seed. */
  void putOn(Formatter<?> seed, CoreSetup setup, String label) {
    FILES.forEach(name -> seed.with(folder(label) + name, file(name)));
    switch (setup.seedLoader().kernels()) {
      case NAMED -> seed.with(variables(label), variables(setup));
      case EXTRACTED -> setup.kernelFiles().forEach(file ->
          seed.with(kernelFolder(label) + "/" + file, setup.kernelFile(snaps.get(Part.KERNEL), file)));
      case OF_IMAGE -> {
        // on a partition of its own
      }
    }
    snaps.forEach((part, revision) -> seed.with(blob(setup, part, revision), setup.snap(part, revision)));
  }

  /**
   * The seed with each system that is not whole reduced to what anybody can tell of it: that it is there, its log, and
   * what the loader reads. Whoever starts it finds out that it is not whole, and looks no further; whoever removes it
   * removes all of it.
   */
  static Tree reduced(CoreSetup setup, Tree seed) {
    Tree reduced = seed;
    for (String label : seed.names(SYSTEMS.substring(0, SYSTEMS.length() - 1))) {
      if (read(setup, seed, label) == null && seed.get(folder(label)) instanceof Tree.Directory) {
        Hash128 told = hash(seed.content(log(label))).then(forLoader(setup, seed, label));
        reduced = reduced.with(folder(label), new Tree.Symlink("not whole", 0, told));
      }
    }
    return reduced;
  }

  /** What the loader reads of a system, whether or not all of the system is there. */
  private static Hash128 forLoader(CoreSetup setup, Tree seed, String label) {
    Hash128 read = hash(seed.content(variables(label)));
    if (seed.get(kernelFolder(label)) instanceof Tree.Directory) {
      read = read.then(Hash128.of("kernel"));
      for (String file : setup.kernelFiles()) {
        read = read.then(hash(seed.content(kernelFolder(label) + "/" + file)));
      }
      read = read.then(hash(seed.content(kernelFolder(label) + PibootEnvironment.COMMAND_LINE)));
    }
    return read;
  }

  private static Hash128 hash(Content content) {
    return content == null ? Hash128.ZERO : content.isPart() ? Hash128.of("damaged") : content.hash();
  }

  /** The system of this label if all of it is there and whole, as a boot into it verifies; null if not. */
  static RecoverySystem read(CoreSetup setup, Tree seed, String label) {
    Content named = seed.content(folder(label) + FILES.getLast());
    if (named == null || !(named.value() instanceof RecoverySystem system)) {
      return null;
    }
    boolean files = FILES.stream().allMatch(name -> system.file(name).equals(seed.content(folder(label) + name)));
    boolean blobs = system.snaps.entrySet().stream().allMatch(snap ->
        setup.snap(snap.getKey(), snap.getValue()).equals(seed.content(blob(setup, snap.getKey(), snap.getValue()))));
    return files && blobs ? system : null;
  }
}
