package dev.plugpull.sim.download;

import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Takes snaps: asks, learns, downloads, checks, links. */
final class SnapClient extends Updater {

  static final String SNAPS = "/snaps";
  private static final String BLOCKED = "/blocked";

  private AssertionDatabase known;

  SnapClient(PoweredOn<World, Ran> machine, DownloadSetup setup) {
    super(machine, setup);
    this.known = Known.load(data.tree());
  }

  /** What a device of the factory has: revision 1 and what vouches for it. */
  static void factory(LiveVolume data) {
    data.mkdir(SNAPS);
    data.create(SNAPS + "/app_1.snap");
    data.write(SNAPS + "/app_1.snap", Content.of(SnapEras.blob(SnapEras.SNAP, 1)));
    data.symlink("snaps/app_1.snap", CURRENT);
    data.mkdir(Known.FOLDER);
    for (Assertion assertion : SnapEras.factory()) {
      data.create(Known.path(assertion));
      data.write(Known.path(assertion), Known.content(assertion));
    }
  }

  /** What a volume's link names. */
  static int current(Tree tree) {
    return Report.revision(tree.target(CURRENT));
  }

  @Override
  int current() {
    return current(data.tree());
  }

  @Override
  Ran runs() {
    int revision = current();
    Content content = data.tree().content(SNAPS + "/app_" + revision + ".snap");
    byte[] bytes = content == null ? new byte[0] : content.bytes().orElse(new byte[0]);
    boolean genuine = Arrays.equals(bytes, SnapEras.blob(SnapEras.SNAP, Math.max(1, revision)));
    boolean vouched = names(Known.revision(known, SnapRevision.headerDigest(bytes)), "snap-id", SnapEras.SNAP);
    if (genuine && !vouched) {
      machine.violation("INTEG", "runs content for which no signed statement was accepted");
    }
    return new Ran(content == null ? 0 : revision, genuine, "", "", true);
  }

  @Override
  boolean knowsRevoked(int revision) {
    return Known.revoked(known, revision);
  }

  @Override
  Report attempt(Report before) throws Unavailable, Refusal {
    Optional<Offer> offer = Offer.read(link.fetch(request()));
    if (offer.isEmpty()) {
      // Statements about what runs may have changed all the same.
      learn(SnapEras.SNAP, current());
      return nothingNew(before);
    }
    Offer found = offer.get();
    if (setup.has(Departure.BLOCKS_AFTER_FAILURE) && data.tree().exists(BLOCKED + found.revision())) {
      return new Report(current(), "none", before.why());
    }
    if (!found.snapId().equals(SnapEras.SNAP) && !setup.has(Departure.NO_CROSS_CHECK)) {
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

  private StoreRequest request() {
    StoreRequest request = StoreRequest.post("/v2/snaps/refresh", """
        {"context":[{"instance-key":"app","snap-id":"%s","revision":%d,"tracking-channel":"stable"}],\
        "actions":[{"action":"refresh","instance-key":"app","snap-id":"%s"}]}""".formatted(
        SnapEras.SNAP, current(), SnapEras.SNAP));
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
    Clock clock = new Clock.Believed(now());
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
      AssertionDatabase.restored(SnapEras.TRUSTED, List.of(), careful).check(assertion, clock);
    } catch (AssertionException e) {
      machine.violation("INTEG", "believes a statement although its key does not count: " + e.getMessage());
    }
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
    boolean ours = setup.has(Departure.NO_CROSS_CHECK) || names(statement, "snap-id", SnapEras.SNAP);
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

  private void relink(int revision) {
    relink("snaps/app_" + revision + ".snap");
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

  @Override
  boolean goesBack(int running) {
    return setup.whenRevoked() == DownloadSetup.WhenRevoked.GO_BACK && running > 1
        && !setup.has(Departure.IGNORES_REVOCATION) && Known.revoked(known, running)
        && data.tree().exists(SNAPS + "/app_" + (running - 1) + ".snap");
  }

  @Override
  void goBack(int running) {
    relink(running - 1);
    say(new Report(running - 1, "failed", "revision " + running + " is revoked"));
  }
}
