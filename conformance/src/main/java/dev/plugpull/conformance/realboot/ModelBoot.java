package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.ubuntucore.PowerOn;
import java.util.List;

/**
 * One boot as the interpreter does it.
 *
 * @param before the volumes at power-on
 * @param outcome how it ended
 * @param said lines that were printed, and notes of the interpreter
 * @param unreadable paths that the loader asked for and could not read
 * @param after the volumes at the end, with everything that the loader handed to the device
 */
record ModelBoot(
    List<VolumeView> before, BootOutcome outcome, List<String> said, List<String> unreadable, List<VolumeView> after) {

  static ModelBoot of(BootMachine machine, PowerOn loader) {
    List<VolumeView> before = VolumeView.all(machine);
    Watch watch = new Watch(machine);
    BootOutcome outcome = loader.run(watch);
    return new ModelBoot(before, outcome, List.copyOf(watch.said()), List.copyOf(watch.unreadable()),
        VolumeView.all(machine));
  }

  /** How it ended, as far as the outside can tell. */
  RealBoot.End end() {
    return switch (outcome) {
      case BootOutcome.StartKernel kernel -> RealBoot.End.STARTED;
      case BootOutcome.Chainload program -> RealBoot.End.STARTED;
      case BootOutcome.Reset reset -> RealBoot.End.RESET;
      case BootOutcome.PowerOff off -> RealBoot.End.POWER_OFF;
      case BootOutcome.Prompt prompt -> RealBoot.End.STANDS;
      case BootOutcome.Hang hang -> RealBoot.End.STANDS;
      case BootOutcome.Endless endless -> RealBoot.End.STANDS;
    };
  }
}
