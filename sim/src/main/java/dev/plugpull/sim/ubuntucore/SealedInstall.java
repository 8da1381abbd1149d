package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import dev.plugpull.sim.ubuntucore.sealing.PcrProfile;
import dev.plugpull.sim.ubuntucore.sealing.RecordedChains;
import dev.plugpull.sim.ubuntucore.sealing.SealedKey;
import dev.plugpull.sim.ubuntucore.sealing.Tpm;
import dev.plugpull.sim.ubuntucore.sealing.TrustedAssets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an installation with encryption leaves: keys sealed to the chains that are there, and their records. Nothing on
 * a board without.
 */
final class SealedInstall {
  private final CoreBoard board;
  private final SealedChains chains;
  private final Modeenv modeenv;

  SealedInstall(CoreBoard board, CoreSetup names, Modeenv modeenv) {
    this.board = board;
    this.chains = new SealedChains(names, modeenv);
    this.modeenv = modeenv;
  }

  static VolumeState tpm() {
    return RawVolume.of(512, DeviceProfile.DISK_512N, Tpm.PROVISIONED.bytes()).partitionName("TPM").at(1, 0).state();
  }

  /** The loaders that lie on the partitions. */
  static TrustedAssets trusted(CoreBoard board) {
    TrustedAssets trusted = TrustedAssets.NONE;
    if (!board.encrypted()) {
      return trusted;
    }
    for (TrustedAsset asset : TrustedAsset.values()) {
      trusted = trusted.only(asset.id, content(board, asset).hash());
    }
    return trusted;
  }

  private static Content content(CoreBoard board, TrustedAsset asset) {
    Content content = (asset.home == Home.SEED ? board.seed() : board.boot()).files().get(asset.path);
    if (content == null) {
      throw new IllegalArgumentException("cannot seal keys: " + asset.id + " is not on its partition");
    }
    return content;
  }

  SortedMap<String, Content> onBoot() {
    SortedMap<String, Content> files = new TreeMap<>();
    if (board.encrypted()) {
      files.put(Reseal.RUN_KEY, key(SealedChains.profile(chains.run())));
    }
    return files;
  }

  SortedMap<String, Content> onSeed() {
    if (!board.encrypted()) {
      return new TreeMap<>();
    }
    Content key = key(SealedChains.profile(chains.recovery()));
    return new TreeMap<>(Map.of(Reseal.FALLBACK_KEY, key, Reseal.FALLBACK_SAVE_KEY, key));
  }

  private static Content key(PcrProfile profile) {
    return new SealedKey(profile, Tpm.PROVISIONED.counter()).content();
  }

  SortedMap<String, Content> onData() {
    SortedMap<String, Content> files = new TreeMap<>();
    if (!board.encrypted()) {
      return files;
    }
    files.put(Reseal.CHAINS, new RecordedChains(chains.run()).content());
    files.put(Reseal.RECOVERY_CHAINS, new RecordedChains(chains.recovery()).content());
    for (TrustedAsset asset : TrustedAsset.values()) {
      for (Hash128 hash : modeenv.trusted().of(asset.id)) {
        files.put(SealedChains.cached(asset, hash), content(board, asset));
      }
    }
    return files;
  }
}
