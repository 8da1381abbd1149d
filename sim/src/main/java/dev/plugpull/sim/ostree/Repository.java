package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The repository: pull and prune, with the numbers of section 2 of the specification.
 *
 * <p>A commit is two objects here: its metadata and the files of {@code /usr}. Both are checked against their names and
 * the signature against the keys before they enter; what is in {@code objects/} is trusted by name.
 */
final class Repository {
  static final String OBJECTS = Sysroot.REPO + "/objects";
  /** Ref of the remote: temporary file, fdatasync, rename. */
  static final String REMOTE_REF = Sysroot.REPO + "/refs/remote";
  /** Stands for {@code refs/heads/ostree/B/S/i}: the commits that deployments keep. */
  static final String DEPLOYED_REFS = Sysroot.REPO + "/refs/deployed";
  private static final String STAGING = Sysroot.REPO + "/tmp/staging";
  private static final String DELTA = Sysroot.REPO + "/tmp/delta";
  private static final int DELTA_PARTS = 3;
  private static final String ASSEMBLY = Sysroot.REPO + "/tmp/rpmostree";

  private final Machine machine;
  private final LiveVolume root;

  Repository(Machine machine) {
    this.machine = machine;
    this.root = machine.root();
  }

  static String commit(int release) {
    return OBJECTS + "/" + Versions.commit(release) + ".commit";
  }

  static String usr(int release) {
    return OBJECTS + "/" + Versions.commit(release) + ".usr";
  }

  static Content commitContent(int release) {
    return Content.opaque("commit of " + release, 600);
  }

  static Content refs(List<Deployment> deployments) {
    StringBuilder text = new StringBuilder();
    deployments.forEach(d -> text.append(Versions.commit(d.release())).append('\n'));
    return Content.text(text.toString());
  }

  private static String partial(int release) {
    return Sysroot.REPO + "/state/" + Versions.commit(release) + ".commitpartial";
  }

  /** True if the ref names the commit and nothing says that objects may be missing. */
  boolean has(int release) {
    return refersTo(release) && !root.tree().exists(partial(release)) && root.tree().exists(commit(release));
  }

  private boolean refersTo(int release) {
    Content ref = root.tree().content(REMOTE_REF);
    return ref != null && ref.text().orElse("").strip().equals(Versions.commit(release));
  }

  /** Fetches a commit. Objects that are there are not fetched again. */
  void pull(int release) {
    machine.actor("ostree pull");
    machine.step("verifies the signature of commit " + Versions.commit(release));
    Writes.plain(root, partial(release), Content.EMPTY);
    machine.point("P3", "notes that the commit is partial");
    if (machine.setup.has(Circumstance.STATIC_DELTA)) {
      staticDelta(release);
    }
    transaction("P", List.of(commit(release), usr(release)), release);
    reference(release);
    root.unlink(partial(release));
    machine.point("P6", "removes the note");
  }

  /** Superblock, which has the commit inside, then one part after the other; from them the objects are made. */
  private void staticDelta(int release) {
    Writes.removeTree(root, DELTA);
    Writes.folders(root, DELTA);
    Writes.plain(root, DELTA + "/superblock", Content.opaque("delta superblock of " + release, 700));
    machine.point("P4.delta", "fetches the superblock of a static delta and checks its signature");
    for (int part = 0; part < DELTA_PARTS; part++) {
      Writes.plain(root, DELTA + "/" + part, Content.opaque("delta part " + part + " of " + release, 8192));
      machine.point("P4.delta." + part, "fetches part " + part + " and checks it against its checksum");
    }
  }

  /** rpm-ostree: imports the package, assembles a tree by hard links, commits it. Always from scratch. */
  void layer(int base, int release) {
    machine.actor("rpm-ostree");
    String packages = OBJECTS + "/" + Versions.commit(release) + ".rpm";
    transaction("L1.", List.of(packages), release);
    Writes.removeTree(root, ASSEMBLY);
    Writes.folders(root, ASSEMBLY);
    root.link(usr(base), ASSEMBLY + "/base");
    root.link(packages, ASSEMBLY + "/package");
    machine.point("L2", "assembles a tree by hard links and runs the package's scripts in a sandbox");
    transaction("L3.", List.of(commit(release), usr(release)), release);
    reference(release);
    Writes.removeTree(root, ASSEMBLY);
    machine.point("L4", "removes the assembled tree");
  }

  private void transaction(String point, List<String> wanted, int release) {
    List<String> missing = wanted.stream().filter(object -> !root.tree().exists(object)).toList();
    Writes.removeTree(root, STAGING);
    if (missing.isEmpty()) {
      return;
    }
    root.mkdir(STAGING);
    for (String object : missing) {
      String nameless = root.temporary(STAGING);
      root.write(nameless, content(object, release));
      root.link(nameless, STAGING + object.substring(OBJECTS.length()));
    }
    machine.point(point + "4", "fetches objects into the staging folder of this boot");
    boolean syncs = !machine.setup.has(Departure.NO_FSYNC);
    if (syncs) {
      root.sync();
      machine.point(point + "5.sync", "syncs the file system");
    }
    for (String object : missing) {
      root.rename(STAGING + object.substring(OBJECTS.length()), object);
    }
    machine.point(point + "5.rename", "moves the objects to their names");
    if (syncs) {
      root.fsyncDirectory(OBJECTS);
      machine.point(point + "5.folders", "syncs the folders of objects");
    }
    Writes.removeTree(root, STAGING);
    Writes.removeTree(root, DELTA);
    machine.point(point + "5.tmp", "removes the staging folder");
  }

  private Content content(String object, int release) {
    if (object.endsWith(".commit")) {
      return commitContent(release);
    }
    return object.endsWith(".usr") ? machine.setup.usr(release) : Content.opaque("package of " + release, 8192);
  }

  private void reference(int release) {
    Content ref = Content.text(Versions.commit(release) + "\n");
    if (machine.setup.has(Departure.NO_FSYNC)) {
      Writes.replace(root, REMOTE_REF, ref);
      machine.point("P5.ref", "writes the ref");
    } else {
      Writes.replaceSynced(machine, "P5.ref", root, REMOTE_REF, ref);
    }
  }

  /** Removes the objects of every commit that no ref names. */
  void prune() {
    Set<String> kept = new LinkedHashSet<>();
    for (String ref : List.of(REMOTE_REF, DEPLOYED_REFS)) {
      Content content = root.tree().content(ref);
      kept.addAll(List.of((content == null ? "" : content.text().orElse("")).split("\n")));
    }
    List<String> gone = new ArrayList<>();
    for (String object : root.tree().names(OBJECTS)) {
      if (!kept.contains(object.substring(0, object.indexOf('.')))) {
        gone.add(object);
      }
    }
    if (!gone.isEmpty()) {
      gone.forEach(object -> root.unlink(OBJECTS + "/" + object));
      machine.point("B12.prune", "removes objects that no ref keeps");
    }
  }
}
