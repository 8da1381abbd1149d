package dev.plugpull.sim.bootcount;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.slots.EnvironmentTool;
import dev.plugpull.sim.slots.Seen;
import dev.plugpull.sim.slots.SlotDevice.End;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;
import dev.plugpull.sim.slots.SlotWrites;
import java.util.Map;
import java.util.TreeMap;

/** The update client of the running system, from its start to where it waits or asks for a reboot. */
final class UpdateClient {
  static final String SCRIPTS = "/data/scripts/commit";
  /** Reports that cannot be sent before somebody gives up. */
  private static final int RETRIES = 10;
  private static final int LOOP_LIMIT = 5;

  private final SlotMachine machine;
  private final BootCountBoard board;
  private final LiveVolume data;
  private final EnvironmentTool environment;
  private final String slot;
  private final int revision;
  private ClientRecord record;

  UpdateClient(SlotMachine machine, BootCountBoard board, Seen system) {
    this.machine = machine;
    this.board = board;
    this.data = machine.volume(BootCountDevice.DATA);
    this.environment = new EnvironmentTool(machine.volume(BootCountDevice.ENV), board.environment().layout,
        board.has(BootCountDeparture.BARE_ENVIRONMENT) ? new TreeMap<>() : board.variables());
    this.slot = system.slot();
    this.revision = system.revision();
  }

  End run(boolean unhealthy) {
    machine.actor("update client");
    record = ClientRecord.read(data.tree());
    if (record == null) {
      if (board.has(BootCountDeparture.CORRUPT_STORE_IS_FATAL)) {
        machine.step("cannot open its store, and ends");
        return End.IDLE;
      }
      record = ClientRecord.fresh();
    }
    if (!unconfirmed() && record.artifact() == 0) {
      record = new ClientRecord(record.state(), record.target(), record.from(), record.result(), revision);
    }
    return switch (record.state()) {
      case "rebooting" -> arrived(unhealthy);
      case "committing" -> interruptedCommit();
      case "rollback" -> rolledBack();
      default -> idle(unhealthy);
    };
  }

  private String other() {
    return slot.equals(Scripts.A) ? Scripts.B : Scripts.A;
  }

  private boolean unconfirmed() {
    return environment.get(Scripts.AVAILABLE).equals("1");
  }

  /** False if there is no room for the record; then the old one stands. */
  private boolean save(String point, ClientRecord next) {
    try {
      if (board.has(BootCountDeparture.CORRUPT_STORE_IS_FATAL)) {
        SlotWrites.plain(machine, point, data, ClientRecord.PATH, next.content());
      } else {
        SlotWrites.atomic(machine, point, data, ClientRecord.PATH, next.content());
      }
      record = next;
      return true;
    } catch (NoSpaceException e) {
      machine.step("cannot save its record: no space left");
      return false;
    }
  }

  private End idle(boolean unhealthy) {
    if (unconfirmed() && environment.get(Scripts.PART).equals(slot)) {
      // The record was lost or never written: the variables still say that this system is on trial.
      save("M5.again", new ClientRecord("rebooting", revision, other(), "", record.artifact()));
      return arrived(unhealthy);
    }
    boolean failed = record.result().startsWith("failed " + machine.offered());
    boolean asked = machine.asked().equals("update") && !failed || machine.asked().equals(SlotScenario.AGAIN);
    if (machine.asked().equals(SlotScenario.ROLLBACK) && revision >= machine.offered()) {
      return goBack();
    }
    if (!asked || machine.offered() <= revision) {
      confirmReport();
      return End.IDLE;
    }
    machine.tookUp();
    return install();
  }

  private void confirmReport() {
    boolean recorded = record.state().equals("idle") && record.result().equals("done " + revision);
    boolean failed = record.result().startsWith("failed " + revision);
    if (revision == machine.offered() && !recorded && !failed) {
      recorded = save("M9", record.ended("done " + revision, revision));
    }
    if (revision == machine.offered() && recorded && machine.asked().equals("update")) {
      machine.reportsDone(revision);
    }
  }

  private End goBack() {
    environment.set(machine, "M12", Map.of(Scripts.PART, other(), Scripts.AVAILABLE, "0", Scripts.COUNT, "0"));
    return End.REBOOT;
  }

  /** M1 to M7. */
  private End install() {
    int target = machine.offered();
    if (!save("M1", new ClientRecord("installing", target, slot, "", record.artifact()))) {
      return End.IDLE;
    }
    Installation installation = new Installation(machine, board, environment, slot);
    if (board.has(BootCountDeparture.SWITCH_BEFORE_IMAGES)) {
      switchOver();
    }
    if (!installation.images(target)) {
      return installError(target);
    }
    scripts(target);
    if (!save("M5", new ClientRecord("rebooting", target, slot, "", record.artifact()))) {
      return End.IDLE;
    }
    if (!board.has(BootCountDeparture.SWITCH_BEFORE_IMAGES)) {
      switchOver();
    }
    return End.REBOOT;
  }

  private void switchOver() {
    TreeMap<String, String> changes = new TreeMap<>(Map.of(Scripts.PART, other(), Scripts.AVAILABLE, "1",
        Scripts.COUNT, "0"));
    if (board.has(BootCountDeparture.NAMELESS_ENTRY)) {
      changes.put("", "installed");
    }
    if (!board.has(BootCountDeparture.VARIABLES_ONE_BY_ONE)) {
      environment.set(machine, "M6", changes);
      return;
    }
    changes.forEach((name, value) -> environment.set(machine, "M6." + name, Map.of(name, value)));
  }

  private void scripts(int target) {
    Content scripts = Content.text("commit " + target);
    try {
      if (board.has(BootCountDeparture.SCRIPTS_NOT_SYNCED)) {
        SlotWrites.plain(machine, "M4", data, SCRIPTS, scripts);
      } else {
        SlotWrites.atomic(machine, "M4", data, SCRIPTS, scripts);
      }
    } catch (NoSpaceException e) {
      machine.step("cannot write scripts: no space left");
    }
  }

  private End installError(int target) {
    if (board.has(BootCountDeparture.ROLLBACK_TOGGLES)) {
      String now = environment.get(Scripts.PART);
      environment.set(machine, "M11", Map.of(Scripts.PART, now.equals(Scripts.A) ? Scripts.B : Scripts.A,
          Scripts.AVAILABLE, "0", Scripts.COUNT, "0"));
    } else {
      environment.set(machine, "M11", Map.of(Scripts.PART, slot, Scripts.AVAILABLE, "0", Scripts.COUNT, "0"));
    }
    save("M9", record.ended("failed " + target + " the image is damaged", record.artifact()));
    return board.has(BootCountDeparture.ROLLBACK_TOGGLES) ? End.REBOOT : End.IDLE;
  }

  /** The boot after the switch. */
  private End arrived(boolean unhealthy) {
    if (revision != record.target()) {
      settleOn(slot);
      save("M9", record.ended("failed " + record.target() + " the new system did not stay", revision));
      machine.failsAgain();
      return End.IDLE;
    }
    if (unhealthy) {
      machine.step("the health check fails");
      return rollBack();
    }
    if (tooManyRetries()) {
      return rollBack();
    }
    save("M8.record", record.state("committing"));
    if (unconfirmed()) {
      environment.set(machine, "M8", Map.of(Scripts.AVAILABLE, "0", Scripts.COUNT, "0"));
    }
    if (machine.scenario().is(BootCountDevice.NO_NETWORK)
        && board.has(BootCountDeparture.REPORT_FAILURE_ROLLS_BACK)) {
      machine.step("the report cannot be sent");
      return rollBack();
    }
    confirmReport();
    return End.IDLE;
  }

  private boolean tooManyRetries() {
    int retries = machine.scenario().is(BootCountDevice.NO_NETWORK) ? RETRIES : 0;
    boolean trips = retries > LOOP_LIMIT && board.has(BootCountDeparture.RETRIES_COUNT_AS_LOOP);
    if (trips) {
      machine.step("the loop detector counts " + retries + " state changes and aborts");
    }
    return trips;
  }

  /** The commit's side effect may have happened, its record has not: everything is undone. */
  private End interruptedCommit() {
    if (revision == record.target() && !unconfirmed() && board.has(BootCountDeparture.ROLLBACK_FAILS_AFTER_COMMIT)) {
      save("M9", record.ended("failed " + record.target() + " rollback is not possible after commit",
          record.artifact()));
      return End.IDLE;
    }
    return revision == record.target() ? rollBack() : rolledBack();
  }

  private End rollBack() {
    if (board.has(BootCountDeparture.ROLLBACK_FORGOTTEN)) {
      settleOn(slot);
      save("M9", record.ended("failed " + record.target() + " aborted", record.artifact()));
      return End.IDLE;
    }
    save("M11.record", record.state("rollback"));
    environment.set(machine, "M11", Map.of(Scripts.PART, record.from(), Scripts.AVAILABLE, "0", Scripts.COUNT, "0"));
    return End.REBOOT;
  }

  private End rolledBack() {
    if (revision == record.target()) {
      return rollBack();
    }
    settleOn(slot);
    save("M9", record.ended("failed " + record.target() + " it was rolled back", revision));
    return End.IDLE;
  }

  private void settleOn(String part) {
    boolean settled = !unconfirmed() && environment.get(Scripts.PART).equals(part);
    if (!settled) {
      environment.set(machine, "M10", Map.of(Scripts.PART, part, Scripts.AVAILABLE, "0", Scripts.COUNT, "0"));
    }
  }

  static int scripts(Tree tree) {
    Content content = tree.content(SCRIPTS);
    String text = content == null ? "" : content.text().orElse("");
    return text.length() == 8 && text.startsWith("commit ") ? text.charAt(7) - '0' : 0;
  }
}
