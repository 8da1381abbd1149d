package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.Optional;

/** Who makes containers anew when a tag has moved, and goes back when the new one is unhealthy (C1 to C7). */
final class Orchestrator {
  static final String STATE = "/orchestrator.json";

  private final DockerSetup setup;
  private final PoweredOn<DockerWorld, Seen> machine;
  private final Daemon daemon;
  private final ImageStore images;
  private final FileCalls files;

  Orchestrator(DockerSetup setup, PoweredOn<DockerWorld, Seen> machine, Daemon daemon) {
    this.setup = setup;
    this.machine = machine;
    this.daemon = daemon;
    this.images = new ImageStore(setup, machine);
    this.files = new FileCalls(machine, machine.volume(0));
  }

  /** What the orchestrator remembers: the version that was healthy, and the one that was not; 0 if none was. */
  static Content state(int good, int failed) {
    return Content.text(good + " " + failed + "\n");
  }

  private int remembered(int word) {
    Tree tree = machine.volume(0).tree();
    Content content = tree.content(STATE);
    return Integer.parseInt(content.text().orElse("0 0").strip().split(" ")[word]);
  }

  /**
   * Pulls, replaces the container if it is of another version, looks at its health, goes back if that is bad.
   *
   * @return why the version does not run; empty if it does
   */
  String follow(int wanted) {
    if (remembered(1) == wanted) {
      settle(remembered(0));
      return "version " + wanted + " was unhealthy";
    }
    try {
      String failure = images.pull(Image.app(wanted));
      if (failure.isEmpty()) {
        return bring(wanted);
      }
      settle(remembered(0));
      return failure;
    } catch (NoSpaceException full) {
      machine.step("fails: " + full.getMessage());
      settle(remembered(0));
      return "no space left";
    }
  }

  private String bring(int wanted) {
    Container app = daemon.named(Image.APP).filter(it -> it.version() == wanted).orElse(null);
    if (app == null) {
      takeAway();
      if (setup.has(DockerSetup.Departure.OTHERS_REMOVED)) {
        daemon.named(Image.OTHER).ifPresent(other -> daemon.remove("C3.others", other));
      }
      app = daemon.create("C4", wanted);
    }
    if (!daemon.runs(app)) {
      daemon.start("C5", app);
    }
    if (remembered(0) != wanted && !healthy(wanted)) {
      machine.step("finds version " + wanted + " unhealthy");
      goBack(app);
      files.atomic("C6", STATE, state(remembered(0), wanted), false);
      return "version " + wanted + " was unhealthy";
    }
    remember(wanted);
    daemon.named(Container.BACKUP).ifPresent(old -> daemon.remove("C7", old));
    if (setup.pruned()) {
      images.prune(wanted);
    }
    return "";
  }

  /** A container whose files are damaged does not get as far as to answer. */
  private boolean healthy(int version) {
    boolean good = version != Image.NEW || setup.scenario().good();
    return setup.has(DockerSetup.Departure.UNHEALTHY_STAYS)
        || good && Image.app(version).whole(machine.volume(0).tree());
  }

  private void remember(int good) {
    if (!state(good, 0).equals(machine.volume(0).tree().content(STATE))) {
      files.atomic("C6", STATE, state(good, 0), false);
    }
  }

  /** C2 and C3: what stands under the application's name stops, and makes room. */
  private void takeAway() {
    Optional<Container> old = daemon.named(Image.APP);
    if (old.isEmpty()) {
      return;
    }
    daemon.stop(old.get());
    boolean toGoBackTo = old.get().version() == remembered(0);
    if (setup.replacement() == DockerSetup.Replacement.REMOVE || !toGoBackTo) {
      daemon.remove("C3b", old.get());
    } else {
      daemon.named(Container.BACKUP).ifPresent(older -> daemon.remove("C3a.older", older));
      daemon.rename("C3a", old.get().stopped(), Container.BACKUP);
    }
  }

  private void goBack(Container failed) {
    daemon.remove("C6.removed", failed);
    settle(remembered(0));
  }

  /** Sees to it that the healthy version runs; as far as a full disk lets it. */
  private void settle(int good) {
    try {
      Optional<Container> app = daemon.named(Image.APP);
      if (app.isPresent() && app.get().version() != good) {
        daemon.remove("C6.removed", app.get());
        app = Optional.empty();
      }
      Optional<Container> backup = daemon.named(Container.BACKUP);
      if (app.isEmpty() && backup.isPresent() && backup.get().version() == good) {
        daemon.rename("C6.renamed", backup.get(), Image.APP);
        app = daemon.named(Image.APP);
      }
      Container back = app.isPresent() ? app.get() : daemon.create("C6.created", good);
      if (!daemon.runs(back)) {
        daemon.start("C6.started", back);
      }
    } catch (NoSpaceException full) {
      machine.step("cannot go back: " + full.getMessage());
    }
  }
}
