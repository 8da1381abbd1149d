package dev.plugpull.sim.bootcount;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.uboot.Uboot;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootRun;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.slots.Application;
import dev.plugpull.sim.slots.BaseWriter;
import dev.plugpull.sim.slots.Behaviour;
import dev.plugpull.sim.slots.EnvironmentTool;
import dev.plugpull.sim.slots.Medium;
import dev.plugpull.sim.slots.PowerOn;
import dev.plugpull.sim.slots.Report;
import dev.plugpull.sim.slots.Seen;
import dev.plugpull.sim.slots.SlotDevice;
import dev.plugpull.sim.slots.SlotFace;
import dev.plugpull.sim.slots.SlotImage;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;
import dev.plugpull.sim.slots.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A device whose U-Boot counts boots, inside a scenario. */
public final class BootCountDevice extends SlotDevice {
  /** A circumstance: the server cannot be reached for the status report. */
  public static final String NO_NETWORK = "no network for the report";

  static final int ENV = 0;
  static final int SLOT_A = 1;
  static final int SLOT_B = 2;
  static final int DATA = 3;
  static final int FIRMWARE = 4;

  private static final String COUNT = "warm.bootcount";
  private static final String USER_DATA = "/data/user/notes";

  private final BootCountBoard board;
  private final Uboot loader;

  BootCountDevice(BootCountBoard board, SlotScenario scenario) {
    super(scenario, installed(board));
    this.board = board;
    this.loader = new Uboot(board.loader());
  }

  private static List<Medium> installed(BootCountBoard board) {
    List<Medium> media = new ArrayList<>();
    byte[] variables = board.blank() ? new byte[0] : board.environment().layout.fresh(board.variables());
    media.add(raw("environment", 1, 8192, board.environment().profile, variables,
        board.environment().profile.eraseBytes() > 0 ? 1 : 0));
    media.add(raw("slot A", 2, 1 << 16, DeviceProfile.EMMC, SlotImage.of(SlotScenario.OLD), 0));
    media.add(raw("slot B", 3, 1 << 16, DeviceProfile.EMMC,
        board.rescue() ? SlotImage.of(SlotScenario.OLD) : new byte[0], 0));
    VolumeState data = Ext4.format("data").size(64L << 20).at(0, 4).withDirectory("/data/client")
        .withDirectory("/data/scripts").with(USER_DATA, Content.text("written by the user"))
        .with(Application.PATH, Application.DATA).state();
    media.add(new Medium("data", data, 0, false));
    if (board.firmware()) {
      media.add(raw("firmware", 5, 4096, DeviceProfile.EMMC, Installation.firmwareOf(SlotScenario.OLD), 0));
    }
    return media;
  }

  private static Medium raw(
      String name, int partition, long size, DeviceProfile profile, byte[] initial, int cache) {
    VolumeState state = RawVolume.of(size, profile, initial).at(0, partition).partitionName(name).state();
    return new Medium(name, state, cache, true);
  }

  @Override
  protected BootVolume face(SlotMachine machine, int volume, BootVolume raw) {
    return volume == SLOT_A || volume == SLOT_B ? slotFace(raw) : raw;
  }

  @Override
  protected PowerOn powerOn(SlotMachine machine) {
    machine.actor("U-Boot");
    machine.loaderPoint("uboot");
    UbootRun run = loader.boot(machine, machine.world().number(COUNT));
    if (board.counter() == UbootBoard.BootCounter.VOLATILE) {
      machine.set(COUNT, Integer.toString(Math.min(run.bootCount(), board.limit() + 2)));
    }
    return switch (run.outcome()) {
      case BootOutcome.StartKernel kernel -> kernel(machine, kernel);
      case BootOutcome.Reset reset -> new PowerOn.Resets("U-Boot resets: " + reset.why());
      case BootOutcome.Prompt prompt -> new PowerOn.Stops("U-Boot prompt: " + prompt.why());
      case BootOutcome.Hang hang -> new PowerOn.Stops("U-Boot hangs: " + hang.why());
      case BootOutcome.Endless endless -> new PowerOn.Stops("U-Boot never ends: " + endless.why());
      case BootOutcome.PowerOff off -> new PowerOn.Stops("U-Boot powers off: " + off.why());
      case BootOutcome.Chainload other -> new PowerOn.Stops("U-Boot starts " + other.path());
    };
  }

  private PowerOn kernel(SlotMachine machine, BootOutcome.StartKernel kernel) {
    String slot = kernel.commandLine().replaceAll(".*root=", "");
    byte[] partition = machine.volume(slot.equals(Scripts.A) ? SLOT_A : SLOT_B).readRaw(0, SlotImage.BYTES);
    SlotImage.Found found = SlotImage.read(partition);
    int revision = SlotFace.revision(kernel.kernel());
    if (!found.runs() || scenario().behaviour(revision) == Behaviour.CORRUPT) {
      return new PowerOn.Resets("kernel " + revision + " cannot use its root file system: panic");
    }
    TreeMap<String, Integer> running = new TreeMap<>();
    running.put("system", revision);
    if (board.firmware()) {
      int firmware = Installation.firmwareRevision(machine.volume(FIRMWARE).readRaw(0, Installation.FIRMWARE_BYTES));
      if (firmware < revision) {
        return new PowerOn.Resets("system " + revision + " does not run on firmware " + firmware + ": panic");
      }
    }
    return new PowerOn.Started(new Seen(slot, running, found.digest(), found.whole(), !found.whole(), false));
  }

  @Override
  protected End userSpace(SlotMachine machine, Seen system, boolean newBoot) {
    if (newBoot) {
      BaseWriter.attempt(machine, machine.volume(system.slot().equals(Scripts.A) ? SLOT_A : SLOT_B),
          SlotImage.INSIDE, !board.has(BootCountDeparture.BASE_WRITABLE));
      if (board.has(BootCountDeparture.APPLICATIONS_REWRITTEN) && system.revision() == SlotScenario.NEW) {
        Application.rewrite(machine, machine.volume(DATA));
      }
      checkScripts(machine, system);
    }
    if (board.rescue()) {
      return new RescueClient(machine, board, system).run();
    }
    if (board.counter() == UbootBoard.BootCounter.VOLATILE) {
      machine.set(COUNT, "0");
    }
    boolean unhealthy = scenario().behaviour(system.revision()) == Behaviour.UNHEALTHY;
    return new UpdateClient(machine, board, system).run(unhealthy);
  }

  @Override
  protected boolean isRescue(Seen system) {
    return board.rescue() && system.slot().equals(Scripts.B);
  }

  /** The scripts of an update are part of it: a new system that is on trial has them. */
  private static void checkScripts(SlotMachine machine, Seen system) {
    ClientRecord record = ClientRecord.read(machine.volume(DATA).tree());
    boolean trial = record != null && record.state().equals("rebooting") && record.target() == system.revision();
    if (trial && !machine.world().has("full") && UpdateClient.scripts(machine.volume(DATA).tree()) != record.target()) {
      machine.violation("ATOM", "the new system runs without the state scripts that came with it");
    }
  }

  @Override
  protected Report report(SlotState settled) {
    ClientRecord record = ClientRecord.read(data(settled));
    if (settled.seen() == null || record == null) {
      boolean dead = record == null && board.has(BootCountDeparture.CORRUPT_STORE_IS_FATAL);
      return new Report("", "unknown", "the client does not start", !dead);
    }
    int revision = settled.seen().revision();
    String artifact = Integer.toString(record.artifact() == 0 ? revision : record.artifact());
    if (asked(settled).equals(SlotScenario.ROLLBACK) && revision < offered(settled)) {
      return new Report(Integer.toString(revision), "done", "reverted", true);
    }
    if (!record.state().equals("idle")) {
      return new Report(artifact, "doing", record.state(), true);
    }
    String result = record.result();
    if (result.startsWith("failed " + offered(settled))) {
      return new Report(artifact, "failed", result.substring(result.indexOf(' ', 7) + 1), true);
    }
    boolean done = revision == offered(settled) && (board.rescue() || result.startsWith("done"));
    return new Report(board.rescue() ? Integer.toString(revision) : artifact, done ? "done" : "none", "", true);
  }

  private static Tree data(SlotState state) {
    return state.volumes().get(DATA).recovered();
  }

  @Override
  protected boolean idealMedium() {
    return board.idealMedium();
  }

  @Override
  protected int dataVolume() {
    return DATA;
  }

  @Override
  protected SortedMap<String, String> userData(SlotState settled) {
    TreeMap<String, String> result = new TreeMap<>();
    result.put("user", data(settled).content(USER_DATA) == null ? "lost" : "kept");
    return result;
  }

  @Override
  protected boolean foreignChange(SlotState settled) {
    return Application.changed(data(settled));
  }

  @Override
  protected Hash128 canonical(int volume, VolumeState state) {
    return volume == ENV
        ? EnvironmentTool.canonical(state, board.environment().layout, Scripts.COUNT, board.limit() + 1)
        : super.canonical(volume, state);
  }

  @Override
  public List<Variable> describe(SlotState state) {
    List<Variable> variables = new ArrayList<>();
    EnvironmentTool tool = new EnvironmentTool(state.volumes().get(ENV).open(), board.environment().layout,
        board.variables());
    for (String name : List.of(Scripts.PART, Scripts.AVAILABLE, Scripts.COUNT, Scripts.PROGRESS)) {
      variables.add(new Variable("environment", name, tool.get(name)));
    }
    ClientRecord record = ClientRecord.read(data(state));
    variables.add(new Variable("client", "state", record == null ? "unreadable" : record.state()));
    variables.add(new Variable("client", "result", record == null ? "" : record.result()));
    return variables;
  }
}
