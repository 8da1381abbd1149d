package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;

/**
 * A cluster chain and the data in its clusters.
 *
 * @param start its first cluster, from 2
 * @param clusters its length
 * @param first clusters whose links stand in the first FAT sector that the chain uses
 * @param head true if FAT 1 has the links of the first FAT sector
 * @param tail true if FAT 1 has the links of the others
 * @param mirrored true if FAT 2 has all of them; same as FAT 1 unless the volume keeps FAT 2 apart
 * @param content what the clusters hold
 */
record FatChain(
    long start, long clusters, long first, boolean head, boolean tail, boolean mirrored, Content content) {

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
    return new FatChain(start, clusters, first, newHead, newTail, mirrored, content);
  }

  FatChain mirrored(boolean now) {
    return new FatChain(start, clusters, first, head, tail, now, content);
  }

  FatChain holding(Content now) {
    return new FatChain(start, clusters, first, head, tail, mirrored, now);
  }

  boolean overlaps(FatChain other) {
    return start < other.start + other.clusters && other.start < start + clusters;
  }
}
