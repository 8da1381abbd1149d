package dev.plugpull.sim.tryboot;

import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.slots.Agent;
import dev.plugpull.sim.slots.Application;
import dev.plugpull.sim.slots.BaseWriter;
import dev.plugpull.sim.slots.Behaviour;
import dev.plugpull.sim.slots.Deployment;
import dev.plugpull.sim.slots.Medium;
import dev.plugpull.sim.slots.PowerOn;
import dev.plugpull.sim.slots.Report;
import dev.plugpull.sim.slots.Seen;
import dev.plugpull.sim.slots.SlotDevice;
import dev.plugpull.sim.slots.SlotImage;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;
import dev.plugpull.sim.slots.SlotState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Raspberry Pi that tries a new system with its tryboot flag, inside a scenario. */
public final class TrybootDevice extends SlotDevice {
  static final int BOOT = 0;
  static final int DATA = 3;
  /** Register: the next boot is a trial. A reset keeps it, power off does not; the firmware clears it. */
  static final String FLAG = "warm.tryboot";
  /** RAM: this boot is a trial (the device tree says so). */
  static final String TRYING = "trying";

  private static final String USER_DATA = "/data/user/notes";

  private final SortedSet<TrybootDeparture> departures;
  private final boolean ideal;

  /** A device with some departures from the protocol; {@code ideal} for the medium's reference twin. */
  public TrybootDevice(Set<TrybootDeparture> departures, boolean ideal, SlotScenario scenario) {
    super(scenario, installed());
    this.departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
    this.ideal = ideal;
  }

  private static List<Medium> installed() {
    Fat boot = Fat.format("boot").size(64L << 20).at(0, 1)
        .with(Autoboot.PATH, Autoboot.read(null).content())
        .with(Autoboot.line('2'), Content.text("release=" + SlotScenario.OLD))
        .with(Autoboot.line('3'), Content.text("release=0"));
    Ext4 data = Ext4.format("data").size(64L << 20).at(0, 4).withDirectory(Deployment.FOLDER)
        .with(USER_DATA, Content.text("written by the user"))
        .with(Application.PATH, Application.DATA);
    return List.of(
        new Medium("boot", boot.state(), 0, false),
        raw("slot A", 2, SlotImage.of(SlotScenario.OLD)),
        raw("slot B", 3, new byte[0]),
        new Medium("data", data.state(), 0, false));
  }

  private static Medium raw(String name, int partition, byte[] initial) {
    return new Medium(name,
        RawVolume.of(1 << 16, DeviceProfile.EMMC, initial).at(0, partition).partitionName(name).state(), 0, true);
  }

  static int slot(char partition) {
    return partition - '1';
  }

  @Override
  protected PowerOn powerOn(SlotMachine machine) {
    machine.actor("firmware");
    LiveVolume boot = machine.volume(BOOT);
    boolean trial = !machine.get(FLAG).isEmpty() && !departures.contains(TrybootDeparture.FLAG_LOST);
    machine.set(FLAG, "");
    Autoboot autoboot = Autoboot.read(boot.tree().content(Autoboot.PATH));
    char partition = trial ? autoboot.tried() : autoboot.partition();
    String line = trial ? autoboot.triedLine() : autoboot.line();
    machine.remember(TRYING, trial ? "yes" : "");
    SlotImage.Found found = SlotImage.read(machine.volume(slot(partition)).readRaw(0, SlotImage.BYTES));
    if (!found.loads()) {
      return new PowerOn.Stops("the firmware finds no kernel on partition " + partition);
    }
    Content commandLine = boot.tree().content(line);
    if (commandLine == null || commandLine.length() == 0) {
      return new PowerOn.Stops("the firmware finds no command line " + line);
    }
    Behaviour behaviour = scenario().behaviour(found.kernel());
    if (!found.runs() || behaviour == Behaviour.CORRUPT || behaviour == Behaviour.REFUSED) {
      return new PowerOn.Resets("kernel " + found.kernel() + " does not come up: the watchdog resets");
    }
    TreeMap<String, Integer> running = new TreeMap<>(Map.of("system", found.kernel()));
    return new PowerOn.Started(
        new Seen(String.valueOf(partition), running, found.digest(), found.whole(), !found.whole(), false));
  }

  @Override
  protected End userSpace(SlotMachine machine, Seen system, boolean newBoot) {
    if (newBoot) {
      BaseWriter.attempt(machine, machine.volume(slot(system.slot().charAt(0))), SlotImage.INSIDE,
          !departures.contains(TrybootDeparture.BASE_WRITABLE));
      if (departures.contains(TrybootDeparture.APPLICATIONS_REWRITTEN) && system.revision() == SlotScenario.NEW) {
        Application.rewrite(machine, machine.volume(DATA));
      }
    }
    boolean unhealthy = scenario().behaviour(system.revision()) == Behaviour.UNHEALTHY;
    return new Agent(machine, machine.volume(DATA), system, unhealthy)
        .run(new TrybootInstaller(machine, departures, system.slot().charAt(0)));
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
    return ideal;
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
  public List<Variable> describe(SlotState state) {
    Autoboot autoboot = Autoboot.read(state.volumes().get(BOOT).recovered().content(Autoboot.PATH));
    return List.of(
        new Variable("autoboot.txt", "boot_partition", String.valueOf(autoboot.partition())),
        new Variable("register", "tryboot", state.world().get(FLAG)));
  }
}
