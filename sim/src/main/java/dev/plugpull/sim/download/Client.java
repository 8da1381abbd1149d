package dev.plugpull.sim.download;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.AssertionDatabase.Clock;
import dev.plugpull.sim.store.assertion.AssertionDatabase;
import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.AssertionStream;
import dev.plugpull.sim.store.snap.SnapRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The update client of one boot: asks, learns, downloads, checks, links, reports. Dies with the boot. */
final class Client {

  static final String CURRENT = "/current";
  static final String REPORT = "/report";
  static final String SNAPS = "/snaps";
  private static final String NOTHING_NEW = "/nothing-new";
  private static final String BLOCKED = "/blocked";
  private static final String LATEST_CLOCK = "/clock";

  private final PoweredOn<World, Ran> machine;
  private final DownloadSetup setup;
  private final LiveVolume data;
  private final FileCalls files;
  private final Link link;
  private AssertionDatabase known;

  Client(PoweredOn<World, Ran> machine, DownloadSetup setup) {
    this.machine = machine;
    this.setup = setup;
    this.data = machine.volume(0);
    this.files = new FileCalls(machine, data);
    this.link = new Link(machine, setup);
    this.known = Known.load(data.tree());
  }

  boolean inBounds() {
    return link.inBounds();
  }

  AssertionDatabase known() {
    return known;
  }

  /** The revision that {@code /current} names; 0 if it names none. */
  int current() {
    return Report.revision(data.tree().target(CURRENT));
  }

  /** Looks for something new and takes it; returns what it did. */
  Report refresh() {
    try {
      Report report = attempt();
      return say(report);
    } catch (Unavailable e) {
      return say(new Report(current(), "waiting", e.getMessage()));
    } catch (Refusal e) {
      return say(new Report(current(), "failed", e.getMessage()));
    }
  }

  private Report attempt() throws Unavailable, Refusal {
    Report before = Report.read(data.tree().content(REPORT));
    if (setup.has(Departure.ASKS_ONCE) && data.tree().exists(NOTHING_NEW)) {
      return new Report(current(), "none", before.why());
    }
    Optional<Offer> offer = Offer.read(link.fetch(request()));
    if (offer.isEmpty()) {
      // Statements about what runs may have changed all the same.
      learn(Eras.SNAP, current());
      return nothingNew(before);
    }
    Offer found = offer.get();
    if (setup.has(Departure.BLOCKS_AFTER_FAILURE) && data.tree().exists(BLOCKED + found.revision())) {
      return new Report(current(), "none", before.why());
    }
    if (!found.snapId().equals(Eras.SNAP) && !setup.has(Departure.NO_CROSS_CHECK)) {
      throw new Refusal("another snap is offered than was asked for");
    }
    if (found.revision() <= current() && !setup.has(Departure.TAKES_OLDER)) {
      // Going back is what a person may ask for, never the store.
      return new Report(current(), before.state().equals("done") ? "done" : "none", "only older revisions are offered");
    }
    learn(found.snapId(), found.revision());
    take(found);
    return new Report(current(), "done", "");
  }

  private Report nothingNew(Report before) {
    if (setup.has(Departure.ASKS_ONCE) && before.state().equals("done")) {
      files.plain("U1", NOTHING_NEW, Content.text("asked\n"));
    }
    boolean wentBack = before.state().equals("failed") && before.current() == current();
    return wentBack ? before : new Report(current(), current() > 1 ? "done" : "none", "");
  }

  private StoreRequest request() {
    StoreRequest request = StoreRequest.post("/v2/snaps/refresh", """
        {"context":[{"instance-key":"app","snap-id":"%s","revision":%d,"tracking-channel":"stable"}],\
        "actions":[{"action":"refresh","instance-key":"app","snap-id":"%s"}]}""".formatted(
        Eras.SNAP, current(), Eras.SNAP));
    return setup.deltas() == DownloadSetup.Deltas.NONE ? request
        : request.with("Snap-Accept-Delta-Format", "xdelta3");
  }

  // ---- assertions ----

  private void learn(String snapId, int revision) throws Unavailable, Refusal {
    byte[] stream = link.fetch(StoreRequest.get("/assertion-stream/" + snapId + "_" + revision));
    List<Assertion> assertions;
    try {
      assertions = AssertionStream.decode(stream).assertions();
    } catch (AssertionException e) {
      throw new Unavailable("the assertions cannot be read");
    }
    if (assertions.isEmpty()) {
      throw new Unavailable("there are no assertions");
    }
    Clock clock = clock();
    for (Assertion assertion : assertions) {
      Optional<Assertion> stored =
          known.find(assertion.typeName(), assertion.primaryKey().toArray(String[]::new));
      boolean old = stored.filter(before -> before.revision() >= assertion.revision()).isPresent();
      boolean key = assertion.typeName().equals("account-key");
      boolean skipped = key && (setup.has(Departure.FIRST_KEY_ONLY)
          || setup.has(Departure.IGNORES_KEY_END) && stored.isPresent());
      if (!old && !skipped) {
        accept(assertion, clock, assertions);
      }
    }
  }

  private void accept(Assertion assertion, Clock clock, List<Assertion> stream) throws Refusal {
    try {
      known = known.add(assertion, setup.has(Departure.IGNORES_KEY_END)
          ? new Clock.NotBefore(Instant.EPOCH) : clock);
    } catch (AssertionException e) {
      if (!setup.has(Departure.TRUSTS_THE_ANSWER)) {
        throw new Refusal(e.getMessage());
      }
      machine.step("ignores that: " + e.getMessage());
      return;
    }
    keyHeld(assertion, clock, stream);
    boolean forgotten = setup.has(Departure.REVOCATION_NOT_STORED) && assertion.typeName().equals("validation");
    if (!forgotten) {
      files.atomic("U2", Known.path(assertion), Known.content(assertion), true);
      step();
    }
    int taken = machine.remains().revoked();
    boolean newly = machine.remains().knew() != taken;
    if (taken > 0 && newly && Known.revoked(known, taken)) {
      machine.remains(machine.remains().learned(taken));
    }
  }

  /** INTEG: the device's own clock and all statements that it holds or was sent decide whether the key counts. */
  private void keyHeld(Assertion assertion, Clock clock, List<Assertion> stream) {
    List<Assertion> careful = new ArrayList<>(known.stored());
    careful.removeIf(assertion::equals);
    stream.stream().filter(sent -> sent.typeName().equals("account-key") && !sent.equals(assertion))
        .forEach(careful::add);
    careful.sort(Comparator.comparingInt(Assertion::revision));
    try {
      AssertionDatabase.restored(Eras.TRUSTED, List.of(), careful).check(assertion, clock);
    } catch (AssertionException e) {
      machine.violation("INTEG", "believes a statement although its key does not count: " + e.getMessage());
    }
  }

  /** What the client believes about the time. The image cannot be from the future, so it is the earliest moment. */
  private Clock clock() {
    Instant shown = switch (machine.remains().clock()) {
      case RIGHT -> Eras.NOW;
      case A_YEAR_LATER -> Eras.NOW.plus(java.time.Duration.ofDays(365));
      case BACK -> Eras.NOW.minus(java.time.Duration.ofDays(3650));
      case FORWARD -> Eras.NOW.plus(java.time.Duration.ofDays(3650));
      case LOST -> Instant.EPOCH;
    };
    if (setup.has(Departure.LATEST_CLOCK_KEPT)) {
      shown = latest(shown);
    }
    boolean believed = setup.has(Departure.CLOCK_BELIEVED) || !shown.isBefore(Eras.IMAGE);
    return new Clock.Believed(believed ? shown : Eras.IMAGE);
  }

  private Instant latest(Instant shown) {
    Content stored = data.tree().content(LATEST_CLOCK);
    Instant before = stored == null ? Instant.EPOCH : Instant.parse(Report.text(stored));
    if (shown.isAfter(before)) {
      files.atomic("U3", LATEST_CLOCK, Content.text(shown.toString()), true);
      return shown;
    }
    return before;
  }

  // ---- content ----

  private void take(Offer offer) throws Unavailable, Refusal {
    if (Known.revoked(known, offer.revision()) && !setup.has(Departure.IGNORES_REVOCATION)) {
      throw new Refusal("revision " + offer.revision() + " is revoked");
    }
    int before = current();
    String path = SNAPS + "/app_" + offer.revision() + ".snap";
    try {
      download(offer, before, path);
    } catch (Unavailable e) {
      if (setup.has(Departure.BLOCKS_AFTER_FAILURE)) {
        files.plain("U4", BLOCKED + offer.revision(), Content.text("blocked\n"));
      }
      throw e;
    }
    if (setup.has(Departure.LINKED_BEFORE_CHECK)) {
      relink(offer.revision());
    }
    validate(offer, path, before);
    relink(offer.revision());
    tidy(before, offer.revision());
  }

  private void download(Offer offer, int before, String path) throws Unavailable {
    files.folders(SNAPS);
    boolean tried = offer.delta().isPresent();
    if (new DeltaDownload(machine, setup, files, link).get(offer, before, path)) {
      return;
    }
    if (tried && setup.has(Departure.DELTA_ONLY) && !data.tree().exists(path)) {
      throw new Unavailable("the delta does not lead to what is offered");
    }
    new Download(machine, setup, files, link).get(offer.whole(), path);
  }

  /** validate-snap: hash and size of the blob on the disk against the signed statement about it (spec 2.7). */
  private void validate(Offer offer, String path, int before) throws Unavailable, Refusal {
    step();
    byte[] blob = data.tree().content(path).bytes().orElse(new byte[0]);
    boolean careless = setup.has(Departure.NO_DIGEST_CHECK) || setup.has(Departure.SIZE_ONLY)
        || setup.has(Departure.ANNOUNCED_LENGTH)
        || setup.has(Departure.DELTA_TRUSTED) || setup.has(Departure.DELTA_KEPT)
        || setup.has(Departure.RESUMED_IS_TRUSTED) || setup.has(Departure.TRUSTS_THE_ANSWER);
    if (careless) {
      return;
    }
    Optional<Assertion> statement = Known.revision(known, SnapRevision.headerDigest(blob));
    boolean ours = setup.has(Departure.NO_CROSS_CHECK) || names(statement, "snap-id", Eras.SNAP);
    boolean fits = ours && names(statement, "snap-revision", Integer.toString(offer.revision()));
    if (!fits) {
      if (current() != before) {
        relink(before);
      }
      files.remove("D7", path);
      throw new Unavailable("no statement fits what was downloaded");
    }
  }

  private static boolean names(Optional<Assertion> statement, String header, String value) {
    return statement.flatMap(found -> found.text(header)).filter(value::equals).isPresent();
  }

  void relink(int revision) {
    if (current() != revision) {
      files.link("L1", "snaps/app_" + revision + ".snap", CURRENT);
      data.fsyncDirectory("/");
      files.point("L2", "syncs the folder of", CURRENT);
      step();
    }
  }

  /** Keeps the revision before, for going back. */
  private void tidy(int before, int now) {
    for (String name : data.tree().names(SNAPS)) {
      int revision = Report.revision(name);
      boolean kept = setup.has(Departure.DELTA_KEPT) && name.equals(DeltaDownload.ONE_FOR_ALL);
      if (!kept && (revision != before && revision != now || name.endsWith(".partial"))) {
        files.remove("L3", SNAPS + "/" + name);
      }
    }
  }

  /** Reports durably; only a change is written. */
  Report say(Report report) {
    Report before = Report.read(data.tree().content(REPORT));
    if (!report.equals(before)) {
      files.atomic("R1", REPORT, report.content(), true);
      step();
    }
    return report;
  }

  private void step() {
    link.moment(false);
  }

  /** Whether the client goes back from what runs, because it knows better now. */
  boolean goesBack(int running) {
    return setup.whenRevoked() == DownloadSetup.WhenRevoked.GO_BACK && running > 1
        && !setup.has(Departure.IGNORES_REVOCATION) && Known.revoked(known, running)
        && data.tree().exists(SNAPS + "/app_" + (running - 1) + ".snap");
  }

  void goBack(int running) {
    relink(running - 1);
    say(new Report(running - 1, "failed", "revision " + running + " is revoked"));
  }
}
