package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster chain and the data in its clusters.
 *
 * @param start its first cluster, from 2
 * @param clusters its length
 * @param first clusters whose links stand in the first FAT sector that the chain uses
 * @param head true if FAT 1 has the links of the first FAT sector
 * @param tail true if FAT 1 has the links of the others
 * @param mirrored true if FAT 2 has all of them; same as FAT 1 unless the volume keeps FAT 2 apart
 * @param further runs that it got when it grew and the clusters behind it were taken
 * @param content what the clusters hold
 */
record FatChain(
    long start, long clusters, long first, boolean head, boolean tail, boolean mirrored, List<Run> further,
    Content content) {

  /** Clusters that lie side by side. */
  record Run(long start, long clusters) {
    long end() {
      return start + clusters;
    }

    boolean overlaps(Run other) {
      return start < other.end() && other.start < end();
    }
  }

  FatChain(long start, long clusters, long first, boolean head, boolean tail, boolean mirrored, Content content) {
    this(start, clusters, first, head, tail, mirrored, List.of(), content);
  }

  /** Clusters that can be followed from the begin. The first one needs no link. */
  long reachable() {
    return head ? tail ? clusters : first : 0;
  }

  boolean isComplete() {
    return head && tail;
  }

  boolean isFree() {
    return !head && (!tail || first >= clusters);
  }

  FatChain linked(boolean newHead, boolean newTail) {
    return new FatChain(start, clusters, first, newHead, newTail, mirrored, further, content);
  }

  FatChain mirrored(boolean now) {
    return new FatChain(start, clusters, first, head, tail, now, further, content);
  }

  FatChain holding(Content now) {
    return new FatChain(start, clusters, first, head, tail, mirrored, further, now);
  }

  /** As long as another one, which is the same chain at a later time. */
  FatChain grownAs(FatChain later) {
    return clusters >= later.clusters
        ? this
        : new FatChain(start, later.clusters, later.first, head, tail, mirrored, later.further, content);
  }

  /** Grown by a run, of which {@code nowFirst} clusters in all have links in the first FAT sector. */
  FatChain grown(Run more, long nowFirst) {
    List<Run> runs = new ArrayList<>(further);
    if (more.start() != last().end()) {
      runs.add(more);
    } else if (!runs.isEmpty()) {
      runs.set(runs.size() - 1, new Run(last().start(), last().clusters() + more.clusters()));
    }
    long all = clusters + more.clusters();
    return new FatChain(
        start, all, nowFirst, head, nowFirst == all || tail, mirrored, List.copyOf(runs), content);
  }

  Run last() {
    return further.isEmpty() ? firstRun() : further.getLast();
  }

  private Run firstRun() {
    long others = 0;
    for (Run run : further) {
      others += run.clusters();
    }
    return new Run(start, clusters - others);
  }

  /** The run of this chain that has clusters of another one; null if none has. */
  Run overlapping(Run other) {
    if (firstRun().overlaps(other)) {
      return firstRun();
    }
    for (Run run : further) {
      if (run.overlaps(other)) {
        return run;
      }
    }
    return null;
  }

  boolean overlaps(FatChain other) {
    if (other.overlapping(firstRun()) != null) {
      return true;
    }
    for (Run run : further) {
      if (other.overlapping(run) != null) {
        return true;
      }
    }
    return false;
  }
}
