package dev.plugpull.sim.microos;

import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/** What counts of an EFI system partition and of the firmware's variables: see {@link CanonicalForm}. */
record EspForm(Tree esp, EfiVariables variables) {

  /** Snapshots that some entry would boot. None without tries is started while a system that has worked can be. */
  Set<Integer> bootable() {
    Set<Integer> bootable = new TreeSet<>();
    boolean worked = BootEntry.all(esp).stream().anyMatch(entry -> !entry.counted() && starts(entry));
    BootEntry.all(esp).stream().filter(entry -> !worked || !entry.usedUp())
        .forEach(entry -> bootable.add(entry.snapshot()));
    return bootable;
  }

  private boolean starts(BootEntry entry) {
    Numbered.Entry text = entry.text(esp);
    return text != null && Release.of(esp.content(BootEntry.kernel(text.kernel()))) == text.kernel()
        && Release.of(esp.content(BootEntry.initrd(text.initrd()))) == text.initrd();
  }

  /** Every number that stands in a name, a file or a variable. */
  Set<Integer> numbers() {
    Set<Integer> numbers = new TreeSet<>();
    BootEntry.all(esp).forEach(entry -> numbers.add(entry.snapshot()));
    numbers.add(variables.preferred());
    numbers.add(variables.once());
    Content file = esp.content(SystemdBoot.CONFIGURATION);
    if (file != null && file.value() instanceof Numbered.LoaderConf named) {
      numbers.add(named.number());
    }
    numbers.remove(0);
    return numbers;
  }

  Hash128 hash(IntUnaryOperator numbering) {
    return hash(esp.root(), numbering).then(Hash128.of(variables.renamed(numbering).toString()));
  }

  /** What later writes will hit. */
  static Hash128 hash(List<Fat.LooseEnd> ends, IntUnaryOperator numbering) {
    Hash128 sum = Hash128.ZERO;
    for (Fat.LooseEnd end : ends) {
      sum = sum.plus(Hash128.of(shown(end.path(), numbering) + " " + end.what() + " " + shown(end.other(), numbering)));
    }
    return sum;
  }

  private static String shown(String path, IntUnaryOperator numbering) {
    BootEntry entry = BootEntry.of(path.substring(path.lastIndexOf('/') + 1));
    return entry == null ? path : entry.renamed(numbering.applyAsInt(entry.snapshot())).path();
  }

  private static Hash128 hash(Tree.Directory directory, IntUnaryOperator numbering) {
    Hash128 sum = Hash128.of("folder");
    for (int i = 0; i < directory.size(); i++) {
      String name = directory.name(i);
      Hash128 node = switch (directory.node(i)) {
        case Tree.Directory below -> hash(below, numbering);
        case Tree.File file -> file(file, numbering);
        case Tree.Symlink link -> link.hash();
      };
      sum = sum.plus(Hash128.of(shown(name, numbering)).then(node));
    }
    return sum;
  }

  private static Hash128 file(Tree.File file, IntUnaryOperator numbering) {
    Content content = file.content();
    return content.isPart() || content.length() == 0 ? Hash128.of("damaged")
        : content.value() instanceof Numbered numbered ? numbered.hash(numbering) : content.hash();
  }
}
