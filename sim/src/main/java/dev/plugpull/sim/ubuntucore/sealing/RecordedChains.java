package dev.plugpull.sim.ubuntucore.sealing;

import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file {@code boot-chains} or {@code recovery-boot-chains}: the chains that keys were sealed to last. Written
 * before the first key object that belongs to it; a reseal that finds its chains here does nothing (H13).
 *
 * <p>Its {@code reseal-count} is left out: it grows with every reseal, and no program reads it but to add one.
 */
public record RecordedChains(List<MeasuredChain> chains) {
  public RecordedChains {
    chains = List.copyOf(chains);
  }

  public Content content() {
    return Content.parsed(
        chains.stream().map(MeasuredChain::text).collect(Collectors.joining("\n", "", "\n")), this);
  }

  /** True if a file holds these chains, in any order of command lines as in this one. */
  public boolean equal(Content file) {
    return content().equals(file);
  }
}
