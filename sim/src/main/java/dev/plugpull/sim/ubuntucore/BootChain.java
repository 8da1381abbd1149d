package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Optional;

/**
 * What firmware and boot ROM need whole before the boot loader can run, stage by stage (rows H14, H15 and invariant 8).
 *
 * <p>Old and new are equally good; what is missing, short or a mixture is not. A stage with several ways survives as
 * long as one of them is whole.
 */
public record BootChain(List<Stage> stages) {

  /** Nothing is needed. */
  public static final BootChain NONE = new BootChain(List.of());

  /** GPT name of the volume that stands for the disk's raw areas. */
  static final String RAW_AREAS = "raw-areas";

  public BootChain {
    stages = List.copyOf(stages);
  }

  /** One stage, for example "the UEFI loader", with the ways to start it in the firmware's order. */
  public record Stage(String title, List<Way> ways) {
    public Stage {
      ways = List.copyOf(ways);
    }
  }

  /** Files that are all needed. */
  public record Way(List<Link> links) {
    public Way {
      links = List.copyOf(links);
    }
  }

  /**
   * One file or raw image.
   *
   * @param partition number of the partition, 0 for raw areas
   * @param path path of the file or image
   */
  public record Link(int partition, String path) {}

  /** The chain in front of a boot loader. */
  PowerOn before(PowerOn loader, GadgetAssets assets) {
    return stages.isEmpty() ? loader : machine -> {
      for (Stage stage : stages) {
        String missing = missing(machine, stage, assets);
        if (!missing.isEmpty()) {
          return new BootOutcome.Hang("firmware cannot start " + stage.title() + ": " + missing);
        }
      }
      return loader.run(machine);
    };
  }

  private static String missing(BootMachine machine, Stage stage, GadgetAssets assets) {
    String first = "";
    for (Way way : stage.ways()) {
      String broken = broken(machine, way, assets);
      if (broken.isEmpty()) {
        return "";
      }
      first = first.isEmpty() ? broken : first;
    }
    return first;
  }

  private static String broken(BootMachine machine, Way way, GadgetAssets assets) {
    for (Link link : way.links()) {
      for (BootVolume volume : machine.volumes()) {
        boolean raw = volume.partitionName().equals(RAW_AREAS);
        if (link.partition() == 0 && raw && !wholeImage(volume, link.path(), assets)) {
          return link.path() + " is neither the old nor the new one";
        }
        boolean home = link.partition() > 0 && !raw && volume.partition() == link.partition();
        if (home && !wholeFile(volume, link.path(), assets)) {
          return link.path() + " is missing or short";
        }
      }
    }
    return "";
  }

  private static boolean wholeFile(BootVolume volume, String path, GadgetAssets assets) {
    Optional<Content> content = volume.read(path);
    if (content.isEmpty() || content.get().length() == 0 || content.get().isPart()) {
      return false;
    }
    boolean known = false;
    for (GadgetAssets.AssetStructure structure : assets.gadget()) {
      for (GadgetAssets.Asset asset : structure.assets()) {
        boolean same = asset.path().equals(path);
        known |= same;
        for (int revision = Revisions.OLD; same && revision <= Revisions.NEXT; revision++) {
          if (content.get().equals(asset.at(revision))) {
            return true;
          }
        }
      }
    }
    return !known;
  }

  private static boolean wholeImage(BootVolume volume, String path, GadgetAssets assets) {
    long place = assets.place(path);
    byte[] bytes = volume.readRaw(place, GadgetAssets.IMAGE_BYTES);
    for (GadgetAssets.Asset image : assets.images()) {
      for (int revision = Revisions.OLD; revision <= Revisions.NEXT; revision++) {
        Content content = image.at(revision);
        if (image.path().equals(path) && content != null
            && java.util.Arrays.equals(bytes, GadgetAssets.imageBytes(content))) {
          return true;
        }
      }
    }
    return false;
  }
}
