package dev.plugpull.sim.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a volume that a cut has left untidy decides how later writes hit its files, beside names and contents.
 *
 * <p>Who allocates goes on behind the last cluster that any chain ever had. So a file whose clusters the FAT calls free
 * keeps what they hold; one that refers to clusters of which the disk knows nothing shares them with whatever is
 * written next; and files that share clusters already lose them together.
 */
final class FatLooseEnds {
  private final FatState state;
  private final List<Fat.LooseEnd> ends = new ArrayList<>();
  private final Map<String, Integer> files = new TreeMap<>();

  FatLooseEnds(FatState state) {
    this.state = state;
  }

  /** Them all; empty if a folder has broken or equal names: then every slot and cluster counts. */
  Optional<List<Fat.LooseEnd>> all() {
    if (!folder(FatState.ROOT, "/")) {
      return Optional.empty();
    }
    List<String> before = new ArrayList<>();
    files.forEach((path, number) -> {
      if (number >= state.chains.length) {
        ends.add(new Fat.LooseEnd(path, "refers to what is allocated next but " + (number - state.chains.length), ""));
      }
      before.stream().filter(other -> shared(number, files.get(other)))
          .forEach(other -> ends.add(new Fat.LooseEnd(path, "shares clusters with", other)));
      before.add(path);
    });
    return Optional.of(List.copyOf(ends));
  }

  private boolean shared(int one, int other) {
    FatChain chain = state.chain(one);
    FatChain there = state.chain(other);
    return one == other || chain != null && there != null && chain.overlaps(there);
  }

  private boolean folder(int number, String path) {
    FatDirectory directory = state.directory(number);
    if (directory == null) {
      ends.add(new Fat.LooseEnd(path, "was never written", ""));
      return true;
    }
    boolean whole = directory.isTidy();
    for (FatDirectory.Visible visible : directory.visible()) {
      FatSlot.Short entry = visible.entry();
      String inner = PathHash.child(path, visible.name());
      if (entry.isDirectory()) {
        whole &= folder(entry.directory(), inner);
      } else if (entry.chain() >= 0) {
        files.put(inner, entry.chain());
      }
    }
    return whole;
  }
}
