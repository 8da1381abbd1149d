package dev.plugpull.sim.ubuntucore.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.grub.Grub;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import dev.plugpull.sim.bootloader.grub.GrubEnvironment;
import dev.plugpull.sim.bootloader.grub.GrubEnvironmentException;
import dev.plugpull.sim.bootloader.uboot.EnvironmentStore;
import dev.plugpull.sim.bootloader.uboot.HushRules;
import dev.plugpull.sim.bootloader.uboot.ScriptImage;
import dev.plugpull.sim.bootloader.uboot.SnapdUbootEnvironment;
import dev.plugpull.sim.bootloader.uboot.Uboot;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The boot scripts of the examples, run alone: good ones follow the protocol of {@code ubuntu-core.md} 4.1 and 4.3,
 * each broken one departs from it.
 */
class ExampleScriptsTest {

  private static final String STATE = "/uboot/ubuntu/boot.sel";

  /** What one start did: the kernel that runs (or how the start ended) and the state afterwards. */
  private record Start(String kernel, String arguments, String status, String good, String trial) {}

  /** A device that can be given a state and started. */
  private interface Device {
    /** Sets status, good and try name, as snapd writes them. */
    void set(String status, String good, String trial);

    Start start();

    /** The names that stand for the kernels k_1 and k_2. */
    default String name(String kernel) {
      return kernel + ".snap";
    }
  }

  @TestFactory
  Stream<DynamicTest> goodAndBroken() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String kind : List.of("good", "broken")) {
      try (Stream<Path> list = Files.list(ExampleGadgetsTest.examples().resolve(kind))) {
        list.sorted().filter(folder -> hasScript(folder) && !brokenAsSuccessorOnly(folder, kind)).forEach(folder -> {
          for (HushRules shell : List.of(HushRules.OLD, HushRules.MODERN)) {
            String title = folder.getFileName() + (shell == HushRules.OLD ? ", old hush" : ", modern hush");
            tests.add(DynamicTest.dynamicTest(title, () -> check(folder, kind, shell)));
          }
        });
      }
    }
    return tests.stream();
  }

  /** Its script is good: what is broken is the step from the older edition. */
  private static boolean brokenAsSuccessorOnly(Path folder, String kind) {
    return kind.equals("broken")
        && Files.isDirectory(ExampleGadgetsTest.examples().resolve("older").resolve(folder.getFileName()));
  }

  private static boolean hasScript(Path folder) {
    // Those of uboot.env follow the older protocol; they are held to their promise as whole devices.
    boolean older = folder.getFileName().toString().startsWith("uboot-env-");
    return Files.exists(folder.resolve("boot.scr.in")) && !older || Files.exists(folder.resolve("grub.cfg"));
  }

  private static void check(Path folder, String kind, HushRules shell) throws IOException {
    List<String> departures = departures(device(folder, shell));
    if (kind.equals("good")) {
      assertThat(departures).isEmpty();
    } else {
      assertThat(departures).isNotEmpty();
    }
  }

  private static Device device(Path folder, HushRules shell) throws IOException {
    String name = folder.getFileName().toString();
    if (name.startsWith("grub-18")) {
      return new GrubDevice(Files.readString(folder.resolve("grub.cfg")));
    }
    String script = Files.readString(folder.resolve("boot.scr.in"));
    return name.startsWith("uboot-raw") ? new RawDevice(script, shell) : new FileDevice(script, shell);
  }

  /** Everything in which a script departs from the protocol, in words. */
  private static List<String> departures(Device device) {
    List<String> found = new ArrayList<>();
    device.set("", device.name("k_1"), "");
    expect(found, "no update", device.start(), "k_1", new String[] {"", "k_1", ""}, device);
    device.set("try", device.name("k_1"), device.name("k_2"));
    expect(found, "first attempt", device.start(), "k_2", new String[] {"trying", "k_1", "k_2"}, device);
    expect(found, "after a failed attempt", device.start(), "k_1", new String[] {"", "k_1", "k_2"}, device);
    expect(found, "later", device.start(), "k_1", new String[] {"", "k_1", "k_2"}, device);
    device.set("try", device.name("k_1"), device.name("absent"));
    Start absent = device.start();
    if (!absent.kernel().equals("reset")) {
      found.add("a kernel that cannot be loaded ends in " + absent.kernel());
    }
    expect(found, "after a kernel that cannot be loaded", device.start(), "k_1",
        new String[] {"", "k_1", "absent"}, device);
    return found;
  }

  private static void expect(
      List<String> found, String when, Start start, String kernel, String[] state, Device device) {
    if (!start.kernel().equals(kernel)) {
      found.add(when + ": starts " + start.kernel() + " and not " + kernel);
    } else if (!start.arguments().contains("panic=-1")) {
      found.add(when + ": panic=-1 is missing");
    }
    List<String> wanted = new ArrayList<>(List.of(state[0], device.name(state[1])));
    wanted.add(state[2].isEmpty() ? "" : device.name(state[2]));
    List<String> left = List.of(start.status(), start.good(), start.trial());
    if (!left.equals(wanted)) {
      found.add(when + ": leaves " + left + " and not " + wanted);
    }
  }

  private static String[] outcome(BootOutcome outcome) {
    return switch (outcome) {
      case BootOutcome.StartKernel kernel -> new String[] {kernel.kernel().name(), kernel.commandLine()};
      case BootOutcome.Reset _ -> new String[] {"reset", ""};
      default -> new String[] {outcome.toString(), ""};
    };
  }

  private static Map<String, String> variables(String status, String good, String trial) {
    return new TreeMap<>(Map.of("kernel_status", status, "snap_kernel", good, "snap_try_kernel", trial));
  }

  /** State in boot.sel on ubuntu-boot. */
  private static final class FileDevice implements Device {
    private final ScriptStand stand = new ScriptStand();
    private final ScriptStand.Disk seed = stand.volume(1, "ubuntu-seed", "vfat");
    private final ScriptStand.Disk boot = stand.volume(2, "ubuntu-boot", "ext4");
    private final Uboot uboot;

    FileDevice(String script, HushRules shell) {
      uboot = new Uboot(UbootBoard.standard().withShell(shell).with("boot_targets", "mmc0")
          .withStore(new EnvironmentStore.Nowhere(), UbootEnvironment.Header.FLAG, 0x1000));
      seed.files.put("/boot.scr", Content.of(ScriptImage.legacy(script)));
      boot.files.put("/uboot/ubuntu/k_1.snap/kernel.img", Content.opaque("k_1", 1000));
      boot.files.put("/uboot/ubuntu/k_2.snap/kernel.img", Content.opaque("k_2", 1000));
    }

    private static Content sel(Map<String, String> variables) {
      return Content.of(SnapdUbootEnvironment.create(4096).with(variables).image());
    }

    @Override
    public void set(String status, String good, String trial) {
      seed.files.put(STATE, sel(Map.of("snapd_recovery_mode", "run", "snapd_recovery_system", "20260101")));
      boot.files.put(STATE, sel(variables(status, good, trial)));
    }

    @Override
    public Start start() {
      String[] ended = outcome(uboot.powerOn(stand).outcome());
      try {
        SnapdUbootEnvironment left =
            SnapdUbootEnvironment.readFile(boot.files.get(STATE).bytes().orElseThrow());
        return new Start(ended[0], ended[1], left.value("kernel_status"), left.value("snap_kernel"),
            left.value("snap_try_kernel"));
      } catch (SnapdUbootEnvironment.UnreadableException e) {
        return new Start(ended[0], ended[1], e.getMessage(), "", "");
      }
    }
  }

  /** State in the redundant environment of U-Boot itself. */
  private static final class RawDevice implements Device {
    private static final int COPY = SnapdUbootEnvironment.RAW_COPY_SIZE;
    private final ScriptStand stand = new ScriptStand();
    private final ScriptStand.Disk state = stand.volume(1, "ubuntu-boot-state", "none");
    private final Uboot uboot;
    private final UbootBoard board;

    RawDevice(String script, HushRules shell) {
      board = UbootBoard.standard().withShell(shell).with("boot_targets", "mmc0").withStore(
          new EnvironmentStore.Raw(0, 0, "ubuntu-boot-state", 0, COPY), UbootEnvironment.Header.FLAG, COPY);
      uboot = new Uboot(board);
      stand.volume(2, "ubuntu-seed", "vfat").files.put("/boot.scr", Content.of(ScriptImage.legacy(script)));
      ScriptStand.Disk boot = stand.volume(3, "ubuntu-boot", "ext4");
      boot.files.put("/uboot/ubuntu/k_1.snap/kernel.img", Content.opaque("k_1", 1000));
      boot.files.put("/uboot/ubuntu/k_2.snap/kernel.img", Content.opaque("k_2", 1000));
    }

    @Override
    public void set(String status, String good, String trial) {
      Map<String, String> all = new TreeMap<>(board.environment());
      all.putAll(variables(status, good, trial));
      all.put("snapd_recovery_mode", "run");
      byte[] image = SnapdUbootEnvironment.create(COPY).with(all).image();
      state.writeRaw(0, image);
      state.writeRaw(COPY, image);
    }

    @Override
    public Start start() {
      String[] ended = outcome(uboot.powerOn(stand).outcome());
      try {
        SnapdUbootEnvironment left = SnapdUbootEnvironment.readRaw(state.raw, COPY);
        return new Start(ended[0], ended[1], left.value("kernel_status"), left.value("snap_kernel"),
            left.value("snap_try_kernel"));
      } catch (SnapdUbootEnvironment.UnreadableException e) {
        return new Start(ended[0], ended[1], e.getMessage(), "", "");
      }
    }
  }

  /** State in grubenv on the EFI partition, kernels inside their snaps. */
  private static final class GrubDevice implements Device {
    private static final String GRUBENV = "/EFI/ubuntu/grubenv";
    private final ScriptStand stand = new ScriptStand();
    private final ScriptStand.Disk efi = stand.volume(1, "system-boot", "vfat");
    private final Grub grub = new Grub(GrubConfig.stock("(hd0,gpt1)/EFI/ubuntu"));

    GrubDevice(String script) {
      efi.files.put("/EFI/ubuntu/grub.cfg", Content.text(script));
      ScriptStand.Disk writable = stand.volume(2, "writable", "ext4");
      for (String snap : List.of("k_1.snap", "k_2.snap")) {
        writable.files.put("/system-data/var/lib/snapd/snaps/" + snap, Content.opaque(snap, 1 << 20));
      }
    }

    @Override
    public void set(String status, String good, String trial) {
      Map<String, String> variables = new TreeMap<>(Map.of("snap_core", "core18_1.snap", "snap_try_core", ""));
      variables.putAll(Map.of("snap_mode", status, "snap_kernel", good, "snap_try_kernel", trial));
      try {
        efi.files.put(GRUBENV, GrubEnvironment.snapdFile(variables));
      } catch (GrubEnvironmentException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Start start() {
      String[] ended = outcome(grub.boot(stand).outcome());
      boolean core = ended[0].equals("reset") || ended[1].contains(" snap_core=core18_1.snap ");
      Map<String, String> left = GrubEnvironment.grub(efi.files.get(GRUBENV)).orElseThrow().variables();
      return new Start(core ? ended[0] : ended[0] + " without its base", ended[1], left.getOrDefault("snap_mode", ""),
          left.getOrDefault("snap_kernel", ""), left.getOrDefault("snap_try_kernel", ""));
    }
  }
}
