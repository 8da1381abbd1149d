package dev.plugpull.sim.ubuntucore.sealing;

import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The boot loaders that modeenv lists ({@code current_trusted_boot_assets} and {@code
 * current_trusted_recovery_boot_assets}): role and name to one fingerprint, or to the old and the new one while a
 * gadget's assets are replaced.
 */
public record TrustedAssets(SortedMap<String, List<Hash128>> hashes) {
  /** Nothing is tracked: the device is not encrypted. */
  public static final TrustedAssets NONE = new TrustedAssets(new TreeMap<>());

  public TrustedAssets {
    hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  public boolean tracked() {
    return !hashes.isEmpty();
  }

  /** The fingerprints of this asset, none if it is not tracked. */
  public List<Hash128> of(String name) {
    return hashes.getOrDefault(name, List.of());
  }

  /**
   * An asset is about to be replaced.
   *
   * @param before what lies there, null if nothing does
   * @throws IllegalStateException if it is being replaced by two others already
   */
  public TrustedAssets replacing(String name, Hash128 before, Hash128 after) {
    List<Hash128> list = new ArrayList<>(of(name));
    if (before != null && !list.contains(before)) {
      list.addFirst(before);
    }
    if (!list.contains(after)) {
      if (list.size() > 1) {
        throw new IllegalStateException("cannot reuse asset name " + name);
      }
      list.add(after);
    }
    return with(name, list);
  }

  /** This asset is the one that booted, or was put back. */
  public TrustedAssets only(String name, Hash128 hash) {
    return with(name, List.of(hash));
  }

  /** This asset is not there any more. */
  public TrustedAssets without(String name) {
    TreeMap<String, List<Hash128>> changed = new TreeMap<>(hashes);
    changed.remove(name);
    return new TrustedAssets(changed);
  }

  private TrustedAssets with(String name, List<Hash128> list) {
    TreeMap<String, List<Hash128>> changed = new TreeMap<>(hashes);
    changed.put(name, List.copyOf(list));
    return new TrustedAssets(changed);
  }
}
