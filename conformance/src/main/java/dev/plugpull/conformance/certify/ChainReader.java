package dev.plugpull.conformance.certify;

import dev.plugpull.sim.ubuntucore.BootChain.Link;
import dev.plugpull.sim.ubuntucore.BootChain.Stage;
import dev.plugpull.sim.ubuntucore.BootChain.Way;
import dev.plugpull.sim.ubuntucore.BootChain;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Asset;
import dev.plugpull.sim.ubuntucore.GadgetAssets.AssetStructure;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import dev.plugpull.sim.ubuntucore.GadgetAssets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What firmware needs whole before the boot loader runs, as far as the names of a gadget's files tell: UEFI programs,
 * and on other boards whatever looks like a program.
 */
final class ChainReader {
  private static final Pattern STAGE =
      Pattern.compile("(?i).*(\\.(efi|bin|elf|itb|img|dat|mbn|sb)|/MLO|/kernel\\d*\\.img)");
  private static final Pattern BOOT_PROGRAM = Pattern.compile("(?i)/EFI/boot/boot(x64|aa64|ia32|arm|riscv64)\\.efi");
  private static final Pattern SHIM = Pattern.compile("(?i)/EFI/ubuntu/shim(x64|aa64|ia32|arm|riscv64)\\.efi");

  private final CoreBoard board;
  private final GadgetAssets assets;
  private final List<String> assumptions;
  private final List<Stage> stages = new ArrayList<>();

  private ChainReader(CoreBoard board, GadgetAssets assets, List<String> assumptions) {
    this.board = board;
    this.assets = assets;
    this.assumptions = assumptions;
  }

  static boolean isStage(String path) {
    return STAGE.matcher(path).matches();
  }

  static BootChain read(CoreBoard board, GadgetAssets assets, List<String> assumptions) {
    ChainReader reader = new ChainReader(board, assets, assumptions);
    boolean efi = board.seed() != null && reader.uefi(board.seed());
    if (efi) {
      reader.uefiBehind();
    } else {
      reader.programs();
      reader.images();
    }
    if (!reader.stages.isEmpty()) {
      assumptions.add("firmware needs whole, old or new: "
          + String.join(", ", reader.stages.stream().map(Stage::title).distinct().toList()));
    }
    return new BootChain(reader.stages);
  }

  /** The loader on the seed: the path that installation sets as boot entry, then the default path. */
  private boolean uefi(CoreBoard.Partition seed) {
    List<Way> ways = new ArrayList<>();
    for (Pattern first : List.of(SHIM, BOOT_PROGRAM)) {
      for (String path : seed.files().keySet()) {
        if (first.matcher(path).matches()) {
          ways.add(new Way(withGrub(seed, path)));
        }
      }
    }
    if (!ways.isEmpty()) {
      stages.add(new Stage("the UEFI loader on " + seed.label(), ways));
      assumptions.add("firmware: UEFI; images for legacy BIOS are written, but not needed; the boot entry that snapd"
          + " sets (G9) is not modelled");
    }
    return !ways.isEmpty();
  }

  /** A shim starts the GRUB beside it. */
  private static List<Link> withGrub(CoreBoard.Partition partition, String path) {
    List<Link> links = new ArrayList<>(List.of(new Link(partition.number(), path)));
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    for (String other : partition.files().keySet()) {
      if (other.toLowerCase(java.util.Locale.ROOT).startsWith((folder + "grub").toLowerCase(java.util.Locale.ROOT))
          && other.endsWith(".efi")) {
        links.add(new Link(partition.number(), other));
      }
    }
    return links;
  }

  private void uefiBehind() {
    for (String path : board.boot().files().keySet()) {
      if (path.endsWith(".efi")) {
        stages.add(new Stage(path + " on " + board.boot().label(),
            List.of(new Way(List.of(new Link(board.boot().number(), path))))));
      }
    }
  }

  private void programs() {
    for (AssetStructure structure : assets.gadget()) {
      if (structure.home() == Home.SEED || structure.home() == Home.BOOT) {
        CoreBoard.Partition partition = structure.home() == Home.SEED ? board.seed() : board.boot();
        for (Asset asset : structure.assets()) {
          if (isStage(asset.path()) && asset.before() != null && asset.after() != null) {
            stages.add(new Stage(asset.path() + " on " + partition.label(),
                List.of(new Way(List.of(new Link(partition.number(), asset.path()))))));
          }
        }
      }
    }
  }

  /** An image that several structures hold may be started from any of them. */
  private void images() {
    Map<String, List<Way>> ways = new LinkedHashMap<>();
    for (Asset image : imagesOfOldGadget()) {
      String name = image.path().replaceAll("^.*: ", "").replaceAll(" #\\d+$", "");
      ways.computeIfAbsent(name, n -> new ArrayList<>()).add(new Way(List.of(new Link(0, image.path()))));
    }
    ways.forEach((name, copies) -> {
      stages.add(new Stage("image " + name, copies));
      if (copies.size() > 1) {
        assumptions.add("boot ROM: starts image " + name + " from any of " + copies.size() + " places that is whole");
      }
    });
  }

  private List<Asset> imagesOfOldGadget() {
    return assets.gadget().stream().filter(s -> s.home() == Home.RAW).flatMap(s -> s.assets().stream())
        .filter(a -> a.before() != null).toList();
  }
}
