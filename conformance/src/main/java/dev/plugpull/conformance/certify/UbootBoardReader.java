package dev.plugpull.conformance.certify;

import dev.plugpull.sim.bootloader.uboot.EnvironmentStore;
import dev.plugpull.sim.bootloader.uboot.HushRules;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.ubuntucore.BootFiles;
import dev.plugpull.sim.ubuntucore.CoreBoard.LoaderKind;
import dev.plugpull.sim.ubuntucore.CoreBoard.Partition;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.ReferenceScript;
import dev.plugpull.sim.ubuntucore.UbootPowerOn;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.Role;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The part of {@link BoardReader} for gadgets whose boot loader is U-Boot. */
final class UbootBoardReader {
  private static final List<String> SCRIPT_NAMES = List.of("boot.scr", "boot.scr.uimg");

  /** Each of the two copies on ubuntu-boot-state. */
  private static final int RAW_BYTES = 8192;

  private final BoardReader reader;

  UbootBoardReader(BoardReader reader) {
    this.reader = reader;
  }

  GadgetBoard read() throws GadgetBoard.NotModelled {
    return reader.series().hasModeenv() ? withModes() : withoutModes();
  }

  private GadgetBoard withModes() throws GadgetBoard.NotModelled {
    Partition boot = reader.partition(Role.BOOT);
    Partition seed = reader.partition(Role.SEED);
    boolean raw = reader.hasRole(Role.BOOT_STATE);
    if (!raw) {
      reader.assume("boot.sel, which snapd leaves to the gadget, is an empty environment on a new ubuntu-boot");
    }
    Place place = place(seed, boot);
    boolean flag = reader.options().header().equals("flag");
    int size = raw ? RAW_BYTES : reader.environmentBytes();
    EnvironmentStore store = raw
        ? new EnvironmentStore.Raw(0, 0, "ubuntu-boot-state", 0, RAW_BYTES)
        : new EnvironmentStore.Nowhere();
    UbootBoard board = board(seed, boot).withStore(store, header(flag), size);
    Partition first = place.onSeed() ? BoardReader.withScript(seed, place.path(), place.script()) : seed;
    Partition second = place.onSeed() ? boot : BoardReader.withScript(boot, place.path(), place.script());
    CoreBoard own = new CoreBoard(reader.series(), reader.kernel(), raw ? LoaderKind.UBOOT_RAW : LoaderKind.UBOOT_FILE,
        first, second, reader.dataBytes(), new UbootPowerOn(board), size,
        raw ? board.environment() : new TreeMap<>(), flag, DeviceProfile.EMMC, reader.options().watchdog());
    Content reference = (raw ? ReferenceScript.UBOOT_RAW : ReferenceScript.UBOOT_FILE).content();
    CoreBoard twin = place.onSeed()
        ? own.withSeed(BoardReader.withScript(first, place.path(), reference))
        : own.withBoot(BoardReader.withScript(second, place.path(), reference));
    return reader.finished(own, twin,
        "u-boot, " + (raw ? "two raw copies on ubuntu-boot-state" : "boot.sel on " + boot.type()));
  }

  /** One environment for snapd and U-Boot; what the gadget ships of it is there before the first boot. */
  private GadgetBoard withoutModes() throws GadgetBoard.NotModelled {
    Partition boot = reader.partition(Role.BOOT);
    Optional<ShippedEnvironment> shipped = ShippedEnvironment.of(reader.gadget(), reader.options());
    boolean boots = shipped.isPresent() && shipped.get().boots();
    if (boots) {
      refuseUnknownAddresses(shipped.get());
    }
    Place place = boots ? null : place(null, boot);
    boolean flag = shipped.map(ShippedEnvironment::hasFlag).orElse(reader.options().header().equals("flag"));
    int size = shipped.map(s -> s.environment().size()).orElse(reader.environmentBytes());
    UbootBoard board = (boots ? devices(board(null, boot), shipped.get()) : board(null, boot))
        .withStore(new EnvironmentStore.Files(0, boot.number(), "", "/uboot.env", ""), header(flag), size);
    SortedMap<String, String> stored =
        new TreeMap<>(boots ? shipped.get().environment().variables() : board.environment());
    stored.putAll(reader.options().environment());
    shipped.ifPresent(environment -> {
      reader.assume(environment.assumption());
      if (environment.boots() && environment.source()) {
        reader.remember(environment.path(), environment.content());
      }
    });
    Partition second = boots ? boot : BoardReader.withScript(boot, place.path(), place.script());
    CoreBoard own = new CoreBoard(reader.series(), reader.kernel(), LoaderKind.UBOOT_FILE, null, second,
        reader.dataBytes(), new UbootPowerOn(board), size, stored, flag, DeviceProfile.EMMC,
        reader.options().watchdog());
    Partition reference = BoardReader.withScript(
        second, boots ? "/boot.scr" : place.path(), ReferenceScript.UBOOT_ENV.content());
    return reader.finished(own, own.withBoot(reference).withStoredVariables(board.environment()),
        "u-boot, uboot.env on " + boot.type());
  }

  private void refuseUnknownAddresses(ShippedEnvironment shipped) throws GadgetBoard.NotModelled {
    SortedSet<String> unknown = shipped.unknownAddresses();
    unknown.removeAll(reader.options().environment().keySet());
    if (!unknown.isEmpty()) {
      throw new GadgetBoard.NotModelled(shipped.path() + " loads the kernel to $" + String.join(", $", unknown)
          + " and sets it nowhere: name what the board's U-Boot has for it below environment of --board");
    }
  }

  /** A board that boots from mmc has its one disk there: what looks elsewhere next finds nothing. */
  private static UbootBoard devices(UbootBoard board, ShippedEnvironment shipped) {
    if (shipped.environment().variables().values().stream().noneMatch(value -> value.contains("mmc"))) {
      return board;
    }
    return board.withDisk("mmc 0", 0).withDisk("mmc 1", 0).withDisk("mmc 2", 0);
  }

  private static UbootEnvironment.Header header(boolean flag) {
    return flag ? UbootEnvironment.Header.FLAG : UbootEnvironment.Header.PLAIN;
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

  private UbootBoard board(Partition seed, Partition boot) {
    BoardOptions options = reader.options();
    // One boot target: with several that all mean the one modelled disk, a script that ends without starting anything
    // would be run again from "the next" one and so seem to heal itself.
    UbootBoard board = UbootBoard.standard()
        .with("boot_targets", "mmc0")
        .withShell(options.hush().equals("modern") ? HushRules.MODERN : HushRules.OLD)
        .with("seed_part", Integer.toString(seed == null ? boot.number() : seed.number()))
        .with("boot_part", Integer.toString(boot.number()))
        .with("system_part", Integer.toString(boot.number()))
        .with("fdtfile", BootFiles.BOARD_TREE_NAME)
        .with("fdt_file", BootFiles.BOARD_TREE_NAME)
        .withWatchdog(options.watchdog());
    for (var entry : options.environment().entrySet()) {
      board = board.with(entry.getKey(), entry.getValue());
    }
    reader.assume("U-Boot: a standard build with distro boot, " + options.hush() + " hush, environment images "
        + (options.header().equals("flag") ? "with" : "without") + " a flag byte"
        + (options.given() ? " (--board)" : "; --board says otherwise"));
    return board.without(options.missingCommands().toArray(String[]::new));
  }
}
