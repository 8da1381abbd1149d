package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The older scheme: an overlay over the snapshot's /etc. Each snapshot has an upper directory under
 * {@code /var/lib/overlay} that outlives it; those of the snapshots before lie below.
 */
final class EtcOverlay implements Etc {
  /** Mount options of an overlay must fit into one page of memory. */
  private static final int PAGE_BYTES = 4096;

  private final Boot boot;

  EtcOverlay(Boot boot) {
    this.boot = boot;
  }

  private static String table(int snapshot) {
    return Layout.etc(snapshot) + "/fstab";
  }

  static Numbered.Layers layers(Tree tree, int snapshot) {
    Content content = tree.content(table(snapshot));
    return content != null && content.value() instanceof Numbered.Layers layers ? layers : null;
  }

  @Override
  public void create(int base, int next) throws UpdateFailed {
    if (!boot.setup.has(MicroOsSetup.Departure.STALE_OVERLAY_KEPT)) {
      boot.files.removeTree("M3.emptied", Layout.upper(next));
    }
    boot.files.folders(Layout.upper(next));
    boot.point("M3.upper", "transactional-update makes the folder " + Layout.upper(next));
    Numbered.Layers parent = layers(boot.tree(), base);
    List<Integer> lower = new ArrayList<>(List.of(base));
    if (base != boot.running || !merged(parent, next)) {
      lower.addAll(parent.lower());
    } else {
      lower.add(0);
    }
    Numbered.Layers layers = new Numbered.Layers(next, lower);
    boolean tooLong = layers.lowerOption().length() >= PAGE_BYTES;
    if (tooLong && !boot.setup.has(MicroOsSetup.Departure.MOUNT_OPTIONS_UNCHECKED)) {
      throw new UpdateFailed("too many layers of /etc: boot into the new snapshot first", false);
    }
    boot.files.plain("M3", table(next), layers.content());
  }

  /** Merges the layers below the parent's own into the new snapshot's /etc; false if that was not possible. */
  private boolean merged(Numbered.Layers parent, int next) {
    int previous = parent.lower().getFirst();
    if (previous == 0) {
      return true;
    }
    if (Layout.listed(boot.tree()).contains(previous)) {
      for (String file : List.of(USERS_FILE, PACKAGES_FILE)) {
        Content merged = read(previous, file);
        String path = Layout.etc(next) + "/" + file;
        if (merged != null && !merged.equals(boot.tree().content(path))) {
          boot.files.plain("M3.merge", path, merged);
        }
      }
      return true;
    }
    boot.machine.step("the snapshot " + previous + " is gone: its /etc cannot be merged");
    return boot.setup.has(MicroOsSetup.Departure.LAYERS_DROPPED_UNSYNCED);
  }

  @Override
  public Content read(int snapshot, String file) {
    return read(boot.tree(), snapshot, file);
  }

  static Content read(Tree tree, int snapshot, String file) {
    Numbered.Layers layers = layers(tree, snapshot);
    if (layers == null) {
      return null;
    }
    Content content = tree.content(Layout.upper(layers.upper()) + "/" + file);
    for (int layer : layers.lower()) {
      content = content != null ? content
          : tree.content((layer == 0 ? Layout.etc(snapshot) : Layout.upper(layer)) + "/" + file);
    }
    return content;
  }

  /** A copy-up: into the work folder, synced, renamed; then the write itself. */
  @Override
  public void write(String point, int snapshot, String file, Content content) {
    String path = place(snapshot, file);
    boot.files.folders(FileCalls.parent(path));
    Content before = read(snapshot, file);
    if (!boot.tree().exists(path) && before != null) {
      boot.files.atomic(point + ".copied", path, before, false);
    }
    boot.files.plain(point, path, content);
  }

  @Override
  public String place(int snapshot, String file) {
    return Layout.upper(snapshot) + "/" + file;
  }

  @Override
  public boolean ready(int snapshot) {
    Numbered.Layers layers = layers(boot.tree(), snapshot);
    if (layers == null || layers.lowerOption().length() >= PAGE_BYTES) {
      return false;
    }
    List<Integer> needed = new ArrayList<>(layers.lower());
    needed.add(layers.upper());
    for (int layer : needed) {
      if (layer != 0 && !boot.tree().exists(Layout.upper(layer))) {
        boot.files.folders(Layout.upper(layer));
        boot.point("S0", "the initramfs makes the missing folder " + Layout.upper(layer));
      }
    }
    return true;
  }

  @Override
  public void cleanUp() {
    if (boot.setup.has(MicroOsSetup.Departure.STALE_OVERLAY_KEPT)) {
      return;
    }
    TreeSet<Integer> needed = new TreeSet<>();
    for (int snapshot : Layout.listed(boot.tree())) {
      Numbered.Layers layers = layers(boot.tree(), snapshot);
      if (layers != null) {
        needed.add(layers.upper());
        needed.addAll(layers.lower());
      }
    }
    if (boot.setup.has(MicroOsSetup.Departure.OVERLAYS_DELETED_WHOLE)) {
      boot.files.removeTree("C5", Layout.OVERLAYS);
      return;
    }
    for (int overlay : Layout.numbers(boot.tree(), Layout.OVERLAYS)) {
      if (!needed.contains(overlay)) {
        boot.files.removeTree("C5", Layout.OVERLAYS + "/" + overlay);
      }
    }
  }

  @Override
  public void deleting(int snapshot) {
    // The upper directory stays until a clean-up finds that nobody needs it.
  }
}
