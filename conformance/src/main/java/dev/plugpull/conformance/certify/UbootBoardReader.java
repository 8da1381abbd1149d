package dev.plugpull.conformance.certify;

import dev.plugpull.sim.bootloader.uboot.EnvironmentStore;
import dev.plugpull.sim.bootloader.uboot.HushRules;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.ubuntucore.CoreBoard.LoaderKind;
import dev.plugpull.sim.ubuntucore.CoreBoard.Partition;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.ReferenceScript;
import dev.plugpull.sim.ubuntucore.UbootPowerOn;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.Role;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The part of {@link BoardReader} for gadgets whose boot loader is U-Boot. */
final class UbootBoardReader {
  private static final List<String> SCRIPT_NAMES = List.of("boot.scr", "boot.scr.uimg");

  private final BoardReader reader;

  UbootBoardReader(BoardReader reader) {
    this.reader = reader;
  }

  GadgetBoard read() throws GadgetBoard.NotModelled {
    boolean modes = reader.series().hasModeenv();
    Partition boot = reader.partition(Role.BOOT);
    Partition seed = modes ? reader.partition(Role.SEED) : null;
    boolean raw = modes && reader.hasRole(Role.BOOT_STATE);
    LoaderKind kind = raw ? LoaderKind.UBOOT_RAW : LoaderKind.UBOOT_FILE;
    Place place = place(seed, boot);
    boolean flag = reader.options().header().equals("flag");
    UbootBoard board = board(seed, boot, raw, flag);
    int size = raw ? 8192 : reader.environmentBytes();
    Partition first = place.onSeed() ? BoardReader.withScript(seed, place.path(), place.script()) : seed;
    Partition second = place.onSeed() ? boot : BoardReader.withScript(boot, place.path(), place.script());
    CoreBoard own = new CoreBoard(reader.series(), reader.kernel(), kind, first, second, reader.dataBytes(),
        new UbootPowerOn(board), size, ownStore(raw, modes) ? board.environment() : new TreeMap<>(), flag,
        DeviceProfile.EMMC, reader.options().watchdog());
    Content reference = (raw ? ReferenceScript.UBOOT_RAW : modes ? ReferenceScript.UBOOT_FILE
        : ReferenceScript.UBOOT_ENV).content();
    CoreBoard twin = place.onSeed()
        ? own.withSeed(BoardReader.withScript(first, place.path(), reference))
        : own.withBoot(BoardReader.withScript(second, place.path(), reference));
    String state = raw ? "two raw copies on ubuntu-boot-state" : (modes ? "boot.sel" : "uboot.env") + " on "
        + boot.type();
    return reader.finished(own, twin, "u-boot, " + state);
  }

  /** True if snapd and U-Boot share one environment, which then holds U-Boot's own variables too. */
  private static boolean ownStore(boolean raw, boolean modes) {
    return raw || !modes;
  }

  /** Where the boot script lies, and the script. */
  private record Place(boolean onSeed, String path, Content script) {}

  private Place place(Partition seed, Partition boot) throws GadgetBoard.NotModelled {
    for (Partition partition : seed == null ? List.of(boot) : List.of(seed, boot)) {
      for (String path : partition.files().keySet()) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Content script = partition.files().get(path);
        if (SCRIPT_NAMES.contains(name) && !script.name().startsWith("built:")) {
          reader.gadget().standIn(name).ifPresent(p -> reader.remember(p, script));
          return new Place(partition == seed, path, script);
        }
      }
    }
    return besideTheGadget(seed);
  }

  /** A script that lies in the tree although no content entry brings it: built into something else, or forgotten. */
  private Place besideTheGadget(Partition seed) throws GadgetBoard.NotModelled {
    Optional<String> path = reader.gadget().standIn("boot.scr");
    if (path.isEmpty()) {
      throw new GadgetBoard.NotModelled("the U-Boot script is not in this tree: bring boot.scr, or its source"
          + " boot.scr.in, beside the gadget.yaml");
    }
    Content script = Content.of(reader.gadget().files().read(path.get(), GadgetPackage.LARGEST_TEXT));
    reader.remember(path.get(), script);
    reader.assume(path.get() + " is what U-Boot runs first, from " + (seed == null ? "system-boot" : "ubuntu-seed"));
    return new Place(seed != null, "/boot.scr", script);
  }

  private UbootBoard board(Partition seed, Partition boot, boolean raw, boolean flag) {
    BoardOptions options = reader.options();
    UbootEnvironment.Header header = flag ? UbootEnvironment.Header.FLAG : UbootEnvironment.Header.PLAIN;
    // One boot target: with several that all mean the one modelled disk, a script that ends without starting anything
    // would be run again from "the next" one and so seem to heal itself.
    UbootBoard board = UbootBoard.standard()
        .with("boot_targets", "mmc0")
        .withShell(options.hush().equals("modern") ? HushRules.MODERN : HushRules.OLD)
        .with("seed_part", Integer.toString(seed == null ? boot.number() : seed.number()))
        .with("boot_part", Integer.toString(boot.number()))
        .with("system_part", Integer.toString(boot.number()))
        .with("fdtfile", "board.dtb")
        .with("fdt_file", "board.dtb")
        .withWatchdog(options.watchdog());
    board = board.withStore(store(seed, raw), header, raw ? 8192 : reader.environmentBytes());
    for (var entry : options.environment().entrySet()) {
      board = board.with(entry.getKey(), entry.getValue());
    }
    reader.assume("U-Boot: a standard build with distro boot, " + options.hush() + " hush, environment images "
        + (flag ? "with" : "without") + " a flag byte" + (options.given() ? " (--board)" : "; --board says otherwise"));
    return board.without(options.missingCommands().toArray(String[]::new));
  }

  private EnvironmentStore store(Partition seed, boolean raw) {
    if (raw) {
      return new EnvironmentStore.Raw(0, 0, "ubuntu-boot-state", 0, 8192);
    }
    return seed == null
        ? new EnvironmentStore.Files(0, 0, "system-boot", "/uboot.env", "")
        : new EnvironmentStore.Nowhere();
  }
}
