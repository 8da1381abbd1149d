package dev.plugpull.sim.download;

import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.download.World.Keys;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.store.ostree.OstreePull;
import dev.plugpull.sim.store.ostree.OstreeTrust;
import dev.plugpull.sim.store.trust.TrustException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pulls a ref, by a static delta if there is one, and runs its newest commit (spec ostree 2, steps 1 to 6).
 *
 * <p>What arrives stays in memory until the whole commit is there and checked; then its objects are staged, synced and
 * renamed. What a cut leaves in the staging folder belongs to a boot that is over and is thrown away.
 */
final class PullClient extends Updater {

  static final String REPO = "/repo";
  private static final String STAGING = REPO + "/staging";
  private static final String OBJECTS = REPO + "/objects";
  private static final String HEAD = REPO + "/refs-app";
  private static final String PARTIAL = REPO + "/commitpartial";
  private static final String COMMITS = "commits/";

  /** The store could not be asked in the middle of a pull. */
  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Unavailable why;

    Gone(Unavailable why) {
      super(why.getMessage(), null, false, false);
      this.why = why;
    }
  }

  /** What came in this boot, for the monitor. */
  private final TreeMap<String, byte[]> came = new TreeMap<>();
  private OstreeTrust careful;

  PullClient(PoweredOn<World, Ran> machine, DownloadSetup setup) {
    super(machine, setup);
  }

  /** What a device of the factory has: revision 1. */
  static void factory(LiveVolume data) {
    data.mkdir(REPO);
    data.mkdir(OBJECTS);
    PullEras.objects(1).forEach((path, bytes) -> {
      data.create(stored(path));
      data.write(stored(path), Content.of(bytes));
    });
    data.symlink(COMMITS + PullEras.commit(1), CURRENT);
  }

  private static String stored(String path) {
    return OBJECTS + "/" + name(path);
  }

  private static String name(String path) {
    return path.substring("objects/".length()).replace("/", "");
  }

  /** What a volume's link names. */
  static int current(Tree tree) {
    return PullEras.revision(checksum(tree));
  }

  private static String checksum(Tree tree) {
    String target = tree.target(CURRENT);
    return target == null ? "" : target.substring(COMMITS.length());
  }

  @Override
  int current() {
    return current(data.tree());
  }

  @Override
  Ran runs() {
    int revision = current();
    boolean genuine = revision > 0 && PullEras.objects(revision).entrySet().stream()
        .allMatch(object -> Arrays.equals(local(object.getKey()).orElse(null), object.getValue()));
    return new Ran(revision, genuine, "", "", true);
  }

  /** Nobody takes a commit back: a later one is published. */
  @Override
  boolean knowsRevoked(int revision) {
    return false;
  }

  @Override
  boolean goesBack(int running) {
    return false;
  }

  @Override
  void goBack(int running) {
    throw new IllegalStateException("cannot go back: nobody takes a commit back");
  }

  @Override
  Report attempt(Report before) throws Unavailable, Refusal {
    if (setup.has(Departure.RESUMED_IS_TRUSTED)) {
      publish();
    }
    files.removeTree("S0", STAGING);
    OstreePull.Pulled current;
    try {
      current = OstreePull.stored(checksum(data.tree()), this::local);
    } catch (TrustException e) {
      throw new Refusal(e.getMessage());
    }
    OstreeTrust trust = trust();
    OstreePull.Pulled pulled = pull(current, trust);
    if (pulled.commit().checksum().equals(current.commit().checksum())) {
      return nothingNew(before);
    }
    believed(current, trust);
    write(pulled);
    relink(COMMITS + pulled.commit().checksum());
    tidy(current, pulled);
    return new Report(current(), "done", "");
  }

  // ---- from the remote ----

  private OstreePull.Pulled pull(OstreePull.Pulled current, OstreeTrust trust) throws Unavailable, Refusal {
    try {
      OstreePull pull = new OstreePull(this::arrives, trust, now());
      if (setup.deltas() == DownloadSetup.Deltas.NONE) {
        return pull.pull(PullEras.REF, Optional.of(current.commit()));
      }
      try {
        return pull.pull(PullEras.REF, current);
      } catch (TrustException e) {
        boolean unfit = switch (e.defect()) {
          case FORMAT, LENGTH, DIGEST -> true;
          case UNSIGNED, UNKNOWN_KEY, REVOKED_KEY, EXPIRED, SIGNATURE, ROLLBACK, MISMATCH -> false;
        };
        if (!unfit || setup.has(Departure.DELTA_ONLY)) {
          throw e;
        }
        return pull.pull(PullEras.REF, Optional.of(current.commit()));
      }
    } catch (Gone gone) {
      throw gone.why;
    } catch (TrustException e) {
      throw refusal(e);
    }
  }

  /** Bytes that are not what they should be may be so next time; who signs does not change by asking again. */
  private static Refusal refusal(TrustException e) throws Unavailable {
    return switch (e.defect()) {
      case FORMAT, LENGTH, DIGEST, MISMATCH -> throw new Unavailable(e.getMessage());
      case UNSIGNED, UNKNOWN_KEY, REVOKED_KEY, EXPIRED, SIGNATURE, ROLLBACK -> new Refusal(e.getMessage());
    };
  }

  private OstreeTrust trust() {
    Keys keys = machine.remains().keys();
    careful = PullEras.trust(keys, true, !setup.has(Departure.TAKES_OLDER));
    boolean first = setup.has(Departure.FIRST_KEY_ONLY);
    if (setup.has(Departure.IGNORES_KEY_END)) {
      keys = keys == Keys.ROTATED || keys == Keys.REPLACED ? Keys.ROTATED : Keys.GOOD;
    }
    return PullEras.trust(first ? Keys.GOOD : keys, !setup.has(Departure.TRUSTS_THE_ANSWER),
        !setup.has(Departure.TAKES_OLDER));
  }

  /** An object that is here, by its name; whatever else comes from the remote. */
  private Optional<byte[]> arrives(String path) {
    Optional<byte[]> here = path.startsWith("objects/") && !path.endsWith(".commitmeta") ? local(path)
        : Optional.empty();
    if (here.isPresent()) {
      return here;
    }
    try {
      Optional<byte[]> found = link.find(PullEras.request(path));
      found.ifPresent(bytes -> came.put(path, bytes));
      step();
      return found;
    } catch (Unavailable e) {
      throw new Gone(e);
    }
  }

  private Optional<byte[]> local(String path) {
    Content content = data.tree().content(stored(path));
    return content == null ? Optional.empty() : content.bytes();
  }

  /** INTEG: what came is pulled once more by somebody who looks at all keys that the device holds. */
  private void believed(OstreePull.Pulled current, OstreeTrust trust) {
    if (trust.equals(careful)) {
      return;
    }
    try {
      new OstreePull(path -> Optional.ofNullable(came.get(path)).or(() -> local(path)), careful, now())
          .pull(PullEras.REF, Optional.of(current.commit()));
    } catch (TrustException e) {
      machine.violation("INTEG", "believes a commit although its signature does not count: " + e.getMessage());
    }
  }

  // ---- to the disk ----

  private void write(OstreePull.Pulled pulled) {
    String commit = "objects/" + pulled.commit().checksum() + ".commit";
    if (setup.has(Departure.PARTIAL_TAKEN) && data.tree().exists(stored(commit))) {
      return;
    }
    files.plain("S3", PARTIAL, Content.text(pulled.commit().checksum() + "\n"));
    data.mkdir(STAGING);
    for (Map.Entry<String, byte[]> object : pulled.objects().entrySet()) {
      if (!data.tree().exists(stored(object.getKey()))) {
        files.plain("S4", STAGING + "/" + name(object.getKey()), Content.of(object.getValue()));
        step();
      }
    }
    if (!setup.has(Departure.NOT_SYNCED)) {
      data.sync();
      files.point("S5.synced", "syncs the file system of", REPO);
    }
    publish();
    files.removeTree("S5.staging", STAGING);
    files.atomic("S5.ref", HEAD, Content.text(pulled.commit().checksum() + "\n"), false);
    files.remove("S6", PARTIAL);
  }

  /** Renames what is staged into the repository. */
  private void publish() {
    if (!data.tree().exists(STAGING)) {
      return;
    }
    for (String name : data.tree().names(STAGING)) {
      if (!data.tree().exists(OBJECTS + "/" + name)) {
        data.rename(STAGING + "/" + name, OBJECTS + "/" + name);
        files.point("S5.renamed", "renames into the repository", name);
        step();
      }
    }
    if (!setup.has(Departure.NOT_SYNCED)) {
      data.fsyncDirectory(OBJECTS);
      files.point("S5", "syncs the folder of", OBJECTS);
    }
  }

  /** Prunes: keeps the commit before. */
  private void tidy(OstreePull.Pulled before, OstreePull.Pulled now) {
    Set<String> kept = new TreeSet<>();
    for (SortedMap<String, byte[]> objects : List.of(before.objects(), now.objects())) {
      objects.keySet().forEach(path -> kept.add(name(path)));
    }
    for (String name : data.tree().names(OBJECTS)) {
      if (!kept.contains(name)) {
        files.remove("S7", OBJECTS + "/" + name);
      }
    }
  }
}
