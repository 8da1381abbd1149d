package dev.plugpull.conformance.certify;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Asset;
import dev.plugpull.sim.ubuntucore.GadgetAssets.AssetStructure;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Rule;
import dev.plugpull.sim.ubuntucore.GadgetAssets;
import dev.plugpull.sim.ubuntucore.gadget.GadgetInfo;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.KernelInfo;
import dev.plugpull.sim.ubuntucore.gadget.PlacedStructure;
import dev.plugpull.sim.ubuntucore.gadget.Role;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import dev.plugpull.sim.ubuntucore.gadget.UpdatePlan.StructureUpdate;
import dev.plugpull.sim.ubuntucore.gadget.UpdatePlan;
import dev.plugpull.sim.ubuntucore.gadget.VolumeContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a refresh from an older gadget to this one writes, file by file, in snapd's order. */
final class AssetReader {
  /** Files that no program of the model reads are told apart up to this number in a structure. */
  private static final int UNREAD = 2;

  private static final String MANAGED = "/EFI/ubuntu/grub.cfg";

  private final GadgetPackage old;
  private final GadgetPackage next;
  private final boolean managesGrub;
  private final boolean piboot;
  private final List<String> assumptions;
  private final List<String> notLookedAt;

  private AssetReader(
      GadgetPackage old, GadgetPackage next, GadgetInfo info, Target target, List<String> assumptions,
      List<String> notLookedAt) {
    this.old = old;
    this.next = next;
    this.managesGrub = info.bootloader().equals("grub") && target.kind().hasModes();
    this.piboot = info.bootloader().equals("piboot");
    this.assumptions = assumptions;
    this.notLookedAt = notLookedAt;
  }

  /**
   * Reads both gadgets.
   *
   * @throws IllegalArgumentException if snapd would not take the one after the other
   */
  static GadgetAssets read(
      GadgetPackage old, GadgetInfo from, GadgetPackage next, GadgetInfo to, Target target, List<String> assumptions,
      List<String> notLookedAt) {
    AssetReader reader = new AssetReader(old, next, to, target, assumptions, notLookedAt);
    List<AssetStructure> structures = new ArrayList<>();
    for (StructureUpdate update : UpdatePlan.of(from, to, target, UpdatePlan.Policy.EDITION, KernelInfo.NONE)
        .updates()) {
      reader.structure(update, structures);
    }
    if (structures.isEmpty()) {
      assumptions.add("gadget refresh: no edition was raised, so snapd writes no asset");
    }
    return new GadgetAssets(structures, List.of());
  }

  private void structure(StructureUpdate update, List<AssetStructure> structures) {
    Home home = home(update.to());
    if (home == null) {
      notLookedAt.add("gadget refresh: content of " + update.to().title() + " on " + update.to().role());
      return;
    }
    List<Asset> assets = home == Home.RAW ? images(update) : files(update);
    if (!assets.isEmpty()) {
      structures.add(new AssetStructure(update.to().title(), home, assets));
    }
  }

  private Home home(PlacedStructure structure) {
    if (!structure.hasFilesystem()) {
      return Home.RAW;
    }
    return switch (structure.role()) {
      case Role.SEED -> Home.SEED;
      // On piboot nothing below ubuntu-boot takes part in booting.
      case Role.BOOT -> piboot ? null : Home.BOOT;
      case Role.SAVE, Role.DATA -> null;
      default -> Home.UNMOUNTED;
    };
  }

  private List<Asset> images(StructureUpdate update) {
    List<Asset> images = new ArrayList<>();
    List<VolumeContent> before = update.from().structure().content();
    for (int i = 0; i < update.content().size(); i++) {
      VolumeContent content = update.content().get(i);
      Content now = image(next, content.image());
      Content then = i < before.size() ? image(old, before.get(i).image()) : null;
      String path = update.to().title() + ": " + content.image() + (update.content().size() > 1 ? " #" + i : "");
      boolean unknown = then != null && then.name().startsWith("built:") && now.name().startsWith("built:");
      images.add(new Asset(path, then, unknown ? Content.opaque(now.name() + "@new", 1) : now, Rule.REPLACED));
    }
    return images;
  }

  private Content image(GadgetPackage gadget, String image) {
    return gadget.standIn(image).filter(path -> path.equals(image))
        .flatMap(path -> gadget.files().find(path))
        .map(file -> Content.opaque(
            "image:" + image + "#" + Digests.shortId(file.path(), file.size(), gadget.files()), file.size()))
        .orElseGet(() -> Content.opaque("built:" + image, 1));
  }

  private List<Asset> files(StructureUpdate update) {
    Map<String, Content> before = new LinkedHashMap<>();
    update.from().structure().content().forEach(c -> before.putAll(PartitionFiles.of(old, c, new ArrayList<>())));
    Map<String, Content> after = new LinkedHashMap<>();
    update.content().forEach(c -> after.putAll(PartitionFiles.of(next, c, notLookedAt)));
    List<Asset> assets = new ArrayList<>();
    after.forEach((path, content) -> {
      Content then = before.get(path);
      boolean unknown = then != null && then.name().startsWith("built:") && content.name().startsWith("built:");
      assets.add(new Asset(
          path, then, unknown ? Content.opaque(content.name() + "@new", 1) : content, rule(update, path)));
    });
    dropped(update).forEach(path -> {
      if (before.get(path) != null) {
        assets.add(new Asset(path, before.get(path), null, rule(update, path)));
      }
    });
    return fewer(update, assets);
  }

  private Rule rule(StructureUpdate update, String path) {
    if (managesGrub && path.equals(MANAGED)) {
      return Rule.IGNORED;
    }
    return update.to().structure().update().preserve().stream().anyMatch(p -> path.equals("/" + p) || path.equals(p))
        ? Rule.PRESERVED : Rule.REPLACED;
  }

  /** Single files that the old gadget names and the new one does not; of folders snapd does not know the content. */
  private static TreeSet<String> dropped(StructureUpdate update) {
    TreeSet<String> dropped = new TreeSet<>();
    for (VolumeContent content : update.from().structure().content()) {
      if (!content.source().endsWith("/")) {
        dropped.add(PartitionFiles.target(content));
      }
    }
    update.to().structure().content().forEach(content -> dropped.remove(PartitionFiles.target(content)));
    return dropped;
  }

  /** Files that nobody in the model reads are all alike: a few stand for many. */
  private List<Asset> fewer(StructureUpdate update, List<Asset> assets) {
    List<Asset> kept = new ArrayList<>();
    int unread = 0;
    for (Asset asset : assets) {
      boolean read = PartitionFiles.isScript(asset.path()) || ChainReader.isStage(asset.path())
          || asset.path().endsWith(".txt") && asset.path().lastIndexOf('/') == 0;
      unread += read ? 0 : 1;
      if (read || unread <= UNREAD) {
        kept.add(asset);
      }
    }
    if (unread > UNREAD) {
      assumptions.add("gadget refresh: " + UNREAD + " of " + unread + " files on " + update.to().title()
          + " that neither firmware nor scripts read stand for all of them");
    }
    return kept;
  }
}
