package dev.plugpull.sim.bootcount;

import dev.plugpull.sim.slots.EnvironmentTool;
import dev.plugpull.sim.slots.Seen;
import dev.plugpull.sim.slots.SlotDevice.End;
import dev.plugpull.sim.slots.SlotMachine;
import java.util.Map;

/** Software of a device with one system and a rescue system: the rescue system writes the other one. */
final class RescueClient {
  private final SlotMachine machine;
  private final BootCountBoard board;
  private final EnvironmentTool environment;
  private final Seen system;

  RescueClient(SlotMachine machine, BootCountBoard board, Seen system) {
    this.machine = machine;
    this.board = board;
    this.system = system;
    this.environment = new EnvironmentTool(machine.volume(BootCountDevice.ENV), board.environment().layout,
        board.variables());
  }

  End run() {
    machine.actor("update client");
    return system.slot().equals(Scripts.A) ? main() : rescue();
  }

  /** Asks for the rescue system, once. */
  private End main() {
    if (machine.offered() <= system.revision() || !machine.asked().equals("update")) {
      if (machine.offered() == system.revision()) {
        machine.reportsDone(system.revision());
      }
      return End.IDLE;
    }
    environment.set(machine, "M1", Map.of(Scripts.RESCUE, "1"));
    return End.REBOOT;
  }

  private End rescue() {
    if (!new Installation(machine, board, environment, system.slot()).images(machine.offered())) {
      machine.step("what was written is not what was signed: tries again");
      return End.RESETS;
    }
    environment.set(machine, "M8", Map.of(Scripts.PROGRESS, ""));
    return End.REBOOT;
  }
}
