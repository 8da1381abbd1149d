package dev.plugpull.sim.download;

import dev.plugpull.sim.download.DownloadSetup.Deltas;
import dev.plugpull.sim.download.World.Keys;
import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.hostile.StoreFault;
import dev.plugpull.sim.store.snap.Channel;
import dev.plugpull.sim.store.snap.Snap;
import dev.plugpull.sim.store.snap.SnapApi;
import dev.plugpull.sim.store.snap.SnapRevision;
import dev.plugpull.sim.store.snap.SnapStore;
import dev.plugpull.sim.store.snap.StoreKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The snap store at each time that a history can reach. One for all explorations: it never changes. */
final class SnapEras {

  static final String SNAP = "appappappappappappappappappapp01";
  static final String OTHER = "othotherotherotherotherotherothe";
  /** When the device's image was made: its clock cannot be right before. */
  static final Instant IMAGE = StoreKeys.BEGIN.plus(Duration.ofDays(50));
  /** The true time of every update but the one a year later. */
  static final Instant NOW = StoreKeys.BEGIN.plus(Duration.ofDays(100));
  static final int LAST = 4;
  private static final long SEED = 20;
  private static final Instant KEY_END = StoreKeys.BEGIN.plus(Duration.ofDays(60));
  private static final Channel STABLE = Channel.read("latest/stable").orElseThrow();
  private static final StoreKeys KEYS = keys();
  static final List<Assertion> TRUSTED = KEYS.trusted();

  private record Era(int published, Keys keys, int revoked, Deltas deltas) {}

  private static final Map<Era, HostileStore> STORES = new ConcurrentHashMap<>();

  private SnapEras() {}

  /** The first key ends two years later: after that only a clock that is ahead can be. */
  private static StoreKeys keys() {
    StoreKeys keys = new StoreKeys(SEED);
    keys.expireAt(NOW.plus(Duration.ofDays(730)));
    return keys;
  }

  /** The content of a revision of a snap: three pieces of eight bytes, of which two are in every revision. */
  static byte[] blob(String snapId, int revision) {
    return (snapId.substring(0, 5) + "-content-bytes-rev" + revision).getBytes(StandardCharsets.UTF_8);
  }

  /** The store of this moment, with everybody who may sit in between. */
  static HostileStore store(World world, Deltas deltas) {
    return STORES.computeIfAbsent(new Era(world.published(), world.keys(), world.revoked(), deltas), SnapEras::hostile);
  }

  private static HostileStore hostile(Era era) {
    return new HostileStore(face(era), new HostileStore.Knowledge(
        face(new Era(Math.max(1, era.published() - 1), Keys.GOOD, 0, era.deltas())),
        face(new Era(Math.max(1, era.published() - 2), Keys.GOOD, 0, era.deltas())), SnapEras::mixed));
  }

  /** The same request for the other snap. */
  private static StoreRequest mixed(StoreRequest request) {
    return request.about(SNAP, OTHER);
  }

  /** Answers are remembered: signing the same text again gives the same bytes. */
  private static StoreFace face(Era era) {
    SnapApi api = new SnapApi(signed(era), "");
    Map<String, StoreAnswer> known = new ConcurrentHashMap<>();
    return request -> known.computeIfAbsent(request.method() + " " + request.target() + " " + request.headers() + " "
        + HexFormat.of().formatHex(request.body()), ignored -> api.answer(request));
  }

  private static SnapStore signed(Era era) {
    SnapStore store = new SnapStore(KEYS.copy()).account("acme", "Acme")
        .snap(Snap.of(SNAP, "app", "acme", "app")).snap(Snap.of(OTHER, "other", "acme", "app"));
    for (int revision = 1; revision <= era.published(); revision++) {
      for (String snap : List.of(SNAP, OTHER)) {
        store.upload(snap, revision(snap, revision, era.deltas())).release(snap, STABLE, revision, 100);
      }
    }
    if (era.revoked() > 0) {
      store.approve(SNAP, era.revoked(), true);
    }
    switch (era.keys()) {
      case GOOD -> { }
      case REVOKED -> store.suffer(new StoreFault.KeyRevoked(), KEY_END);
      case ROTATED -> store.suffer(new StoreFault.KeyRotated(), KEY_END);
      case EXPIRED -> store.suffer(new StoreFault.KeyExpired(), KEY_END);
      case REPLACED -> store.suffer(new StoreFault.OfflineForAYear(), KEY_END);
    }
    return store;
  }

  private static SnapRevision revision(String snap, int number, Deltas deltas) {
    SnapRevision whole = SnapRevision.of(number, blob(snap, number));
    byte[] end = whole.blob().clone();
    if (deltas == Deltas.UNFIT) {
      end[end.length - 1]++;
    }
    SnapRevision led = SnapRevision.of(number, end);
    for (int older = 1; older < number && deltas != Deltas.NONE; older++) {
      led = led.withDelta(SnapRevision.of(older, blob(snap, older)));
    }
    return new SnapRevision(number, whole.version(), whole.epoch(), whole.blob(), led.deltas());
  }

  /** What a device of the factory has accepted: everything about revision 1. */
  static List<Assertion> factory() {
    return signed(new Era(1, Keys.GOOD, 0, Deltas.NONE)).streamFor(SNAP, 1);
  }
}
