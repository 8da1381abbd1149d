package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import dev.plugpull.sim.ubuntucore.sealing.PcrProfile;
import dev.plugpull.sim.ubuntucore.sealing.SealedKey;
import dev.plugpull.sim.ubuntucore.sealing.Tpm;
import dev.plugpull.sim.ubuntucore.sealing.TrustedAssets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** ubuntu-data and ubuntu-save are encrypted, and a TPM opens them (specification section 6; UC20 and later, GRUB). */
final class TpmSealing implements Sealing {

  /** Two shims can have been replaced by the end of a story. */
  static final int HIGHEST_FLOOR = Tpm.PROVISIONED.counter() + Revisions.NEXT - Revisions.OLD;

  static Tpm tpm(Machine machine) {
    return Tpm.of(machine.tpm().readRaw(0, Tpm.BYTES));
  }

  /** One write of the TPM's own memory: all or nothing, and kept. */
  static void write(Machine machine, Tpm tpm) {
    machine.tpm().writeRaw(0, tpm.bytes());
    machine.tpm().fsyncRaw();
  }

  /** Counted only where the scenario is about it; elsewhere it is assumed that they stay below the limit. */
  private static boolean counts(Machine machine) {
    return machine.setup.scenario().is(Circumstance.LOCKOUT_COUNTED);
  }

  @Override
  public void starts(Machine machine) {
    if (tpm(machine).used()) {
      write(machine, tpm(machine).startedUp());
    }
  }

  @Override
  public void shutsDown(Machine machine) {
    if (tpm(machine).used()) {
      write(machine, tpm(machine).shutDown());
    }
  }

  @Override
  public String unlock(Machine machine, boolean recoverMode) {
    machine.pcrs(PcrProfile.inInitramfs(machine.pcrs(), SealedChains.MODEL));
    if (tpm(machine).lockedOut()) {
      return asks("the TPM is locked out after " + Tpm.MOST_TRIES
          + " boots in a row that lost power before snapd ran; it forgives one every two hours");
    }
    if (counts(machine)) {
      write(machine, tpm(machine).withKeyUsed());
    }
    List<SealedKey> keys = new ArrayList<>();
    keys.add(SealedKey.read(machine.boot().tree().content(Reseal.RUN_KEY)));
    if (recoverMode) {
      keys.add(SealedKey.read(machine.seed().tree().content(Reseal.FALLBACK_KEY)));
    }
    boolean opens = keys.stream().anyMatch(key -> key != null && tpm(machine).opens(key, machine.pcrs()));
    return opens ? "" : asks("no sealed key of ubuntu-data accepts what this boot measured");
  }

  private static String asks(String why) {
    return "initramfs asks for the recovery key: " + why;
  }

  @Override
  public void clearLockout(Machine machine) {
    boolean cleared = !machine.setup.platform().departs(Departure.LOCKOUT_NOT_CLEARED);
    if (cleared && tpm(machine).failedTries() > 0) {
      write(machine, tpm(machine).cleared());
      machine.point("tpm.lockout", machine.tracing() ? "clears the TPM's lock-out counter" : "");
    }
  }

  @Override
  public Modeenv booted(Machine machine, Modeenv modeenv) {
    TrustedAssets trusted = modeenv.trusted();
    for (TrustedAsset asset : TrustedAsset.values()) {
      LiveVolume home = asset.home == Home.SEED ? machine.seed() : machine.boot();
      Content lies = home.tree().content(asset.path);
      if (lies == null) {
        trusted = trusted.without(asset.id);
      } else if (trusted.of(asset.id).contains(lies.hash())) {
        trusted = trusted.only(asset.id, lies.hash());
      } else {
        throw new SnapdError("cannot mark successful boot assets: booted with unexpected " + asset.id);
      }
    }
    return modeenv.withTrusted(trusted);
  }

  @Override
  public void reseal(Machine machine, String row, Modeenv modeenv) {
    new Reseal(machine, row, remembered(machine, modeenv)).perform(false);
  }

  private static Modeenv remembered(Machine machine, Modeenv modeenv) {
    boolean forgets = machine.setup.platform().departs(Departure.OLD_CHAIN_FORGOTTEN);
    return forgets ? modeenv.kernelsReducedTo(modeenv.currentKernels().getLast()) : modeenv;
  }

  @Override
  public void tighten(Machine machine, Modeenv before, Modeenv after) {
    if (!machine.setup.platform().departs(Departure.NEVER_TIGHTENED)) {
      new Reseal(machine, "M5", after).perform(!dropped(TrustedAsset.SHIM, before, after).isEmpty());
    }
    for (TrustedAsset asset : TrustedAsset.values()) {
      for (Hash128 hash : dropped(asset, before, after)) {
        if (!used(asset, hash, after)) {
          Writes.remove(machine, "M6", machine.data(), SealedChains.cached(asset, hash));
        }
      }
    }
  }

  /** The cache has one file for both roles. */
  private static boolean used(TrustedAsset dropped, Hash128 hash, Modeenv modeenv) {
    for (TrustedAsset asset : TrustedAsset.values()) {
      boolean same = SealedChains.cached(asset, hash).equals(SealedChains.cached(dropped, hash));
      if (same && modeenv.trusted().of(asset.id).contains(hash)) {
        return true;
      }
    }
    return false;
  }

  private static Set<Hash128> dropped(TrustedAsset asset, Modeenv before, Modeenv after) {
    Set<Hash128> dropped = new TreeSet<>(before.trusted().of(asset.id));
    after.trusted().of(asset.id).forEach(dropped::remove);
    return dropped;
  }

  @Override
  public String belowFloor(CoreSetup setup, CoreState settled) {
    Tree data = settled.volumes().get(setup.layout().data()).recovered();
    Modeenv modeenv = Modeenv.read(data.content(Modeenv.PATH));
    if (modeenv == null) {
      return "";
    }
    Tree seed = settled.volumes().get(setup.layout().seed()).recovered();
    Tree boot = settled.volumes().get(setup.layout().boot()).recovered();
    SealedChains chains = new SealedChains(setup, modeenv);
    PcrProfile run = SealedChains.profile(chains.run());
    PcrProfile recovery = SealedChains.profile(chains.recovery());
    if (wider(boot.content(Reseal.RUN_KEY), run) || wider(seed.content(Reseal.FALLBACK_KEY), recovery)
        || wider(seed.content(Reseal.FALLBACK_SAVE_KEY), recovery)) {
      return "wider than the boot chains that are allowed";
    }
    Tpm tpm = tpm(settled.volumes().get(setup.layout().tpm()));
    return tpm.counter() < floor(setup, seed) ? "not revoked with the shim that was replaced" : "";
  }

  @Override
  public List<Variable> describe(CoreSetup setup, CoreState state) {
    Tree data = state.volumes().get(setup.layout().data()).recovered();
    Modeenv modeenv = Modeenv.read(data.content(Modeenv.PATH));
    Tpm tpm = tpm(state.volumes().get(setup.layout().tpm()));
    List<Variable> variables = new ArrayList<>();
    if (modeenv != null) {
      modeenv.trusted().hashes().forEach((name, hashes) ->
          variables.add(new Variable("modeenv", name, hashes.size() == 1 ? "one" : "old or new")));
    }
    Tree boot = state.volumes().get(setup.layout().boot()).recovered();
    SealedKey key = SealedKey.read(boot.content(Reseal.RUN_KEY));
    variables.add(new Variable("ubuntu-boot", "run key", key == null ? "unreadable"
        : "opens for " + key.profile().programs().size() + " boots, version " + key.version()));
    variables.add(new Variable("TPM", "policy counter", Integer.toString(tpm.counter())));
    variables.add(new Variable("TPM", "failed tries", Integer.toString(tpm.failedTries())));
    return variables;
  }

  private static boolean wider(Content file, PcrProfile allowed) {
    SealedKey key = SealedKey.read(file);
    return key != null && !key.profile().within(allowed);
  }

  /** Each shim that was replaced by another must have raised the counter by one. */
  private static int floor(CoreSetup setup, Tree seed) {
    Content lies = seed.content(TrustedAsset.SHIM.path);
    int floor = Tpm.PROVISIONED.counter();
    for (GadgetAssets.AssetStructure structure : setup.assets().gadget()) {
      for (GadgetAssets.Asset asset : structure.assets()) {
        boolean shim = structure.home() == Home.SEED && asset.path().equals(TrustedAsset.SHIM.path) && asset.tells();
        for (int revision = Revisions.NEW; shim && revision <= Revisions.NEXT; revision++) {
          floor += asset.at(revision).equals(lies) ? revision - Revisions.OLD : 0;
        }
      }
    }
    return floor;
  }

  static Tpm tpm(VolumeState volume) {
    return Tpm.of(volume.open().readRaw(0, Tpm.BYTES));
  }

  @Override
  public boolean lockoutClear(CoreSetup setup, CoreState settled) {
    return tpm(settled.volumes().get(setup.layout().tpm())).failedTries() == 0;
  }
}
