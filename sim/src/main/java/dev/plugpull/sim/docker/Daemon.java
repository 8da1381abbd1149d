package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** dockerd: containers, their volume and what it does when it starts (flatpak-docker.md B1, B3). */
final class Daemon {
  static final String VOLUME = "/volumes/cache";
  /** What the host itself runs from. */
  static final String BASE_SYSTEM = "/usr/base";
  private static final Content OPTIONS = Content.text("{\"options\":{}}\n");

  private final DockerSetup setup;
  private final PoweredOn<DockerWorld, Seen> machine;
  private final LiveVolume volume;
  private final FileCalls files;
  /** Folders of containers whose process runs. */
  private final SortedSet<String> running = new TreeSet<>();

  Daemon(DockerSetup setup, PoweredOn<DockerWorld, Seen> machine) {
    this.setup = setup;
    this.machine = machine;
    this.volume = machine.volume(0);
    this.files = new FileCalls(machine, volume);
  }

  /** Why the daemon does not start, empty if it does: it reads every record that it has. */
  static String refusal(Tree tree) {
    String layers = ImageStore.refusal(tree);
    if (!layers.isEmpty()) {
      return layers;
    }
    Content options = tree.content(VOLUME + "/opts.json");
    return options != null && !options.equals(OPTIONS) ? "the options of a volume are no JSON" : "";
  }

  SortedSet<String> running() {
    return running;
  }

  /** Removals go on, then policies say what is started. */
  void startUp() {
    new ImageStore(setup, machine).cleanUp();
    for (Container container : Container.all(volume.tree())) {
      if (container.dead()) {
        removeFolder("C3.later", container);
      } else if (RestartPolicy.of(volume.tree(), container).starts(container)) {
        start("C5.policy", container);
      }
    }
  }

  Optional<Container> named(String name) {
    return Container.named(volume.tree(), name);
  }

  boolean runs(Container container) {
    return running.contains(container.id());
  }

  /** Starts a process; that its record cannot be written is logged and nothing more. */
  void start(String point, Container container) {
    running.add(container.id());
    save(point, container.started());
    changeBase(container);
  }

  /** What runs in a container tries to change the system outside it. */
  private void changeBase(Container container) {
    if (setup.has(DockerSetup.Departure.HOST_WRITABLE)) {
      files.plain("base", BASE_SYSTEM, Content.text("changed by " + container.name() + "\n"));
    } else {
      machine.step(container.name() + " tries to write " + BASE_SYSTEM + ": no such file in its mount namespace");
    }
  }

  void stop(Container container) {
    running.remove(container.id());
    save("C2", container.stopped());
  }

  private void save(String point, Container container) {
    try {
      write(point, container);
    } catch (NoSpaceException full) {
      machine.step("cannot store the state of " + container.name() + ": " + full.getMessage());
    }
  }

  private void write(String point, Container container) {
    if (!container.config().equals(volume.tree().content(container.configPath()))) {
      files.atomic(point, container.configPath(), container.config(), false);
    }
  }

  /** @throws NoSpaceException if its record cannot be written; it then keeps its name */
  void rename(String point, Container container, String name) {
    write(point, container.renamed(name));
  }

  Container create(String point, int version) {
    useVolume();
    String id = freeId(point, Image.APP + "-" + version);
    Container created = Container.created(id, Image.APP, version);
    volume.mkdir(created.folder());
    try {
      files.atomic(point + ".config", created.configPath(), created.config(), false);
      files.atomic(point, created.hostPath(), setup.restart().hostConfig(), false);
    } catch (NoSpaceException full) {
      files.removeTree(point + ".failed", created.folder());
      throw full;
    }
    return created;
  }

  /** Real names are random and never meet again: a folder whose configuration cannot be read stands for any number. */
  private String freeId(String point, String prefix) {
    String id = prefix + "a";
    if (Container.read(volume.tree(), id).isPresent()) {
      id = prefix + "b";
    }
    files.removeTree(point + ".again", Container.FOLDER + "/" + id);
    return id;
  }

  /** Marked first, so that a removal that a cut ends goes on when the daemon starts again. */
  void remove(String point, Container container) {
    running.remove(container.id());
    save(point + ".dead", container.removing());
    removeFolder(point, container);
  }

  private void removeFolder(String point, Container container) {
    files.remove(point + ".hostconfig", container.hostPath());
    files.removeTree(point, container.folder());
  }

  private void useVolume() {
    if (!volume.tree().exists(VOLUME)) {
      volume.mkdir(VOLUME);
    }
    if (OPTIONS.equals(volume.tree().content(VOLUME + "/opts.json"))) {
      return;
    }
    if (setup.has(DockerSetup.Departure.VOLUME_OPTIONS_IN_PLACE)) {
      files.plain("V1", VOLUME + "/opts.json", OPTIONS);
    } else {
      files.atomic("V1", VOLUME + "/opts.json", OPTIONS, false);
    }
  }
}
