package dev.plugpull.sim.flatpak;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import java.util.List;

/** {@code flatpak update}, write by write (flatpak-docker.md A2). */
final class Installation {
  private final FlatpakSetup setup;
  private final PoweredOn<FlatpakWorld, Seen> machine;
  private final LiveVolume volume;
  private final FileCalls files;
  /** Version of the application that was started before the update and goes on; 0 if none. */
  private final int inUse;

  Installation(FlatpakSetup setup, PoweredOn<FlatpakWorld, Seen> machine, int inUse) {
    this.setup = setup;
    this.machine = machine;
    this.volume = machine.volume(0);
    this.files = new FileCalls(machine, volume);
    this.inUse = inUse;
  }

  /**
   * The runtime, then the application that needs it; each is committed for itself.
   *
   * @return why it failed; empty if the exit code is 0
   */
  String update(int wanted) {
    try {
      cleanUp();
      boolean changed = update(Ref.RUNTIME, wanted);
      changed |= update(Ref.APP, wanted);
      if (changed) {
        prune(wanted);
      }
      return "";
    } catch (NoSpaceException full) {
      machine.step("fails: " + full.getMessage());
      return "no space left";
    }
  }

  /** What was in use when it was undeployed goes with a later operation. */
  private void cleanUp() {
    for (String name : volume.tree().names("/removed")) {
      if (!name.equals(Ref.APP.name() + "-" + inUse)) {
        files.removeTree("F7.later", "/removed/" + name);
      }
    }
  }

  private boolean update(Ref ref, int version) {
    int old = ref.activeVersion(volume.tree());
    if (old == version) {
      if (setup.has(FlatpakSetup.Departure.EXPORTS_AGAIN)) {
        export(ref, version);
      }
      return false;
    }
    pull(ref, version);
    boolean there = volume.tree().exists(ref.deployment(version));
    if (there && !setup.has(FlatpakSetup.Departure.ADOPTS_DEPLOYMENTS)) {
      machine.step("finds version " + version + " of " + ref.name() + " installed already: no change");
      return false;
    }
    if (!there) {
      checkOut(ref, version);
    }
    if (setup.has(FlatpakSetup.Departure.UNDEPLOYED_FIRST)) {
      undeploy(ref, old);
      activate(ref, version);
    } else {
      activate(ref, version);
      undeploy(ref, old);
    }
    export(ref, version);
    return true;
  }

  private void pull(Ref ref, int version) {
    String object = ref.object(version);
    if (!volume.tree().exists(object)) {
      String temporary = object + FileCalls.TEMPORARY;
      files.remove("F1.again", temporary);
      files.plain("F1.object", temporary, ref.content(version));
      volume.sync();
      files.point("F1.synced", "syncs", temporary);
      volume.rename(temporary, object);
      files.point("F1.stored", "stores", object);
    }
    if (!Ref.pointer(version).equals(volume.tree().content(ref.remote()))) {
      files.atomic("F1", ref.remote(), Ref.pointer(version), false);
    }
  }

  private void checkOut(Ref ref, int version) {
    String temporary = ref.deployment(version) + FileCalls.TEMPORARY;
    files.removeTree("F2.again", temporary);
    try {
      volume.mkdir(temporary);
      files.point("F2", "makes", temporary);
      volume.link(ref.object(version), temporary + "/files");
      files.point("F3.files", "links the files into", temporary);
      files.plain("F3", temporary + "/deploy", ref.record(version));
    } catch (NoSpaceException full) {
      files.removeTree("F2.failed", temporary);
      throw full;
    }
    if (!setup.has(FlatpakSetup.Departure.CHECKOUT_UNSYNCED)) {
      volume.sync();
      files.point("F4", "syncs the file system of", temporary);
    }
    volume.rename(temporary, ref.deployment(version));
    files.point("F5", "names the checkout", ref.deployment(version));
  }

  private void activate(Ref ref, int version) {
    files.link("F6", Integer.toString(version), ref.active());
    files.atomic("F6.ref", ref.deployed(), Ref.pointer(version), false);
  }

  private void undeploy(Ref ref, int version) {
    if (!volume.tree().exists(ref.deployment(version))) {
      return;
    }
    volume.rename(ref.deployment(version), ref.removed(version));
    files.point("F7.moved", "moves away", ref.deployment(version));
    boolean locked = ref.equals(Ref.APP) && version == inUse && !setup.has(FlatpakSetup.Departure.LOCK_IGNORED);
    if (!locked) {
      files.removeTree("F7", ref.removed(version));
    }
    if (ref.equals(Ref.APP) && version == inUse && !ref.whole(volume.tree(), ref.removed(version), version)) {
      machine.violation("ATOM", "the running application lost files beneath it");
    }
  }

  private void export(Ref ref, int version) {
    if (!ref.kind().equals("app")) {
      return;
    }
    String entry = ref.menuEntry(version);
    if (!volume.tree().exists(entry)) {
      files.link("F8", "../app/" + ref.name() + "/active/export", entry);
    }
    for (String name : volume.tree().names("/exports")) {
      boolean dangling = name.startsWith(ref.name() + "-") && !("/exports/" + name).equals(entry);
      if (dangling) {
        files.remove("F8.dangling", "/exports/" + name);
      }
    }
  }

  /** Objects that neither a reference nor a deployment needs. */
  private void prune(int version) {
    if (setup.has(FlatpakSetup.Departure.OTHERS_UNDEPLOYED)) {
      files.removeTree("F9.others", Ref.OTHER.deployment(FlatpakDevice.OLD));
    }
    for (Ref ref : List.of(Ref.RUNTIME, Ref.APP)) {
      Tree tree = volume.tree();
      for (String name : tree.names("/repo/objects")) {
        boolean needed = name.equals(ref.name() + "-" + version) || name.equals(ref.name() + "-" + ref.starts(tree));
        if (name.startsWith(ref.name() + "-") && !needed) {
          files.remove("F9", "/repo/objects/" + name);
        }
      }
    }
  }
}
