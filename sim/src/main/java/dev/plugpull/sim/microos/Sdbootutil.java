package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.media.Content;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * sdbootutil as snapper's plugin calls it: kernels, initrds and entries on the EFI system partition, E1 to E5
 * (micro-os.md section 6). Its scripts sync nothing.
 */
final class Sdbootutil {
  private static final String KEPT = ".bak";

  private final Boot boot;
  private final MicroOsSetup setup;
  private final FileCalls files;

  Sdbootutil(Boot boot) {
    this.boot = boot;
    this.setup = boot.setup;
    this.files = new FileCalls(boot.machine, boot.esp);
  }

  /** After snapper has set the default snapshot: entries for it, then the entry is made the default one. */
  void defaultSet(int snapshot) {
    int kernel = Release.of(boot.tree(), snapshot, "boot/vmlinuz");
    int initrd = Release.of(boot.tree(), snapshot, "boot/initrd");
    if (kernel == Release.NONE || initrd == Release.NONE) {
      boot.machine.step("sdbootutil: snapshot " + snapshot + " has no kernel");
      return;
    }
    boolean there = entriesOf(snapshot).stream().anyMatch(e -> !e.counted() || e.text(boot.esp.tree()) != null);
    if (!there || !boot.esp.tree().exists(BootEntry.initrd(initrd))) {
      install(snapshot, kernel, initrd);
    }
    prefer(snapshot);
    boot.subvolumes().setDefault(Layout.root(snapshot));
    boot.point("E5", "sdbootutil sets the default subvolume too");
  }

  private List<BootEntry> entriesOf(int snapshot) {
    return BootEntry.all(boot.esp.tree()).stream().filter(entry -> entry.snapshot() == snapshot).toList();
  }

  private void install(int snapshot, int kernel, int initrd) {
    copy("E1", BootEntry.kernel(kernel), boot.tree().content(Layout.root(snapshot) + "/boot/vmlinuz"));
    copy("E2", BootEntry.initrd(initrd), boot.tree().content(Layout.root(snapshot) + "/boot/initrd"));
    entry(snapshot, new Numbered.Entry(snapshot, kernel, initrd).content());
    unreferenced("E3.cleanup");
  }

  /** A file that has this name already is taken for what its name says (hazard M2). */
  private void copy(String point, String path, Content content) {
    boolean there = boot.esp.tree().exists(path);
    if (there && !setup.has(MicroOsSetup.Departure.BOOT_FILES_COMPARED)) {
      boot.machine.step("sdbootutil reuses " + path);
      return;
    }
    if (there && content.equals(boot.esp.tree().content(path))) {
      return;
    }
    files.folders(FileCalls.parent(path));
    if (setup.has(MicroOsSetup.Departure.BOOT_FILES_COMPARED)) {
      files.atomic(point, path, content, true);
    } else {
      files.plain(point, path, content);
    }
  }

  /** True if a file of a release is not whole, and the next attempt would reuse it. */
  boolean reusesDamaged(int release) {
    boolean damaged = false;
    for (String path : List.of(BootEntry.kernel(release), BootEntry.initrd(release))) {
      damaged |= boot.esp.tree().exists(path) && Release.of(boot.esp.tree().content(path)) != release;
    }
    return damaged && !setup.has(MicroOsSetup.Departure.BOOT_FILES_COMPARED);
  }

  /** The old file is put aside, the new one made under a name with all its tries. */
  private void entry(int snapshot, Content content) {
    for (BootEntry old : entriesOf(snapshot)) {
      if (content.equals(boot.esp.tree().content(old.path()))) {
        boot.machine.step("sdbootutil: " + old.path() + " unchanged");
        return;
      }
      boot.esp.rename(old.path(), old.path() + KEPT);
      boot.point("E3.kept", "sdbootutil renames " + old.path() + " to " + old.path() + KEPT);
    }
    files.folders(BootEntry.FOLDER);
    files.plain("E3", new BootEntry(snapshot, setup.tries(), 0).path(), content);
    for (String name : boot.esp.tree().names(BootEntry.FOLDER)) {
      if (name.endsWith(KEPT)) {
        files.remove("E3.kept", BootEntry.FOLDER + "/" + name);
      }
    }
  }

  private void prefer(int snapshot) {
    if (setup.loader() == MicroOsSetup.Loader.SYSTEMD_BOOT) {
      boot.world(boot.world().draft().variables(boot.world().variables().preferring(snapshot)));
      boot.point("E4", "sdbootutil sets LoaderEntryDefault to the entry of snapshot " + snapshot);
    } else {
      files.renamedUnsynced("E4", SystemdBoot.CONFIGURATION, new Numbered.LoaderConf(snapshot).content());
    }
  }

  /** Before snapper deletes a snapshot: what only its entry needs goes first, then the entry. */
  void deleting(int snapshot) {
    for (BootEntry entry : entriesOf(snapshot)) {
      Set<String> others = new HashSet<>();
      BootEntry.all(boot.esp.tree()).stream().filter(other -> !other.equals(entry))
          .forEach(other -> others.addAll(filesOf(other)));
      for (String path : filesOf(entry)) {
        if (!others.contains(path)) {
          files.remove("C6.files", path);
        }
      }
      files.remove("C6", entry.path());
    }
    unreferenced("C6.cleanup");
  }

  private List<String> filesOf(BootEntry entry) {
    Numbered.Entry text = entry.text(boot.esp.tree());
    return text == null ? List.of() : List.of(BootEntry.kernel(text.kernel()), BootEntry.initrd(text.initrd()));
  }

  /** {@code bootctl cleanup}: files that no entry names. */
  private void unreferenced(String point) {
    Set<String> named = new HashSet<>();
    BootEntry.all(boot.esp.tree()).forEach(entry -> named.addAll(filesOf(entry)));
    for (String version : boot.esp.tree().names("/os")) {
      for (String name : boot.esp.tree().names("/os/" + version)) {
        String path = "/os/" + version + "/" + name;
        if (!named.contains(path)) {
          files.remove(point, path);
        }
      }
    }
  }
}
