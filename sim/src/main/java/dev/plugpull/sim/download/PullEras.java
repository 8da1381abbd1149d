package dev.plugpull.sim.download;

import dev.plugpull.sim.download.DownloadSetup.Deltas;
import dev.plugpull.sim.download.World.Keys;
import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.ostree.OstreeEntry;
import dev.plugpull.sim.store.ostree.OstreePull;
import dev.plugpull.sim.store.ostree.OstreeRepository;
import dev.plugpull.sim.store.ostree.OstreeSigner;
import dev.plugpull.sim.store.ostree.OstreeTrust;
import dev.plugpull.sim.store.snap.StoreKeys;
import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.PgpKeyRing;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** The OSTree repository at each time that a history can reach. One for all explorations: it never changes. */
final class PullEras {

  static final String REF = "app";
  private static final String OURS = "/app/";
  private static final String MIXED = "/mixed/";
  private static final int BITS = 1024;
  private static final Duration YEARS = Duration.between(StoreKeys.BEGIN, SnapEras.NOW.plus(Duration.ofDays(730)));
  private static final Duration ENDED = Duration.ofDays(60);
  private static final PgpKey FIRST = key(31, YEARS);
  private static final PgpKey FIRST_ENDED = key(31, ENDED);
  private static final PgpKey SECOND = key(32, YEARS);

  /** A commit and all objects that it consists of, by path. */
  private record Published(String commit, SortedMap<String, byte[]> objects) {}

  private record Era(int published, Keys keys, Deltas deltas) {}

  private static final Map<Era, HostileStore> STORES = new ConcurrentHashMap<>();
  private static final Map<Keys, PgpKeyRing> RINGS = new ConcurrentHashMap<>();
  /** What is published in all, object by object. */
  private static final OstreeRepository ALL = repository(REF, new Era(SnapEras.LAST, Keys.GOOD, Deltas.NONE));
  private static final List<Published> PUBLISHED = published();

  private PullEras() {}

  private static PgpKey key(int seed, Duration lasts) {
    return PgpKey.generate("a store <store@example.org>", BITS, StoreKeys.BEGIN, lasts, new SeededRandom(seed));
  }

  private static OstreeEntry.Folder tree(String ref, int revision) {
    return OstreeEntry.Folder.empty().with("app",
        (ref + " has much that is the same in every revision, and little that is not: ").repeat(2) + revision);
  }

  private static OstreeRepository repository(String ref, Era era) {
    OstreeSigner signer = OstreeSigner.of(
        era.keys() == Keys.ROTATED || era.keys() == Keys.REPLACED ? SECOND : FIRST);
    OstreeRepository repository = new OstreeRepository();
    List<String> commits = new ArrayList<>();
    for (int revision = 1; revision <= era.published(); revision++) {
      commits.add(repository.commit(ref, tree(ref, revision), List.of(), Integer.toString(revision), time(revision),
          signer));
    }
    try {
      for (int older = 0; older < commits.size() - 1 && era.deltas() != Deltas.NONE; older++) {
        repository.delta(commits.get(older), commits.getLast(), time(era.published()));
      }
    } catch (TrustException e) {
      throw new IllegalStateException("cannot make the store's deltas: " + e.getMessage(), e);
    }
    repository.summarise(List.of(), time(era.published()), signer);
    return repository;
  }

  private static Instant time(int revision) {
    return StoreKeys.BEGIN.plus(Duration.ofDays(revision));
  }

  /** The repository of this moment, with everybody who may sit in between. */
  static HostileStore store(World world, Deltas deltas) {
    return STORES.computeIfAbsent(new Era(world.published(), world.keys(), deltas), era -> new HostileStore(face(era),
        new HostileStore.Knowledge(face(new Era(Math.max(1, era.published() - 1), Keys.GOOD, deltas)),
            face(new Era(Math.max(1, era.published() - 2), Keys.GOOD, deltas)),
            request -> request.about(OURS, MIXED))));
  }

  static StoreRequest request(String path) {
    return StoreRequest.get(OURS + path);
  }

  private static StoreFace face(Era era) {
    OstreeRepository ours = repository(REF, era);
    OstreeRepository other = repository("other", era);
    StoreFace served = new FileFace(path -> path.startsWith(OURS.substring(1))
        ? ours.file(path.substring(OURS.length() - 1))
        : counterpart(other, path.substring(MIXED.length() - 1)));
    return request -> {
      StoreAnswer answer = served.answer(request);
      boolean stale = era.deltas() == Deltas.UNFIT && request.target().matches(".*/deltas/.*/[0-9]+");
      return stale && answer.status() == 200 ? answer.withBody(staleGeneration(answer.body())) : answer;
    };
  }

  /** A file of the same kind that another product has. */
  private static Optional<byte[]> counterpart(OstreeRepository other, String path) {
    int end = path.lastIndexOf(path.startsWith("objects/") ? '.' : '/');
    String kind = path.substring(Math.max(0, end));
    return other.files().entrySet().stream().filter(file -> file.getKey().endsWith(kind)).map(Map.Entry::getValue)
        .findFirst();
  }

  /** What a mirror keeps of an earlier generation of the same delta: not what the superblock lists. */
  private static byte[] staleGeneration(byte[] part) {
    byte[] other = part.clone();
    other[other.length - 1] ^= 1;
    return other;
  }

  // ---- what an observer knows ----

  /** From revision 1 on. */
  private static List<Published> published() {
    List<Published> all = new ArrayList<>();
    String checksum = ALL.head(REF).orElseThrow();
    while (!checksum.isEmpty()) {
      try {
        OstreePull.Pulled stored = OstreePull.stored(checksum, ALL::file);
        all.addFirst(new Published(checksum, stored.objects()));
        checksum = stored.commit().parent();
      } catch (TrustException e) {
        throw new IllegalStateException("cannot read what was published: " + e.getMessage(), e);
      }
    }
    return all;
  }

  static String commit(int revision) {
    return PUBLISHED.get(revision - 1).commit();
  }

  /** All objects that a revision consists of, by path. */
  static SortedMap<String, byte[]> objects(int revision) {
    return PUBLISHED.get(revision - 1).objects();
  }

  /** The revision that a commit is; 0 if nobody published it. */
  static int revision(String checksum) {
    return 1 + PUBLISHED.stream().map(Published::commit).toList().indexOf(checksum);
  }

  // ---- what a device trusts ----

  /** The keys of the remote as they stand on the device: what became of them was told to it by other ways. */
  static OstreeTrust trust(Keys keys, boolean checked, boolean newerOnly) {
    return new OstreeTrust(Optional.of(RINGS.computeIfAbsent(keys, PullEras::ring)), Optional.empty(), checked, checked,
        newerOnly);
  }

  private static PgpKeyRing ring(Keys keys) {
    ByteArrayOutputStream ring = new ByteArrayOutputStream();
    ring.writeBytes(switch (keys) {
      case GOOD, ROTATED -> FIRST.exported();
      case REVOKED -> FIRST.revoked(StoreKeys.BEGIN).exported();
      case EXPIRED, REPLACED -> FIRST_ENDED.exported();
    });
    if (keys == Keys.ROTATED || keys == Keys.REPLACED) {
      ring.writeBytes(SECOND.exported());
    }
    try {
      return PgpKeyRing.read(ring.toByteArray());
    } catch (TrustException e) {
      throw new IllegalStateException("cannot read own keys: " + e.getMessage(), e);
    }
  }
}
