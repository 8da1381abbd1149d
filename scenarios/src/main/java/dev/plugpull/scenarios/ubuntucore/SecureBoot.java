package dev.plugpull.scenarios.ubuntucore;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.BootChain;
import dev.plugpull.sim.ubuntucore.CoreBoard.Partition;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Asset;
import dev.plugpull.sim.ubuntucore.GadgetAssets.AssetStructure;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Rule;
import dev.plugpull.sim.ubuntucore.GadgetAssets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A GRUB board whose data is encrypted: firmware starts shim and GRUB of the seed partition, that one GRUB of the boot
 * partition, and a gadget refresh replaces all three, what runs later first.
 */
final class SecureBoot {
  private static final String SHIM = "/EFI/boot/bootx64.efi";
  private static final String GRUB = "/EFI/boot/grubx64.efi";
  private static final long ASSET_BYTES = 8192;

  private SecureBoot() {}

  static CoreBoard on(CoreBoard board) {
    GadgetAssets assets = new GadgetAssets(List.of(
        new AssetStructure("ubuntu-boot", Home.BOOT, List.of(asset(GRUB, "boot grubx64.efi"))),
        new AssetStructure("ubuntu-seed", Home.SEED,
            List.of(asset(GRUB, "seed grubx64.efi"), asset(SHIM, "shim bootx64.efi")))), List.of());
    return board
        .withSeed(holding(board.seed(), assets.gadget().get(1)))
        .withBoot(holding(board.boot(), assets.gadget().get(0)))
        .withAssets(assets, chain(board))
        .withEncryption();
  }

  private static Asset asset(String path, String name) {
    return new Asset(
        path, Content.opaque(name, ASSET_BYTES), Content.opaque("new " + name, ASSET_BYTES), Rule.REPLACED);
  }

  private static Partition holding(Partition partition, AssetStructure structure) {
    SortedMap<String, Content> files = new TreeMap<>(partition.files());
    structure.assets().forEach(asset -> files.put(asset.path(), asset.before()));
    return new Partition(partition.label(), partition.type(), partition.bytes(), partition.number(), files);
  }

  private static BootChain chain(CoreBoard board) {
    int seed = board.seed().number();
    return new BootChain(List.of(
        stage("the loaders of ubuntu-seed", new BootChain.Link(seed, SHIM), new BootChain.Link(seed, GRUB)),
        stage("GRUB of ubuntu-boot", new BootChain.Link(board.boot().number(), GRUB))));
  }

  private static BootChain.Stage stage(String title, BootChain.Link... links) {
    return new BootChain.Stage(title, List.of(new BootChain.Way(List.of(links))));
  }
}
