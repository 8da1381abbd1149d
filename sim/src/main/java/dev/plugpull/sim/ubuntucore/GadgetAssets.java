package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the task update-gadget-assets writes (specification section 5.4): the structures that an update policy chose, in
 * the order in which snapd writes them.
 *
 * @param gadget structures of a gadget refresh (policy <em>edition</em>)
 * @param kernel structures with content of the kernel snap (policy <em>kernel</em>)
 */
public record GadgetAssets(List<AssetStructure> gadget, List<AssetStructure> kernel) {

  /** Nothing is ever updated. */
  public static final GadgetAssets NONE = new GadgetAssets(List.of(), List.of());

  /** Bytes that stand for a raw image: one atomic unit for its begin, one for all that follows. */
  static final int IMAGE_BYTES = 1024;

  /** Where a structure lies. */
  public enum Home {
    SEED,
    BOOT,
    /** No file system: images written in place. */
    RAW,
    /** A file system that nothing mounts on a running device; snapd refuses to update it. */
    UNMOUNTED
  }

  /** What becomes of an asset that is there already. */
  public enum Rule {
    REPLACED,
    /** In the list {@code update.preserve}. */
    PRESERVED,
    /** A boot configuration that snapd manages itself. */
    IGNORED
  }

  /**
   * One structure.
   *
   * @param assets in the order of the gadget's content
   */
  public record AssetStructure(String title, Home home, List<Asset> assets) {
    public AssetStructure {
      assets = List.copyOf(assets);
    }
  }

  /**
   * A file or a raw image.
   *
   * @param path on its partition; of an image its name and place, unique on the device
   * @param before content up to the old revision, null if the old gadget had none
   * @param after content of the new revision, null if the new gadget drops it
   */
  public record Asset(String path, Content before, Content after, Rule rule) {

    /** What the revision of a snap brings, null if it brings none. */
    Content at(int revision) {
      if (revision <= Revisions.OLD) {
        return before;
      }
      if (revision == Revisions.NEW || after == null || !after.isOpaque()) {
        return after;
      }
      return Content.opaque(after.name() + "+", after.length());
    }

    /** True if a device can tell old from new by it. */
    boolean tells() {
      return rule == Rule.REPLACED && (before == null ? after != null : !before.equals(after));
    }
  }

  public GadgetAssets {
    gadget = List.copyOf(gadget);
    kernel = List.copyOf(kernel);
  }

  List<AssetStructure> of(Part part) {
    return switch (part) {
      case BASE, SNAPD, APP, NEIGHBOUR -> List.of();
      case GADGET -> gadget;
      case KERNEL -> kernel;
    };
  }

  /** True if a refresh of this part runs the task. */
  boolean has(Part part) {
    return part == Part.GADGET || !of(part).isEmpty();
  }

  /** The file system that a gadget refresh writes last, empty if it writes none (and takes nothing away only). */
  public Optional<Home> lastFiles() {
    return gadget.stream().filter(s -> s.home() == Home.SEED || s.home() == Home.BOOT)
        .filter(s -> s.assets().stream().anyMatch(a -> a.tells() && a.after() != null))
        .map(AssetStructure::home).reduce((before, last) -> last);
  }

  /** All raw images, in the order of their places on the volume that stands for the disk's raw areas. */
  List<Asset> images() {
    List<Asset> images = new ArrayList<>();
    for (AssetStructure structure : gadget) {
      if (structure.home() == Home.RAW) {
        images.addAll(structure.assets());
      }
    }
    return images;
  }

  /** Byte offset of an image on the volume of raw areas, -1 if it is none. */
  long place(String image) {
    List<Asset> images = images();
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).path().equals(image)) {
        return (long) i * IMAGE_BYTES;
      }
    }
    return -1;
  }

  /** The bytes that stand for an image; of two images no unit is equal. */
  static byte[] imageBytes(Content content) {
    byte[] bytes = new byte[IMAGE_BYTES];
    byte[] mark = content.hash().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = mark[i % mark.length];
    }
    return bytes;
  }

  /** These assets where one file stays as given: a script exchanged for its reference twin. */
  public GadgetAssets withFixed(String path, Content content) {
    return new GadgetAssets(fixed(gadget, path, content), fixed(kernel, path, content));
  }

  private static List<AssetStructure> fixed(List<AssetStructure> structures, String path, Content content) {
    List<AssetStructure> result = new ArrayList<>();
    for (AssetStructure structure : structures) {
      List<Asset> assets = structure.assets().stream()
          .map(a -> a.path().equals(path) ? new Asset(path, content, content, a.rule()) : a).toList();
      result.add(new AssetStructure(structure.title(), structure.home(), assets));
    }
    return result;
  }
}
