package dev.plugpull.conformance.certify;

import dev.plugpull.conformance.realboot.LoaderCheck;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.reports.Hazard;
import dev.plugpull.reports.Party;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** An Ubuntu Core device with a vendor's gadget and, where an older gadget is given, one that is refreshed to it. */
final class CoreSubject implements Subject {
  private final GadgetBoard gadget;
  private final GadgetBoard refreshed;

  CoreSubject(GadgetBoard gadget) {
    this(gadget, null);
  }

  /**
   * With both devices.
   *
   * @param refreshed the device that runs the older gadget, null if there is none
   */
  CoreSubject(GadgetBoard gadget, GadgetBoard refreshed) {
    this.gadget = gadget;
    this.refreshed = refreshed;
  }

  @Override
  public List<String> scenarios() {
    Stream<CoreScenario> more = refreshed == null ? Stream.of()
        : UbuntuCoreCatalogue.gadgetRefresh().stream().filter(s -> s.fits(refreshed.board().assets()));
    Stream<CoreScenario> modes = UbuntuCoreCatalogue.recovery().stream().filter(s -> s.unfit(gadget.board()).isEmpty());
    return Stream.of(UbuntuCoreCatalogue.all().stream(), more, modes).flatMap(s -> s).map(CoreScenario::name).toList();
  }

  @Override
  public UpdatingDevice<?> device(String scenario, Set<Blame.Exchange> exchanged) {
    CoreScenario named = UbuntuCoreCatalogue.named(scenario)
        .orElseThrow(() -> new IllegalArgumentException("cannot find scenario " + scenario));
    GadgetBoard device = board(named);
    CoreBoard board = exchanged.contains(Blame.Exchange.GADGET) ? device.reference() : device.board();
    Platform platform = exchanged.contains(Blame.Exchange.PLATFORM) ? Platform.REFERENCE : Platform.SNAPD;
    return board.device(named, platform, exchanged.contains(Blame.Exchange.MEDIUM));
  }

  private GadgetBoard board(CoreScenario scenario) {
    return UbuntuCoreCatalogue.gadgetRefresh().contains(scenario) ? refreshed : gadget;
  }

  @Override
  public void hold(LoaderCheck check, Explored<?> explored) {
    if (explored.device() instanceof CoreDevice device) {
      CoreScenario scenario = UbuntuCoreCatalogue.named(explored.scenario()).orElseThrow();
      check.hear(explored.scenario(), device, board(scenario).board().powerOn(), explored.result());
    }
  }

  @Override
  public List<Blame.Exchange> parties() {
    return List.of(Blame.Exchange.GADGET, Blame.Exchange.PLATFORM, Blame.Exchange.MEDIUM);
  }

  @Override
  public Optional<Hazard> explaining(Finding<?> finding) {
    return KnownHazard.explaining(new KnownHazard.Witness(
            finding.property(), finding.why(), finding.plan(), gadget.loaderTitle(),
            gadget.board().series().number()))
        .map(known -> known.withCount(0));
  }

  /** What only the platform or the medium cures, or what a hazard of theirs explains, is not the gadget's. */
  @Override
  public boolean counts(Party attributedTo, boolean explained) {
    return switch (attributedTo) {
      case GADGET, NOT_ASKED -> true;
      case SHARED, PROTOCOL -> !explained;
      case PLATFORM, MEDIUM -> false;
    };
  }

  @Override
  public Hazard spurious(String why, long count) {
    return KnownHazard.ofRolledBack(why).withCount(count);
  }

  @Override
  public String actor(String point) {
    return switch (point.isEmpty() ? ' ' : point.charAt(0)) {
      case 'I', 'B' -> "initramfs or snapd";
      case 'K', 'U' -> point.startsWith("K21") || point.startsWith("U21") ? "boot loader" : "snapd";
      default -> "snapd";
    };
  }

  @Override
  public SortedMap<String, String> scripts() {
    return gadget.scripts();
  }
}
