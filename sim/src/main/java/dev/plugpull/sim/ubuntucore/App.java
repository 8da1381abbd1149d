package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/**
 * An app on ubuntu-data: wrapper, alias, service and data (specification sections 3.3, 3.5 and 7.5). Its service starts
 * with every boot in which it is enabled, and brings the data of its revision to its own form, by P1.
 */
final class App {
  private static final int DATA_BYTES = 8192;
  private static final int UNIT_BYTES = 500;

  private final Machine machine;
  private final CoreSetup setup;
  private final Part part;

  App(Machine machine, Part part) {
    this.machine = machine;
    this.setup = machine.setup;
    this.part = part;
  }

  private LiveVolume data() {
    return machine.data();
  }

  static String wrapper(String name) {
    return "/snap/bin/" + name;
  }

  static String alias(String name) {
    return "/snap/bin/alias-of-" + name;
  }

  static String unit(String name) {
    return "snap." + name + ".service.service";
  }

  static Content unit(String name, int revision) {
    return Content.opaque("unit of " + name + " " + revision, UNIT_BYTES);
  }

  /** Data in the form of the revision that wrote it. */
  static Content data(String name, int writer) {
    return Content.opaque("data of " + name + " as " + writer + " has it", DATA_BYTES);
  }

  /** The revision in whose form some data is, 0 if it is none of this app, or not whole. */
  static int writer(String name, Content content) {
    for (int revision = Revisions.OLDEST; revision <= Revisions.NEXT; revision++) {
      if (data(name, revision).equals(content)) {
        return revision;
      }
    }
    return 0;
  }

  /**
   * The revision that is started with every boot and can be called by its name and its alias.
   *
   * @return 0 if there is none, or if its parts do not belong together
   */
  static int runs(CoreSetup setup, Tree tree, Part part) {
    String name = setup.name(part);
    String link = tree.target("/snap/" + name + "/current");
    int revision = link == null ? 0 : Integer.parseInt(link);
    boolean whole = revision > 0
        && link.equals(tree.target("/var/snap/" + name + "/current"))
        && setup.mounted(tree, part, revision)
        && unit(name, revision).equals(tree.content(SnapTasks.UNITS + "/" + unit(name)))
        && tree.exists(SnapTasks.WANTS + "/" + unit(name))
        && tree.exists(wrapper(name))
        && tree.exists(alias(name));
    return whole ? revision : 0;
  }

  /** systemd starts the service, if it is there, enabled, and its snap is mounted. */
  void start() {
    String name = setup.name(part);
    Tree tree = data().tree();
    String link = tree.target("/snap/" + name + "/current");
    boolean enabled = tree.exists(SnapTasks.WANTS + "/" + unit(name));
    if (link == null || !enabled || !tree.exists(SnapTasks.UNITS + "/" + unit(name))) {
      return;
    }
    int revision = Integer.parseInt(link);
    String path = "/var/snap/" + name + "/" + revision + "/data";
    boolean found = setup.mounted(tree, part, revision) && tree.exists(path);
    if (!found || data(name, revision).equals(tree.content(path))) {
      return;
    }
    machine.actor(name);
    try {
      Writes.atomic(machine, "A6.data", data(), path, data(name, revision));
    } catch (NoSpaceException e) {
      machine.step("leaves its data in the older form: no space left on device", "");
    }
    machine.actor("snapd");
  }

  /** L2: wrapper and service. */
  void link(String point, int revision) {
    String name = setup.name(part);
    Writes.folders(data(), "/snap/bin");
    if (!data().tree().exists(wrapper(name))) {
      data().symlink("/usr/bin/snap", wrapper(name));
      machine.point(point + ".wrapper", machine.tracing() ? "makes the wrapper of " + name : "");
    }
    String path = SnapTasks.UNITS + "/" + unit(name);
    Content wanted = unit(name, revision);
    if (!wanted.equals(data().tree().content(path))) {
      Writes.atomic(machine, point + ".service", data(), path, wanted);
    }
  }

  /** A3: what {@link #link} made goes, and with it what enables the service. */
  void unlink(String point) {
    String name = setup.name(part);
    Writes.remove(machine, point + ".wrapper", data(), wrapper(name));
    Writes.remove(machine, point + ".wants", data(), SnapTasks.WANTS + "/" + unit(name));
    Writes.remove(machine, point + ".service", data(), SnapTasks.UNITS + "/" + unit(name));
  }

  /** A2. */
  void removeAlias(String point) {
    Writes.remove(machine, point, data(), alias(setup.name(part)));
  }

  void makeAlias(String point) {
    String name = setup.name(part);
    if (!data().tree().exists(alias(name))) {
      Writes.folders(data(), "/snap/bin");
      data().symlink(name, alias(name));
      machine.point(point, machine.tracing() ? "makes the alias of " + name : "");
    }
  }

  /** A6. */
  void enable(String point) {
    String name = setup.name(part);
    if (!data().tree().exists(SnapTasks.WANTS + "/" + unit(name))) {
      data().symlink(SnapTasks.UNITS + "/" + unit(name), SnapTasks.WANTS + "/" + unit(name));
      machine.point(point, machine.tracing() ? "enables the service of " + name : "");
    }
    start();
  }
}
