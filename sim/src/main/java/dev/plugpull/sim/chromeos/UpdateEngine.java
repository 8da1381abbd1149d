package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.slots.SlotDevice.End;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;

/** update_engine of the running system, from its start to where it waits or asks for a reboot. */
final class UpdateEngine {
  /** Monitor: slot that was reported as ready to be booted. */
  static final String PROMISED = "promised";
  private static final String READY = "update ready in this boot";

  private final SlotMachine machine;
  private final ChromeBoard board;
  private final Releases releases;
  private final Slot running;
  private final int revision;
  private final Prefs prefs;
  private final Cgpt cgpt;

  UpdateEngine(SlotMachine machine, ChromeBoard board, Releases releases, Slot running, int revision) {
    this.machine = machine;
    this.board = board;
    this.releases = releases;
    this.running = running;
    this.revision = revision;
    this.prefs = new Prefs(machine);
    this.cgpt = new Cgpt(machine);
  }

  End run(boolean diesEarly) {
    machine.actor("update_engine");
    if (machine.asked().equals("cancelled")) {
      cancelled();
      return End.IDLE;
    }
    if (!machine.remembered(READY).isEmpty() && prefs.get(Prefs.COMPLETED).equals("boot")) {
      return needReboot();
    }
    reportFailedBoot();
    if (diesEarly) {
      machine.step("the system dies before its slot is marked good");
      return End.RESETS;
    }
    boolean update = wanted();
    if (!board.has(ChromeDeparture.MARK_GOOD_ANY_TIME) || !update) {
      markGood();
    }
    reportSuccess();
    if (machine.asked().equals(SlotScenario.ROLLBACK) && revision >= machine.offered()) {
      return rollBack();
    }
    return update ? update() : End.IDLE;
  }

  /** U0, C1 to C4: 60 seconds after the start, and again before an update. */
  private void markGood() {
    if (machine.remembered("boot flags").isEmpty()) {
      GoodKernel.mark(machine, board, running);
      machine.remember("boot flags", "updated");
      machine.actor("update_engine");
      if (cgpt.table().readable() && cgpt.table().attributes(running).error()) {
        machine.step("reads the whole root file system: no error");
        cgpt.add("V3", running, now -> now.error(false));
      }
    }
  }

  /** B6. */
  private void reportFailedBoot() {
    int target = prefs.number(Prefs.TARGET);
    if (target > 0 && prefs.get(Prefs.INSTALLED_FROM).equals(running.name()) && target != revision) {
      prefs.set("B6", Prefs.RESULT, "failed " + target + " it did not boot");
      prefs.delete("B6.forget", Prefs.TARGET, Prefs.INSTALLED_FROM);
    }
  }

  private void reportSuccess() {
    if (revision == machine.offered()) {
      if (!prefs.get(Prefs.RESULT).equals("done " + revision)) {
        prefs.set("C4", Prefs.RESULT, "done " + revision);
      }
      prefs.delete("C4.forget", Prefs.TARGET, Prefs.INSTALLED_FROM);
      if (machine.asked().equals("update")) {
        machine.reportsDone(revision);
      }
    }
  }

  private boolean wanted() {
    boolean failed = prefs.get(Prefs.RESULT).startsWith("failed " + machine.offered());
    boolean asked = machine.asked().equals("update") && !failed || machine.asked().equals(SlotScenario.AGAIN);
    return asked && machine.offered() > revision;
  }

  /** An update that was cancelled, also one that is ready: the running slot stays ({@code chrome-os.md} 7.8). */
  private void cancelled() {
    if (cgpt.table().attributes(running.other()).tries() > 0) {
      resetBootSlot("X1");
    }
    prefs.delete("X2", Prefs.COMPLETED, Prefs.TARGET, Prefs.INSTALLED_FROM);
    machine.set(PROMISED, "");
    markGood();
  }

  /** {@code update_engine_client --rollback}. */
  private End rollBack() {
    Slot other = running.other();
    Attributes there = cgpt.table().attributes(other);
    if (!there.candidate()) {
      prefs.set("RB0", Prefs.RESULT, "failed " + revision + " no system to go back to");
      return End.IDLE;
    }
    cgpt.prioritize("RB1", other);
    if (!there.successful()) {
      cgpt.add("RB2", other, now -> now.tries(board.maxTries()));
    }
    return End.REBOOT;
  }

  private void resetBootSlot(String point) {
    cgpt.prioritize(point + ".first", running);
    cgpt.add(point + ".tries", running, now -> now.tries(board.maxTries()));
    cgpt.add(point + ".good", running, now -> now.successful(true).tries(0));
    cgpt.prioritize(point, running);
  }

  private End update() {
    Payload payload = releases.payload(machine.offered());
    machine.step("downloads " + payload.hash());
    int next = start(payload);
    machine.tookUp();
    resetBootSlot("U2");
    prefs.delete("U3", Prefs.COMPLETED, Prefs.TARGET, Prefs.INSTALLED_FROM, Prefs.RESULT);
    if (!cgpt.add("U4", running.other(), now -> now.successful(false).tries(0))) {
      return failed(payload, "the partition table cannot be changed");
    }
    prefs.set("U5", Prefs.MANIFEST, "4096");
    Installer installer = new Installer(machine, board, payload, running, prefs);
    if (!installer.apply(next)) {
      return failed(payload, "every download was corrupt");
    }
    installer.checkpoint("U8", payload.operations().size());
    if (!installer.verified()) {
      machine.step("what was written is not what was signed: starts from the beginning");
      prefs.set("U10.restart", Prefs.NEXT_OPERATION, "-1");
      if (!installer.apply(0) || !installer.verified()) {
        return failed(payload, "the target partitions do not verify");
      }
    }
    String trouble = new Postinstall(machine, board, payload, running).run();
    if (!trouble.isEmpty()) {
      return failed(payload, trouble);
    }
    return completed(payload);
  }

  /** U1: resumes if the records fit together. */
  private int start(Payload payload) {
    if (prefs.resumable(releases) == payload.target()) {
      int next = prefs.number(Prefs.NEXT_OPERATION);
      prefs.set("U1.resume", Prefs.RESUMES, Integer.toString(Math.max(0, prefs.number(Prefs.RESUMES)) + 1));
      return next;
    }
    prefs.set("U1.reset", Prefs.NEXT_OPERATION, "-1");
    prefs.set("U1.reset", Prefs.RESUMES, "0");
    prefs.set("U1", Prefs.RESPONSE, payload.hash());
    return 0;
  }

  private End failed(Payload payload, String why) {
    prefs.set("U9", Prefs.RESULT, "failed " + payload.target() + " " + why);
    return End.IDLE;
  }

  /** U20 to U22. */
  private End completed(Payload payload) {
    machine.actor("update_engine");
    Slot target = running.other();
    cgpt.prioritize("U20", target);
    cgpt.add("U20.tries", target, now -> now.successful() ? now : now.tries(board.maxTries()));
    prefs.set("U21.reset", Prefs.NEXT_OPERATION, "-1");
    prefs.set("U21.version", Prefs.TARGET, Integer.toString(payload.target()));
    prefs.set("U21.from", Prefs.INSTALLED_FROM, running.name());
    prefs.set("U21", Prefs.COMPLETED, "boot");
    machine.remember(READY, "yes");
    return needReboot();
  }

  private End needReboot() {
    machine.step("updated, needs a reboot");
    machine.set(PROMISED, running.other().name());
    machine.point("U22", "update_engine reports that a reboot is needed");
    if (board.has(ChromeDeparture.MARK_GOOD_ANY_TIME)) {
      markGood();
    }
    return End.REBOOT;
  }
}
