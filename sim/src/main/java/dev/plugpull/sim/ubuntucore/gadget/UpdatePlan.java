package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.List;

/**
 * Which structures an update writes, in the order in which snapd writes them (section 5.4, G1): all others first, then
 * system-boot, then system-seed, so that later stages of the boot chain are replaced before earlier ones.
 *
 * @param updates empty if there is nothing to do; snapd then ends the task without a reboot
 */
public record UpdatePlan(List<StructureUpdate> updates) {

  /** Which structures qualify. */
  public enum Policy {
    /** A gadget refresh: the edition has risen. */
    EDITION,
    /** A remodel: everything but the boot sector. */
    REMODEL,
    /** A kernel refresh: structures with content of a kernel asset that asks for updates. */
    KERNEL
  }

  /**
   * One structure that is written.
   *
   * @param content what is written of it, in the order of the file
   */
  public record StructureUpdate(PlacedStructure from, PlacedStructure to, List<VolumeContent> content) {}

  /**
   * Plans an update between two gadgets that {@link GadgetCompatibility} accepts.
   *
   * @param kernel assets of the kernel that will be in place afterwards
   * @throws IllegalArgumentException if volumes or numbers of structures differ
   */
  public static UpdatePlan of(GadgetInfo old, GadgetInfo next, Target target, Policy policy, KernelInfo kernel) {
    List<StructureUpdate> others = new ArrayList<>();
    List<StructureUpdate> boot = new ArrayList<>();
    List<StructureUpdate> seed = new ArrayList<>();
    for (Volume volume : next.volumes()) {
      Volume before =
          old.volume(volume.name())
              .orElseThrow(() -> new IllegalArgumentException("cannot plan an update: volume \"" + volume.name()
                  + "\" is new"));
      List<PlacedStructure> from = VolumeLayout.of(before, target.kind()).byOffset();
      List<PlacedStructure> to = VolumeLayout.of(volume, target.kind()).byOffset();
      if (from.size() != to.size()) {
        throw new IllegalArgumentException("cannot plan an update: volume \"" + volume.name() + "\" had "
            + from.size() + " structures and has " + to.size());
      }
      for (int i = 0; i < to.size(); i++) {
        List<VolumeContent> content = content(from.get(i), to.get(i), policy, kernel);
        if (!content.isEmpty()) {
          String role = to.get(i).role();
          List<StructureUpdate> stage = role.startsWith(Role.SEED) ? seed : role.startsWith(Role.BOOT) ? boot : others;
          stage.add(new StructureUpdate(from.get(i), to.get(i), content));
        }
      }
    }
    others.addAll(boot);
    others.addAll(seed);
    return new UpdatePlan(List.copyOf(others));
  }

  private static List<VolumeContent> content(
      PlacedStructure from, PlacedStructure to, Policy policy, KernelInfo kernel) {
    List<VolumeContent> all = to.structure().content();
    return switch (policy) {
      case EDITION -> to.structure().update().edition() > from.structure().update().edition() ? all : List.of();
      case REMODEL -> from.role().equals(Role.MBR) ? List.of() : all;
      case KERNEL -> all.stream().filter(content -> updatesWithKernel(content, kernel)).toList();
    };
  }

  private static boolean updatesWithKernel(VolumeContent content, KernelInfo kernel) {
    if (!content.isKernelReference()) {
      return false;
    }
    try {
      KernelReference reference = KernelReference.parse(content.source());
      KernelInfo.Asset asset = kernel.assets().get(reference.asset());
      return asset != null && asset.update() && asset.covers(reference.path());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
