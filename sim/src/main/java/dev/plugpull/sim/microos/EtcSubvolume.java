package dev.plugpull.sim.microos;

import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The newer scheme: /etc is a subvolume nested in each snapshot. At the first boot what was changed in the old one
 * since is merged, with a reference copy as the common ancestor (micro-os.md section 4).
 */
final class EtcSubvolume implements Etc {
  private final Boot boot;

  EtcSubvolume(Boot boot) {
    this.boot = boot;
  }

  @Override
  public void create(int base, int next) {
    String path = Layout.etc(next);
    if (boot.tree().exists(path)) {
      boot.volume.rmdir(path);
      boot.point("M3.removed", "snapper removes the empty folder " + path);
    }
    boot.subvolumes().snapshot(Layout.etc(base), path);
    boot.point("M3.etc", "snapper makes a snapshot of /etc for " + next);
    if (boot.tree().exists(Layout.syncpoint(next))) {
      boot.volume.rmdir(Layout.syncpoint(next));
    }
    boot.subvolumes().snapshot(path, Layout.syncpoint(next));
    boot.point("M3.syncpoint", "snapper makes the reference copy of /etc for " + next);
    boot.files.plain("M3", Layout.syncpoint(next) + "/transactional-update.comparewith",
        new Numbered.CompareWith(base).content());
  }

  @Override
  public Content read(int snapshot, String file) {
    return boot.tree().content(place(snapshot, file));
  }

  @Override
  public void write(String point, int snapshot, String file, Content content) {
    boot.files.plain(point, place(snapshot, file), content);
  }

  @Override
  public String place(int snapshot, String file) {
    return Layout.etc(snapshot) + "/" + file;
  }

  @Override
  public boolean ready(int snapshot) {
    Tree tree = boot.tree();
    if (!Subvolumes.exists(tree, Layout.etc(snapshot))) {
      return false;
    }
    Content compare = tree.content(Layout.syncpoint(snapshot) + "/transactional-update.comparewith");
    if (!Subvolumes.exists(tree, Layout.syncpoint(snapshot))) {
      return true;
    }
    if (compare == null || !(compare.value() instanceof Numbered.CompareWith parent)
        || !Subvolumes.exists(tree, Layout.etc(parent.number()))) {
      return false;
    }
    merge(snapshot, parent.number());
    boot.files.remove("S2", Layout.syncpoint(snapshot) + "/transactional-update.comparewith");
    for (String name : boot.tree().names(Layout.syncpoint(snapshot))) {
      boot.files.remove("S2", Layout.syncpoint(snapshot) + "/" + name);
    }
    boot.subvolumes().deleteSubvolume(Layout.syncpoint(snapshot));
    boot.point("S3", "the reference copy of /etc is removed");
    return true;
  }

  /** Changed or added in the old /etc and not touched in the new one: copied; deleted there: deleted here. */
  private void merge(int snapshot, int parent) {
    TreeSet<String> names = new TreeSet<>(boot.tree().names(Layout.syncpoint(snapshot)));
    names.addAll(boot.tree().names(Layout.etc(parent)));
    names.remove("etc.syncpoint");
    names.remove("transactional-update.comparewith");
    for (String name : names) {
      Content reference = boot.tree().content(Layout.syncpoint(snapshot) + "/" + name);
      Content old = boot.tree().content(Layout.etc(parent) + "/" + name);
      Content now = boot.tree().content(Layout.etc(snapshot) + "/" + name);
      if (Objects.equals(reference, old) || !Objects.equals(reference, now)) {
        continue;
      }
      String path = Layout.etc(snapshot) + "/" + name;
      if (old == null) {
        boot.files.remove("S1", path);
      } else if (boot.setup.has(MicroOsSetup.Departure.ETC_MERGED_BY_RENAME)) {
        boot.files.atomic("S1", path, old, true);
      } else {
        boot.files.plain("S1", path, old);
      }
    }
  }

  @Override
  public void cleanUp() {
    // Each /etc goes with its snapshot.
  }

  @Override
  public void deleting(int snapshot) {
    for (String path : new String[] {Layout.syncpoint(snapshot), Layout.etc(snapshot)}) {
      if (Subvolumes.exists(boot.tree(), path)) {
        boot.subvolumes().deleteSubvolume(path);
        boot.point("C2", "snapper deletes subvolume " + path);
      }
    }
  }
}
