package dev.plugpull.sim.ubuntucore.sealing;

import dev.plugpull.sim.media.Hash128;

/**
 * The platform configuration registers that keys are sealed to. RAM of the TPM: a reset clears them.
 *
 * @param programs PCR 4: every EFI program that was started, in order
 * @param events PCR 12: the kernel's command line, then snapd's epoch and the model
 */
public record Pcrs(Hash128 programs, Hash128 events) {
  /** After a reset. */
  public static final Pcrs RESET = new Pcrs(Hash128.ZERO, Hash128.ZERO);

  /** A program with this fingerprint is started. */
  public Pcrs started(Hash128 program) {
    return new Pcrs(programs.then(program), events);
  }

  /** Something else is measured, in words. */
  public Pcrs measured(String event) {
    return new Pcrs(programs, events.then(Hash128.of(event)));
  }
}
