package dev.plugpull.sim.rauc;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.slots.Agent;
import dev.plugpull.sim.slots.Application;
import dev.plugpull.sim.slots.BaseWriter;
import dev.plugpull.sim.slots.Behaviour;
import dev.plugpull.sim.slots.Deployment;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A device that RAUC updates, inside a scenario. */
public final class RaucDevice extends SlotDevice {
  /** A circumstance: the operator installs the old release again, and after a cut the new one. */
  public static final String OLD_FIRST = "old release first";
  /** A circumstance: somebody changes the bundle after its signature was checked. */
  public static final String CHANGED_BUNDLE = "bundle changed after its check";

  static final int BOOT = 0;
  static final int SLOT_A = 1;
  static final int SLOT_B = 2;
  static final int DATA = 3;
  static final int LOADER = 4;
  /** Fact: the operator's choice of a bundle. */
  static final String CHOSE = "chose";

  private static final String USER_DATA = "/data/user/notes";

  private final RaucBoard board;
  private final BootSelection selection;

  RaucDevice(RaucBoard board, SlotScenario scenario) {
    super(scenario, installed(board, scenario));
    this.board = board;
    this.selection = board.grub() ? new GrubSelection(board) : new UbootSelection(board);
  }

  private static List<Medium> installed(RaucBoard board, SlotScenario scenario) {
    int second = !board.bothSlots() ? 0 : scenario.is(OLD_FIRST) ? SlotScenario.NEW : SlotScenario.OLD;
    List<Medium> media = new ArrayList<>();
    media.add(board.grub() ? boot(board) : raw("environment", 1, UbootSelection.LAYOUT.fresh(
        UbootSelection.variables(board))));
    media.add(raw("slot A", 2, image(SlotScenario.OLD)));
    media.add(raw("slot B", 3, second == 0 ? new byte[0] : image(second)));
    TreeMap<Slot, Integer> status = new TreeMap<>(Map.of(Slot.A, SlotScenario.OLD, Slot.B, second));
    VolumeState data = Ext4.format("data").size(64L << 20).at(0, 4).withDirectory(Deployment.FOLDER)
        .with(StatusFile.FOLDER + "/central.status", StatusFile.text(status))
        .with(USER_DATA, Content.text("written by the user")).with(Application.PATH, Application.DATA)
        .state();
    media.add(new Medium("data", data, 0, false));
    if (board.loaderSlot()) {
      media.add(raw("boot loader", 5, BootRom.fresh(SlotScenario.OLD)));
    }
    return media;
  }

  private static Medium boot(RaucBoard board) {
    Fat fat = Fat.format("boot").size(64L << 20).at(0, 1)
        .with(GrubSelection.CONFIGURATION, Content.text(GrubSelection.configuration(board.counting())));
    return new Medium("boot",
        (board.environmentMissing() ? fat : fat.with(GrubSelection.ENVIRONMENT, GrubSelection.fresh())).state(), 0,
        false);
  }

  private static byte[] image(int release) {
    byte[] image = Arrays.copyOf(SlotImage.of(release), SlotImage.BYTES + 512);
    System.arraycopy(RaucInstaller.hookOf(release), 0, image, SlotImage.BYTES, 512);
    return image;
  }

  private static Medium raw(String name, int partition, byte[] initial) {
    return new Medium(name,
        RawVolume.of(1 << 16, DeviceProfile.EMMC, initial).at(0, partition).partitionName(name).state(), 0, true);
  }

  static BootSelection.Loaded loaded(BootOutcome outcome) {
    return switch (outcome) {
      case BootOutcome.StartKernel kernel -> new BootSelection.Loaded(SlotFace.revision(kernel.kernel()),
          kernel.commandLine().contains("root=" + Slot.A.partition) ? Slot.A : Slot.B, null);
      case BootOutcome.Reset reset -> failed(new PowerOn.Resets("the boot loader resets: " + reset.why()));
      case BootOutcome.Prompt prompt -> failed(new PowerOn.Stops("boot loader prompt: " + prompt.why()));
      case BootOutcome.Hang hang -> failed(new PowerOn.Stops("the boot loader hangs: " + hang.why()));
      case BootOutcome.Endless endless -> failed(new PowerOn.Stops("the boot loader never ends: " + endless.why()));
      case BootOutcome.PowerOff off -> failed(new PowerOn.Stops("the boot loader powers off: " + off.why()));
      case BootOutcome.Chainload other -> failed(new PowerOn.Stops("the boot loader starts " + other.path()));
    };
  }

  private static BootSelection.Loaded failed(PowerOn how) {
    return new BootSelection.Loaded(0, Slot.A, how);
  }

  @Override
  protected BootVolume face(SlotMachine machine, int volume, BootVolume raw) {
    return volume == SLOT_A || volume == SLOT_B ? slotFace(raw) : raw;
  }

  @Override
  protected PowerOn powerOn(SlotMachine machine) {
    if (board.loaderSlot()) {
      String trouble = BootRom.trouble(machine.volume(LOADER));
      if (!trouble.isEmpty()) {
        return new PowerOn.Stops(trouble);
      }
    }
    BootSelection.Loaded loaded = selection.load(machine);
    if (loaded.failed() != null) {
      return loaded.failed();
    }
    LiveVolume partition = machine.volume(loaded.slot().volume);
    SlotImage.Found found = SlotImage.read(partition.readRaw(0, SlotImage.BYTES));
    if (!found.runs() || scenario().behaviour(loaded.revision()) == Behaviour.CORRUPT) {
      return new PowerOn.Resets("kernel " + loaded.revision() + " cannot use its root file system: panic");
    }
    TreeMap<String, Integer> running = new TreeMap<>();
    running.put("system", loaded.revision());
    running.put("hook", RaucInstaller.hookRevision(partition.readRaw(RaucInstaller.HOOK, 512)));
    return new PowerOn.Started(
        new Seen(loaded.slot().name(), running, found.digest(), found.whole(), !found.whole(), false));
  }

  @Override
  protected End userSpace(SlotMachine machine, Seen system, boolean newBoot) {
    Slot slot = Slot.valueOf(system.slot());
    if (newBoot) {
      BaseWriter.attempt(machine, machine.volume(slot.volume), SlotImage.INSIDE,
          !board.has(RaucDeparture.BASE_WRITABLE));
      if (board.has(RaucDeparture.APPLICATIONS_REWRITTEN) && system.revision() == SlotScenario.NEW) {
        Application.rewrite(machine, machine.volume(DATA));
      }
    }
    boolean unhealthy = scenario().behaviour(system.revision()) == Behaviour.UNHEALTHY;
    return new Agent(machine, machine.volume(DATA), system, unhealthy)
        .run(new RaucInstaller(machine, board, selection, slot));
  }

  private static Tree data(SlotState state) {
    return state.volumes().get(DATA).recovered();
  }

  @Override
  protected Report report(SlotState settled) {
    return Deployment.read(data(settled)).report(settled);
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
    return new TreeMap<>(Map.of("user", data(settled).content(USER_DATA) == null ? "lost" : "kept"));
  }

  @Override
  protected boolean foreignChange(SlotState settled) {
    return Application.changed(data(settled));
  }

  @Override
  protected Hash128 canonical(int volume, VolumeState state) {
    return volume == BOOT && !board.grub()
        ? EnvironmentTool.canonical(state, UbootSelection.LAYOUT, "", 0) : super.canonical(volume, state);
  }

  @Override
  public List<Variable> describe(SlotState state) {
    List<Variable> variables = new ArrayList<>();
    if (!board.grub()) {
      EnvironmentTool tool =
          new EnvironmentTool(state.volumes().get(BOOT).open(), UbootSelection.LAYOUT, new TreeMap<>());
      for (String name : List.of("BOOT_ORDER", "BOOT_A_LEFT", "BOOT_B_LEFT")) {
        variables.add(new Variable("environment", name, tool.get(name)));
      }
    } else {
      Content content = state.volumes().get(BOOT).recovered().content(GrubSelection.ENVIRONMENT);
      variables.add(new Variable("grubenv", "variables", content == null ? "missing" : content.text().orElse("")
          .replaceAll("#.*", "").replace("\n", " ").strip()));
    }
    for (Slot slot : Slot.values()) {
      variables.add(new Variable("status", slot.name(), Integer.toString(StatusFile.of(data(state), slot))));
    }
    return variables;
  }
}
