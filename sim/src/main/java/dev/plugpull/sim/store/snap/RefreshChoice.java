package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.Phasing;
import java.util.List;
import java.util.Optional;

/** Which revision a device gets (spec ubuntu-core 2.1 to 2.4, 2.8, 2.9). */
final class RefreshChoice {

  /**
   * One installed snap as the device describes it.
   *
   * @param revision installed; 0 for a new install
   * @param pinned the revision that was asked for by number
   * @param heldBy who holds it
   */
  record Asked(
      int revision, Channel channel, Epoch epoch, Optional<String> cohort, Optional<Integer> pinned,
      List<String> validationSets, List<String> heldBy, boolean ignoreValidation) {}

  /**
   * What the store answers.
   *
   * @param channel the channel that it really comes from
   */
  record Chosen(SnapRevision revision, Channel channel) {}

  private final SnapStore store;
  private final String device;
  private final boolean scheduled;

  /**
   * Choices for one device.
   *
   * @param scheduled whether the device asks by its timer, not because somebody wants it now
   */
  RefreshChoice(SnapStore store, String device, boolean scheduled) {
    this.store = store;
    this.device = device;
    this.scheduled = scheduled;
  }

  /** Empty: nothing to offer on that channel. A choice equal to what is installed means: nothing new. */
  Optional<Chosen> choose(Snap snap, Asked asked) {
    if (snap.revoked()) {
      return Optional.empty();
    }
    Optional<Channel> effective = SnapStore.effective(snap, asked.channel());
    Channel from = effective.orElse(asked.channel());
    Optional<Integer> fixed = asked.pinned().or(() -> pinnedBySet(snap, asked))
        .or(() -> asked.cohort().flatMap(cohort -> store.cohortRevision(cohort, snap.id())));
    if (fixed.isPresent()) {
      return Optional.ofNullable(snap.revisions().get(fixed.get())).map(revision -> new Chosen(revision, from));
    }
    if (effective.isEmpty()) {
      return Optional.empty();
    }
    if (scheduled && !asked.heldBy().isEmpty()) {
      return Optional.ofNullable(snap.revisions().get(asked.revision())).map(revision -> new Chosen(revision, from));
    }
    return readable(snap, snap.releases().get(from), from, asked);
  }

  private Optional<Integer> pinnedBySet(Snap snap, Asked asked) {
    if (asked.ignoreValidation()) {
      return Optional.empty();
    }
    return asked.validationSets().stream().flatMap(key -> store.validationSet(key, Optional.empty()).stream())
        .map(set -> set.pinned().getOrDefault(snap.id(), 0)).filter(revision -> revision > 0).findFirst();
  }

  /** The newest release that the device may see and whose epoch can take over its data. */
  private Optional<Chosen> readable(Snap snap, Snap.Release release, Channel from, Asked asked) {
    String draw = snap.id() + " " + from + " " + release.newest();
    boolean withheld = scheduled && !Phasing.sees(device, draw, release.percentage());
    for (int number : release.history()) {
      SnapRevision revision = snap.revisions().get(number);
      boolean first = number == release.newest();
      if (!(first && withheld) && (asked.revision() == 0 || revision.epoch().canFollow(asked.epoch()))) {
        // A release that is withheld is no reason to go back to an older one.
        boolean back = withheld && number < asked.revision();
        return back ? Optional.ofNullable(snap.revisions().get(asked.revision())).map(r -> new Chosen(r, from))
            : Optional.of(new Chosen(revision, from));
      }
    }
    return Optional.ofNullable(snap.revisions().get(asked.revision())).map(revision -> new Chosen(revision, from));
  }
}
