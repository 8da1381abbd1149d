package dev.plugpull.sim.ubuntucore.sealing;

import dev.plugpull.sim.media.Hash128;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The boots that open a key: any of these programs with any of these events, as snapd merges all command lines of one
 * model.
 *
 * @param programs accepted values of PCR 4
 * @param events accepted values of PCR 12
 */
public record PcrProfile(SortedSet<Hash128> programs, SortedSet<Hash128> events) {
  private static final String EPOCH = "snap system epoch";

  public PcrProfile {
    programs = Collections.unmodifiableSortedSet(new TreeSet<>(programs));
    events = Collections.unmodifiableSortedSet(new TreeSet<>(events));
  }

  /** What boots along these chains measure on a device of this model. */
  public static PcrProfile of(List<MeasuredChain> chains, String model) {
    TreeSet<Hash128> programs = new TreeSet<>();
    TreeSet<Hash128> events = new TreeSet<>();
    for (MeasuredChain chain : chains) {
      chain.started().forEach(pcrs -> programs.add(pcrs.programs()));
      chain.commandLines().forEach(line -> events.add(inInitramfs(Pcrs.RESET.measured(line), model).events()));
    }
    return new PcrProfile(programs, events);
  }

  /** What the initramfs measures before it asks for a key. */
  public static Pcrs inInitramfs(Pcrs pcrs, String model) {
    return pcrs.measured(EPOCH).measured(model);
  }

  public boolean accepts(Pcrs pcrs) {
    return programs.contains(pcrs.programs()) && events.contains(pcrs.events());
  }

  /** True if nothing opens this one that does not open the other. */
  public boolean within(PcrProfile other) {
    return other.programs.containsAll(programs) && other.events.containsAll(events);
  }

  String text() {
    return String.join(" ", words(programs).toList()) + "\n" + String.join(" ", words(events).toList());
  }

  private static Stream<String> words(SortedSet<Hash128> values) {
    return values.stream().map(Hash128::toString);
  }
}
