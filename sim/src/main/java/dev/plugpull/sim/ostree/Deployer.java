package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ostree.Sysroot.Deployment;

/** Checkout of a commit and the merge of {@code /etc}: S1 to S3 and S9, S10 of the specification. */
final class Deployer {
  private final Machine machine;
  private final LiveVolume root;

  Deployer(Machine machine) {
    this.machine = machine;
    this.root = machine.root();
  }

  static Content origin(boolean pinned) {
    return Content.text("[origin]\nrefspec=os\n" + (pinned ? "[libostree-transient]\npinned=true\n" : ""));
  }

  static boolean pinned(LiveVolume root, Deployment deployment) {
    Content origin = root.tree().content(deployment.origin());
    return origin != null && origin.text().orElse("").contains("pinned=true");
  }

  static Content composefs(int release) {
    return Content.opaque("composefs image of " + release, 8192);
  }

  /** A name for a new deployment of a release: the next serial where one is in the boot list already. */
  Deployment fresh(int release, Sysroot now) {
    Deployment there = now.of(release);
    int serial = there == null ? 0 : 1 - there.serial();
    return new Deployment(release, serial, machine.setup.bootChecksum(release));
  }

  /** Makes the deployment's tree with the release's own {@code /etc}. */
  void checkout(Deployment deployment) {
    machine.actor("ostree deploy");
    int release = deployment.release();
    Writes.removeTree(root, deployment.path());
    root.mkdir(deployment.path());
    root.link(Repository.usr(release), deployment.path() + "/usr");
    if (machine.setup.board().composefs()) {
      Writes.plain(root, deployment.path() + "/.ostree.cfs", composefs(release));
    }
    machine.point("S1", "checks the tree out by hard links");
    Writes.plain(root, deployment.path() + "/etc", Etc.of(release).content());
    machine.point("S2", "copies /usr/etc to /etc");
    Writes.replace(root, deployment.origin(), origin(false));
    machine.point("S3", "writes the origin file");
  }

  /** Carries the changes of the merge deployment's {@code /etc} over. */
  void mergeEtc(Deployment from, Deployment to) {
    int release = to.release();
    Etc old = Etc.read(root.tree().content(from.path() + "/etc"));
    if (old == null) {
      throw new SysrootError("cannot merge /etc: that of " + from.folder() + " cannot be read");
    }
    if (machine.setup.has(Circumstance.FILE_VANISHES)) {
      machine.step("a daemon removes /etc/state.tmp, which the merge has listed");
      if (machine.setup.has(Departure.ETC_MERGE_ABORTS)) {
        throw new SysrootError("cannot merge /etc: state.tmp: no such file or directory");
      }
    }
    Etc merged = old.mergedOnto(Etc.of(from.release()), Etc.of(release));
    Writes.replace(root, to.path() + "/etc", merged.content());
    machine.point("S9", "merges the changes of /etc");
    Writes.replace(root, to.origin(), origin(false));
    machine.point("S10", "rewrites the origin and seals the deployment");
  }

  /** A person or program changes a file of the running system's {@code /etc}, and waits until it is durable. */
  void edit(Deployment running, String file, String value) {
    String path = running.path() + "/etc";
    Etc now = Etc.read(root.tree().content(path));
    if (now == null) {
      return;
    }
    Writes.replaceSynced(machine, "edit", root, path, now.edited(file, value).content());
    root.fsyncDirectory(running.path());
    machine.world(machine.world().withEdit());
    machine.point("edit.told", "the edit of /etc is acknowledged");
  }
}
