package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.slots.BaseWriter;
import dev.plugpull.sim.slots.Behaviour;
import dev.plugpull.sim.slots.Medium;
import dev.plugpull.sim.slots.PowerOn;
import dev.plugpull.sim.slots.Report;
import dev.plugpull.sim.slots.Seen;
import dev.plugpull.sim.slots.SlotDevice;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;
import dev.plugpull.sim.slots.SlotState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A Chrome OS device inside a scenario. */
public final class ChromeDevice extends SlotDevice {
  /** A circumstance: the first server delivers damaged data. */
  public static final String CORRUPT_DOWNLOAD = "corrupt download";

  private static final DeviceProfile CMOS = new DeviceProfile("CMOS", 1, false, true, false, 0, 0);
  private static final DeviceProfile TPM = new DeviceProfile("TPM", 512, false, true, true, 0, 0);
  private static final DeviceProfile SPI = new DeviceProfile("SPI flash", 4096, false, true, false, 0, 0);
  private static final DeviceProfile SPI_LOG = new DeviceProfile("log in SPI flash", 8, false, true, false, 0, 0);

  private final ChromeBoard board;
  private final Releases releases;
  private final Reductions reductions;

  ChromeDevice(ChromeBoard board, SlotScenario scenario) {
    this(board, scenario, new Releases(board, scenario));
  }

  private ChromeDevice(ChromeBoard board, SlotScenario scenario, Releases releases) {
    super(scenario, installed(board, releases));
    this.board = board;
    this.releases = releases;
    this.reductions = new Reductions(releases);
  }

  @Override
  protected Hash128[] reductions(SlotState state) {
    return reductions.of(state);
  }

  private static List<Medium> installed(ChromeBoard board, Releases releases) {
    DeviceProfile disk = board.storage().profile;
    List<Medium> media = new ArrayList<>();
    media.add(raw(Part.DISK, Partitions.SECTORS * GptCopies.SECTOR, disk, Partitions.disk(), 0));
    media.add(raw(Part.KERN_A, 1 << 16, disk, releases.kernel(SlotScenario.OLD), 0));
    media.add(raw(Part.ROOT_A, 1 << 16, disk, releases.root(SlotScenario.OLD), 0));
    media.add(raw(Part.KERN_B, 1 << 16, disk, new byte[0], 0));
    media.add(raw(Part.ROOT_B, 1 << 16, disk, new byte[0], 0));
    VolumeState state = Ext4.format("STATE").size(64L << 20).at(0, 1).withDirectory(Prefs.FOLDER)
        .with(Startup.USER_DATA, Content.text("written by the user"))
        .with(Startup.APP_DATA, Content.text("written by an application")).state();
    media.add(new Medium(Part.STATE.word, state, 0, false));
    byte[] flash = Arrays.copyOf(FirmwareImage.build(SlotScenario.OLD), 2 * FirmwareImage.BYTES);
    media.add(raw(Part.FLASH, 2L * FirmwareImage.BYTES, SPI, flash, 1));
    byte[] log = new byte[NvData.LOG_RECORDS * NvData.BYTES];
    Arrays.fill(log, (byte) 0xFF);
    media.add(raw(Part.NVDATA, GptCopies.SECTOR, board.settingsInFlash() ? SPI_LOG : CMOS,
        board.settingsInFlash() ? log : new byte[0], 2));
    media.add(raw(Part.TPM, GptCopies.SECTOR, TPM, TpmSpaces.fresh(1 << 16 | 1, 1), 3));
    return media;
  }

  private static Medium raw(Part part, long size, DeviceProfile profile, byte[] initial, int disk) {
    VolumeState state = RawVolume.of(size, profile, initial).at(disk, part.ordinal()).partitionName(part.word).state();
    return new Medium(part.word, state, disk, true);
  }

  @Override
  protected PowerOn powerOn(SlotMachine machine) {
    Firmware firmware = new Firmware(board, machine);
    Firmware.Booted booted = firmware.run();
    if (booted == null) {
      return firmware.failure;
    }
    byte[] root = machine.volume(booted.slot().root.ordinal()).readRaw(0, RootImage.BLOCKS * RootImage.BLOCK);
    boolean verifies = RootImage.verifies(root, booted.kernel().rootDigest());
    int revision = RootImage.revision(root);
    boolean corrupt = scenario().behaviour(revision) == Behaviour.CORRUPT;
    boolean kernelRuns = runs(booted.kernel().revision());
    if (kernelRuns && (!verifies && !board.has(ChromeDeparture.WRITABLE_ROOT) || corrupt)) {
      return Verity.failed(machine, booted);
    }
    TreeMap<String, Integer> running =
        new TreeMap<>(Map.of("kernel", booted.kernel().revision(), "root", revision));
    boolean below = booted.kernel().version() < new TpmSpaces(machine.volume(Part.TPM.ordinal())).kernelVersion();
    return new PowerOn.Started(new Seen(booted.slot().name(), running, Hash128.of(root).toString(), verifies,
        releases.revisionOfRoot(root) == 0, below && !board.developer()));
  }

  private boolean runs(int revision) {
    Behaviour behaviour = scenario().behaviour(revision);
    return behaviour != Behaviour.PANICS && behaviour != Behaviour.HANGS;
  }

  @Override
  protected End userSpace(SlotMachine machine, Seen system, boolean newBoot) {
    Slot slot = Slot.valueOf(system.slot());
    if (newBoot) {
      Startup.run(machine);
      LiveVolume root = machine.volume(slot.root.ordinal());
      BaseWriter.attempt(machine, root, RootImage.INSIDE, !board.has(ChromeDeparture.WRITABLE_ROOT));
    }
    boolean dies = scenario().behaviour(system.revision()) == Behaviour.UNHEALTHY;
    return new UpdateEngine(machine, board, releases, slot, system.revision()).run(dies);
  }

  @Override
  protected Report report(SlotState settled) {
    if (settled.seen() == null) {
      return new Report("", "unknown", "", true);
    }
    int revision = settled.seen().revision();
    int offered = offered(settled);
    String result = Prefs.get(state(settled), Prefs.RESULT);
    String running = Integer.toString(revision);
    if (revision == offered) {
      return new Report(running, "done", "", true);
    }
    if (asked(settled).equals(SlotScenario.ROLLBACK)) {
      return new Report(running, "done", "reverted", true);
    }
    return result.startsWith("failed " + offered)
        ? new Report(running, "failed", result.substring(result.indexOf(' ', 7) + 1), true)
        : new Report(running, "none", "", true);
  }

  private static Tree state(SlotState state) {
    return state.volumes().get(Part.STATE.ordinal()).recovered();
  }

  @Override
  protected boolean idealMedium() {
    return board.idealMedium();
  }

  @Override
  protected int dataVolume() {
    return Part.STATE.ordinal();
  }

  @Override
  protected SortedMap<String, String> userData(SlotState settled) {
    SortedMap<String, String> data = new TreeMap<>();
    Content documents = state(settled).content(Startup.USER_DATA);
    boolean wiped = board.powerwash() && settled.seen() != null && settled.seen().revision() == offered(settled);
    data.put("user", documents != null || wiped ? "kept" : "lost");
    return data;
  }

  @Override
  protected boolean foreignChange(SlotState settled) {
    LiveVolume disk = settled.volumes().get(Part.DISK.ordinal()).open();
    byte[] oem = disk.readRaw(Partitions.OEM_BYTES, 16 * GptCopies.SECTOR);
    Content app = state(settled).content(Startup.APP_DATA);
    return !Partitions.oemIsWhole(oem, disk.readRaw(0, 440)) || app == null && !board.powerwash();
  }

  @Override
  public List<Variable> describe(SlotState state) {
    List<Variable> variables = new ArrayList<>();
    GptCopies table =
        GptCopies.read(state.volumes().get(Part.DISK.ordinal()).open(), Partitions.SECTORS);
    for (Slot slot : Slot.values()) {
      variables.add(new Variable("GPT", slot.kernel.word,
          table.readable() ? table.attributes(slot).toString() : "unreadable"));
    }
    variables.add(new Variable("GPT", "copies", table.whole() ? "both whole" : "need repair"));
    TpmSpaces tpm = new TpmSpaces(state.volumes().get(Part.TPM.ordinal()).open());
    variables.add(new Variable("TPM", "kernel version", Integer.toHexString(tpm.kernelVersion())));
    NvData settings = NvData.read(state.volumes().get(Part.NVDATA.ordinal()).open(), board.settingsInFlash(), false);
    variables.add(new Variable("nvdata", "settings", settings.toString()));
    for (String key : List.of(Prefs.NEXT_OPERATION, Prefs.TARGET, Prefs.RESULT)) {
      variables.add(new Variable("prefs", key, Prefs.get(state(state), key)));
    }
    return variables;
  }
}
