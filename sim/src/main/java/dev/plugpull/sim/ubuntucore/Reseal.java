package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.sealing.MeasuredChain;
import dev.plugpull.sim.ubuntucore.sealing.PcrProfile;
import dev.plugpull.sim.ubuntucore.sealing.RecordedChains;
import dev.plugpull.sim.ubuntucore.sealing.SealedKey;
import java.util.List;

/**
 * One reseal (specification section 6.3; rows K14 to K16, G4, M5). Both files of recorded chains are written before the
 * first key object. Then the run key, the fallback keys of data and save, and last the TPM's counter, if older keys are
 * to be revoked and all three were written. What snapd notes in its own state follows with its next checkpoint.
 */
final class Reseal {
  static final String CHAINS = "/var/lib/snapd/device/fde/boot-chains";
  static final String RECOVERY_CHAINS = "/var/lib/snapd/device/fde/recovery-boot-chains";

  /** On ubuntu-boot. */
  static final String RUN_KEY = "/device/fde/ubuntu-data.sealed-key";

  /** On ubuntu-seed. */
  static final String FALLBACK_KEY = "/device/fde/ubuntu-data.recovery.sealed-key";

  /** On ubuntu-seed. */
  static final String FALLBACK_SAVE_KEY = "/device/fde/ubuntu-save.recovery.sealed-key";

  static final List<String> KEYS = List.of(RUN_KEY, FALLBACK_KEY, FALLBACK_SAVE_KEY);

  private final Machine machine;
  private final String row;
  private final List<MeasuredChain> run;
  private final List<MeasuredChain> recovery;
  private final boolean runDiffers;
  private final boolean recoveryDiffers;

  Reseal(Machine machine, String row, Modeenv modeenv) {
    this.machine = machine;
    this.row = row;
    SealedChains chains = new SealedChains(machine.setup, modeenv);
    this.run = chains.run();
    this.recovery = chains.recovery();
    this.runDiffers = !new RecordedChains(run).equal(machine.data().tree().content(CHAINS));
    this.recoveryDiffers = !new RecordedChains(recovery).equal(machine.data().tree().content(RECOVERY_CHAINS));
    if (runDiffers || recoveryDiffers) {
      chains.inCache(machine.data().tree());
    }
  }

  /**
   * Performs it.
   *
   * @param revoking true if keys from before must open no more
   * @throws SnapdError if a key object cannot be read
   */
  void perform(boolean revoking) {
    boolean recordedLast = machine.setup.platform().chainsRecordedLast();
    if (!recordedLast) {
      record();
    }
    // The reference platform revokes with every reseal: whether it is due is forgotten by a cut.
    boolean newVersion = revoking || recordedLast;
    int version = TpmSealing.tpm(machine).counter() + 1;
    PcrProfile recovering = SealedChains.profile(recovery);
    if (runDiffers) {
      seal("sealed-key", machine.boot(), RUN_KEY, SealedChains.profile(run), newVersion ? version : 0);
    }
    boolean next = newVersion && runDiffers;
    if (recoveryDiffers) {
      seal("fallback-key", machine.seed(), FALLBACK_KEY, recovering, next ? version : 0);
      seal("fallback-save-key", machine.seed(), FALLBACK_SAVE_KEY, recovering, next ? version : 0);
    }
    if (next && recoveryDiffers) {
      TpmSealing.write(machine, TpmSealing.tpm(machine).revoking(version));
      machine.point(row + ".counter", says("revokes older keys"));
    }
    if (recordedLast) {
      record();
    }
  }

  private void record() {
    if (runDiffers) {
      Writes.atomic(machine, row + ".boot-chains", machine.data(), CHAINS, new RecordedChains(run).content());
    }
    if (recoveryDiffers) {
      Writes.atomic(machine, row + ".recovery-boot-chains", machine.data(), RECOVERY_CHAINS,
          new RecordedChains(recovery).content());
    }
  }

  /** The key with another profile; its version stays where none is given. */
  private void seal(String name, LiveVolume volume, String path, PcrProfile profile, int version) {
    SealedKey old = SealedKey.read(volume.tree().content(path));
    if (old == null) {
      throw new SnapdError("cannot reseal: cannot read key object " + path);
    }
    Content key = new SealedKey(profile, version == 0 ? old.version() : version).content();
    Writes.atomic(machine, row + "." + name, volume, path, key);
  }

  private String says(String what) {
    return machine.tracing() ? what : "";
  }
}
