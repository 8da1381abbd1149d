package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.GadgetAssets.AssetStructure;
import dev.plugpull.sim.ubuntucore.sealing.TrustedAssets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Watches the boot loaders that an update of gadget assets is about to replace (rows G3, G4, G7): each is put into the
 * cache and listed in modeenv beside the one that lies there, and the keys are resealed to both before the first is
 * written. Sees nothing on a device whose modeenv tracks no boot loaders.
 */
final class BootAssetTracker {
  private final Machine machine;
  private final Map<TrustedAsset, Hash128> changed = new EnumMap<>(TrustedAsset.class);

  BootAssetTracker(Machine machine) {
    this.machine = machine;
  }

  /**
   * G3.
   *
   * @param before what lies there, null if nothing does
   */
  void replaces(AssetStructure structure, String path, Content before, Content after) {
    TrustedAsset asset = TrustedAsset.at(structure.home(), path).orElse(null);
    if (asset == null || !tracks()) {
      return;
    }
    if (before != null) {
      cache(asset, before);
    }
    cache(asset, after);
    changed.put(asset, after.hash());
    Modeenv modeenv = BootState20.modeenv(machine);
    TrustedAssets lists = replacing(modeenv.trusted(), asset, before, after);
    if (!lists.equals(modeenv.trusted())) {
      Writes.atomic(machine, "G3", machine.data(), Modeenv.PATH, modeenv.withTrusted(lists).content());
    }
  }

  private static TrustedAssets replacing(TrustedAssets lists, TrustedAsset asset, Content before, Content after) {
    try {
      return lists.replacing(asset.id, before == null ? null : before.hash(), after.hash());
    } catch (IllegalStateException e) {
      throw new SnapdError(e.getMessage());
    }
  }

  private boolean tracks() {
    return machine.setup.series().hasModeenv() && BootState20.modeenv(machine).trusted().tracked();
  }

  private void cache(TrustedAsset asset, Content content) {
    String path = SealedChains.cached(asset, content.hash());
    if (!machine.data().tree().exists(path)) {
      Writes.atomic(machine, "G3.cache", machine.data(), path, content);
    }
  }

  /** G4: nothing was written to the boot partitions yet. */
  void beforeWrite() {
    if (!changed.isEmpty() && !machine.setup.platform().departs(Departure.RESEALED_AFTER_ASSETS)) {
      reseal("G4");
    }
  }

  /** Where an update software reseals only now. */
  void afterWrite() {
    if (!changed.isEmpty() && machine.setup.platform().departs(Departure.RESEALED_AFTER_ASSETS)) {
      reseal("G4");
    }
  }

  private void reseal(String row) {
    machine.setup.sealing().reseal(machine, row, BootState20.modeenv(machine));
  }

  /** G7: nothing was written, or everything was put back. */
  void cancelled() {
    if (changed.isEmpty()) {
      return;
    }
    try {
      Modeenv modeenv = BootState20.modeenv(machine);
      Writes.atomic(machine, "G7", machine.data(), Modeenv.PATH, modeenv.withTrusted(without(modeenv)).content());
      reseal("G7");
    } catch (NoSpaceException e) {
      machine.step("cannot take back the update of boot assets: no space left on device", "");
    }
  }

  private TrustedAssets without(Modeenv modeenv) {
    TrustedAssets lists = modeenv.trusted();
    for (Map.Entry<TrustedAsset, Hash128> change : changed.entrySet()) {
      String id = change.getKey().id;
      List<Hash128> hashes = lists.of(id);
      if (hashes.size() > 1) {
        lists = lists.only(id, hashes.getFirst());
      } else if (hashes.contains(change.getValue())) {
        lists = lists.without(id);
      }
    }
    return lists;
  }
}
