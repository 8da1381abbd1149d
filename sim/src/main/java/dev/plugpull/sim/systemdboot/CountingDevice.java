package dev.plugpull.sim.systemdboot;

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
import dev.plugpull.sim.slots.SlotFace;
import dev.plugpull.sim.slots.SlotImage;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;
import dev.plugpull.sim.slots.SlotState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A device whose systemd-boot counts boots, inside a scenario. */
public final class CountingDevice extends SlotDevice {
  static final int ESP = 0;
  static final int DATA = 3;
  /** RAM: name of the entry that was started, as it is now. */
  static final String BOOTED = "booted entry";

  private static final String USER_DATA = "/data/user/notes";

  private final Set<CountingDeparture> departures;
  private final boolean ideal;

  /** A device with some departures from the real system; {@code ideal} for the medium's reference twin. */
  public CountingDevice(Set<CountingDeparture> departures, boolean ideal, SlotScenario scenario) {
    super(scenario, installed());
    this.departures = java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(departures));
    this.ideal = ideal;
  }

  private static List<Medium> installed() {
    Fat esp = Fat.format("ESP").size(64L << 20).at(0, 1)
        .with(new Entry(SlotScenario.OLD, -1, 0).path(), Entry.text(SlotScenario.OLD, "A"))
        .with(Entry.kernel(SlotScenario.OLD), SlotFace.kernel(SlotScenario.OLD));
    Ext4 data = Ext4.format("data").size(64L << 20).at(0, 4).withDirectory(Deployment.FOLDER)
        .with(USER_DATA, Content.text("written by the user"))
        .with(Application.PATH, Application.DATA);
    return List.of(
        new Medium("ESP", esp.state(), 0, false),
        raw("root A", 2, SlotImage.of(SlotScenario.OLD)),
        raw("root B", 3, new byte[0]),
        new Medium("data", data.state(), 0, false));
  }

  private static Medium raw(String name, int partition, byte[] initial) {
    return new Medium(name,
        RawVolume.of(1 << 16, DeviceProfile.NVME, initial).at(0, partition).partitionName(name).state(), 0, true);
  }

  static int root(String slot) {
    return slot.equals("A") ? 1 : 2;
  }

  @Override
  protected PowerOn powerOn(SlotMachine machine) {
    machine.actor("systemd-boot");
    LiveVolume esp = machine.volume(ESP);
    esp.mount();
    List<Entry> entries = entries(esp.tree());
    if (entries.isEmpty()) {
      return new PowerOn.Stops("systemd-boot finds no boot entry");
    }
    Entry chosen = entries.getFirst();
    String slot = Entry.slot(esp.tree().content(chosen.path()));
    if (chosen.counted() && !departures.contains(CountingDeparture.NO_BUMP)) {
      chosen = bump(machine, esp, chosen);
    }
    machine.remember(BOOTED, chosen.path().substring(Entry.FOLDER.length() + 1));
    Content kernel = esp.tree().content(Entry.kernel(chosen.version()));
    int revision = kernel == null ? 0 : SlotFace.revision(kernel);
    boolean loads = revision > 0 && !kernel.isPart() && !slot.isEmpty()
        && scenario().behaviour(revision) != Behaviour.REFUSED;
    if (!loads) {
      return new PowerOn.Resets("the kernel of " + chosen.path() + " cannot be started");
    }
    SlotImage.Found found = SlotImage.read(machine.volume(root(slot)).readRaw(0, SlotImage.BYTES));
    if (!found.runs() || scenario().behaviour(revision) == Behaviour.CORRUPT) {
      return new PowerOn.Resets("kernel " + revision + " cannot use its root file system: panic");
    }
    TreeMap<String, Integer> running = new TreeMap<>(Map.of("kernel", revision, "root", found.root()));
    return new PowerOn.Started(new Seen(slot, running, found.digest(), found.whole(), !found.whole(), false));
  }

  /** Entries without tries last, then the newest version, more tries left, fewer done. */
  private List<Entry> entries(Tree esp) {
    List<Entry> entries = new ArrayList<>();
    for (String name : esp.names(Entry.FOLDER)) {
      Entry entry = Entry.of(name);
      if (entry != null && esp.content(Entry.FOLDER + "/" + name) != null) {
        entries.add(entry);
      }
    }
    Comparator<Entry> order = Comparator.comparingInt((Entry entry) -> -entry.version())
        .thenComparingInt(entry -> -entry.left()).thenComparingInt(Entry::done);
    Comparator<Entry> usedUpLast = Comparator.comparing((Entry entry) -> entry.left() == 0);
    entries.sort(departures.contains(CountingDeparture.BOOTS_USED_UP_ENTRIES) ? order
        : usedUpLast.thenComparing(order));
    return entries;
  }

  /** One rename through the firmware's FAT driver, then its flush. */
  private static Entry bump(SlotMachine machine, LiveVolume esp, Entry entry) {
    Entry next = entry.tried();
    if (!next.equals(entry)) {
      esp.rename(entry.path(), next.path());
      machine.point("bump.renamed", "systemd-boot renames " + entry.path() + " to " + next.path());
      esp.fsyncDirectory(Entry.FOLDER);
      esp.sync();
      machine.point("bump", "the firmware flushes");
    }
    return next;
  }

  @Override
  protected End userSpace(SlotMachine machine, Seen system, boolean newBoot) {
    if (newBoot) {
      BaseWriter.attempt(machine, machine.volume(root(system.slot())), SlotImage.INSIDE,
          !departures.contains(CountingDeparture.BASE_WRITABLE));
      if (departures.contains(CountingDeparture.APPLICATIONS_REWRITTEN) && system.revision() == SlotScenario.NEW) {
        Application.rewrite(machine, machine.volume(DATA));
      }
    }
    boolean unhealthy = scenario().behaviour(system.revision()) == Behaviour.UNHEALTHY;
    return new Agent(machine, machine.volume(DATA), system, unhealthy)
        .run(new Sysupdate(machine, departures, system.slot()));
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
  protected long slackBlocks() {
    return 2 * (SlotFace.kernel(SlotScenario.OLD).length() / SlotImage.BLOCK) + 64;
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
    List<Variable> variables = new ArrayList<>();
    state.volumes().get(ESP).recovered().names(Entry.FOLDER)
        .forEach(name -> variables.add(new Variable("ESP", "entry", name)));
    return variables;
  }
}
