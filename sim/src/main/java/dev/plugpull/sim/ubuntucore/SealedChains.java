package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.sealing.MeasuredChain;
import dev.plugpull.sim.ubuntucore.sealing.PcrProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The boot chains of a modeenv (specification section 6.2). One recovery system, a good one, with the kernel of the
 * installation; one command line in run mode, since no refresh of the model changes it.
 */
final class SealedChains {
  /** What the initramfs measures of {@code device/model}. */
  static final String MODEL = "model of the device";

  /** Folder of the boot-asset cache; a chain is computed from the programs in it, not from those on the disk. */
  static final String CACHE = "/var/lib/snapd/boot-assets/grub/";

  private static final String KERNEL = "kernel.efi";
  private static final String ARGUMENTS = " console=ttyS0,115200n8 console=tty1 panic=-1";
  private static final String RUN = "snapd_recovery_mode=run" + ARGUMENTS;

  private final CoreSetup setup;
  private final Modeenv modeenv;

  SealedChains(CoreSetup setup, Modeenv modeenv) {
    this.setup = setup;
    this.modeenv = modeenv;
  }

  /** What the run key is sealed to: run mode, and the recovery system. */
  List<MeasuredChain> run() {
    List<MeasuredChain> chains = new ArrayList<>();
    List<MeasuredChain.Asset> loaders = loaders(TrustedAsset.values());
    for (String kernel : modeenv.currentKernels()) {
      chains.add(new MeasuredChain(loaders, kernel, image(kernel), List.of(RUN)));
    }
    chains.addAll(recovery());
    return chains;
  }

  /** What the fallback keys are sealed to. */
  List<MeasuredChain> recovery() {
    String kernel = setup.blob(Part.KERNEL, RecoverySystem.ofImage().snaps().get(Part.KERNEL));
    String label = RecoverySystem.label(Revisions.OLD);
    List<String> lines = Stream.of("recover", "factory-reset")
        .map(mode -> "snapd_recovery_mode=" + mode + " snapd_recovery_system=" + label + ARGUMENTS)
        .toList();
    return List.of(new MeasuredChain(
        loaders(TrustedAsset.SHIM, TrustedAsset.SEED_GRUB), kernel, image(kernel), lines));
  }

  static PcrProfile profile(List<MeasuredChain> chains) {
    return PcrProfile.of(chains, MODEL);
  }

  /** Name in the cache. */
  static String cached(TrustedAsset asset, Hash128 hash) {
    return CACHE + asset.path.substring(asset.path.lastIndexOf('/') + 1) + "-" + hash;
  }

  /** Refuses if a program that a chain needs is not in the cache. */
  void inCache(Tree data) {
    for (TrustedAsset asset : TrustedAsset.values()) {
      for (Hash128 hash : modeenv.trusted().of(asset.id)) {
        if (!data.exists(cached(asset, hash))) {
          throw new SnapdError("cannot reseal: " + cached(asset, hash) + " is not in the cache of boot assets");
        }
      }
    }
  }

  private List<MeasuredChain.Asset> loaders(TrustedAsset... assets) {
    List<MeasuredChain.Asset> loaders = new ArrayList<>();
    for (TrustedAsset asset : assets) {
      if (modeenv.trusted().of(asset.id).isEmpty()) {
        throw new SnapdError("cannot compose boot chains: " + asset.id + " is not tracked");
      }
      loaders.add(new MeasuredChain.Asset(asset.id, modeenv.trusted().of(asset.id)));
    }
    return loaders;
  }

  private Hash128 image(String blob) {
    return CoreSetup.kernelImage(blob, KERNEL, setup.bootFiles()).hash();
  }
}
