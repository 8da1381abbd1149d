package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import java.util.Optional;
import java.util.stream.Stream;

/** A boot loader that secure boot measures, in the order in which they run (specification section 6.2; amd64). */
enum TrustedAsset {
  SHIM("recovery:bootx64.efi", Home.SEED, "/EFI/boot/bootx64.efi"),
  SEED_GRUB("recovery:grubx64.efi", Home.SEED, "/EFI/boot/grubx64.efi"),
  RUN_GRUB("run:grubx64.efi", Home.BOOT, "/EFI/boot/grubx64.efi");

  /** Role and file name. */
  final String id;

  final Home home;
  final String path;

  TrustedAsset(String id, Home home, String path) {
    this.id = id;
    this.home = home;
    this.path = path;
  }

  /** The trusted asset at this place; empty if what lies there is not measured. */
  static Optional<TrustedAsset> at(Home home, String path) {
    return Stream.of(values()).filter(asset -> asset.home == home && asset.path.equals(path)).findFirst();
  }
}
