package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** systemd-boot with boot counting, as far as sdbootutil uses it (bootloaders.md part 3). */
final class SystemdBoot {
  static final String CONFIGURATION = "/loader/loader.conf";
  private static final Comparator<BootEntry> NEWEST_FIRST = Comparator.comparing(BootEntry::usedUp)
      .thenComparing(Comparator.comparingInt(BootEntry::snapshot).reversed())
      .thenComparing(Comparator.comparingInt(BootEntry::left).reversed())
      .thenComparingInt(BootEntry::done);

  private final Boot boot;

  SystemdBoot(Boot boot) {
    this.boot = boot;
  }

  /**
   * The entry that it starts. A name without tries, as variables and {@code loader.conf} hold it, does not match the
   * file of an entry whose boots are counted.
   *
   * @return null if there is none that it can show
   */
  static BootEntry chosen(Tree esp, EfiVariables variables) {
    List<BootEntry> entries = shown(esp);
    Content file = esp.content(CONFIGURATION);
    int configured = file != null && file.value() instanceof Numbered.LoaderConf named ? named.number() : 0;
    for (int wanted : new int[] {variables.once(), variables.preferred(), configured}) {
      BootEntry plain = new BootEntry(wanted, -1, 0);
      if (entries.contains(plain)) {
        return plain;
      }
    }
    return entries.isEmpty() ? null : entries.getFirst();
  }

  /** Entries that can be read and whose kernel is there, in the order of the menu. */
  private static List<BootEntry> shown(Tree esp) {
    List<BootEntry> entries = new ArrayList<>();
    for (BootEntry entry : BootEntry.all(esp)) {
      Numbered.Entry text = entry.text(esp);
      if (text != null && esp.content(BootEntry.kernel(text.kernel())) != null) {
        entries.add(entry);
      }
    }
    entries.sort(NEWEST_FIRST);
    return entries;
  }

  /** From power-on to a kernel. An entry that cannot be started ends in a reset only while it has tries left. */
  BootOutcome run() {
    boot.machine.actor("systemd-boot");
    boot.esp.mount();
    EfiVariables variables = boot.world().variables();
    BootEntry entry = chosen(boot.esp.tree(), variables);
    if (variables.once() != 0) {
      boot.world(boot.world().draft().variables(variables.once(0)));
      boot.point("bump.once", "systemd-boot clears LoaderEntryOneShot");
    }
    if (entry == null) {
      return new BootOutcome.Prompt("systemd-boot finds no boot entry");
    }
    Numbered.Entry text = entry.text(boot.esp.tree());
    boot.entry = bump(entry);
    Content kernel = boot.esp.tree().content(BootEntry.kernel(text.kernel()));
    Content initrd = boot.esp.tree().content(BootEntry.initrd(text.initrd()));
    if (Release.of(kernel) == Release.NONE || initrd == null) {
      String why = "cannot start " + entry.path() + ": its kernel or initrd is not whole";
      return entry.left() > 0 ? new BootOutcome.Reset(false, why) : new BootOutcome.Prompt(why);
    }
    return new BootOutcome.StartKernel(kernel, BootEntry.kernel(text.kernel()), initrd, text.options());
  }

  /** One rename through the firmware's FAT driver, then its flush. */
  private BootEntry bump(BootEntry entry) {
    BootEntry next = entry.tried();
    if (!next.equals(entry)) {
      boot.esp.rename(entry.path(), next.path());
      boot.point("bump.renamed", "systemd-boot renames " + entry.path() + " to " + next.path());
      boot.esp.sync();
      boot.point("bump", "the firmware flushes");
    }
    return next;
  }
}
