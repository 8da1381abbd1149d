package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.NoSpaceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * systemd's part in keeping snapd up (specification section 3.6 and row S8): the unit names a revision, and when that
 * one does not stay up, the failure handler starts the one before it.
 *
 * <p>A daemon that ends at once is started five times in ten seconds, then its unit has failed. One that neither ends
 * nor becomes ready is killed after ninety seconds and started again: never five times in ten seconds, so the unit
 * never fails, and the handler never runs.
 */
final class SnapdService {
  /** Each failure is followed by an undo at the latest on the second; more would repeat for ever. */
  private static final int MOST_FAILURES = 4;

  private static final Pattern SEQUENCE = Pattern.compile("\\{\"sequence\":\\[(.*)],\"current\":\"(\\d+)\"}");

  private final Machine machine;
  private final CoreSetup setup;
  private final Snapd snapd;
  private boolean released;
  private boolean handling;

  SnapdService(Machine machine, Running running) {
    this.machine = machine;
    this.setup = machine.setup;
    this.snapd = new Snapd(machine, running);
  }

  /** The revision that ran last, 0 if none did or if snapd is no snap of its own here. */
  int revision() {
    return snapd.revision;
  }

  /**
   * Runs snapd until it has nothing more to do, wants a reboot, or cannot be got up.
   *
   * @param newBoot false if the daemon was killed and nothing else
   */
  Snapd.End run(boolean newBoot) {
    if (!setup.has(Part.SNAPD)) {
      return snapd.run(newBoot);
    }
    if (handling) {
      // The handler waits for the daemon that it started, and gives up with it; its unit has no restart.
      return dead("snapd was killed while the failure handler waited for it");
    }
    for (snapd.failures = 0; snapd.failures <= MOST_FAILURES; ) {
      Snapd.End end;
      switch (start(snapd.units.service())) {
        case HANGS -> {
          return dead("snapd " + snapd.units.service() + " never becomes ready, and is started again for ever");
        }
        case CRASHES -> {
          snapd.failures++;
          end = failed();
        }
        default -> end = runs(snapd.units.service(), false);
      }
      if (end != Snapd.End.RESTART) {
        return end;
      }
    }
    return dead("snapd fails again and again");
  }

  private enum Start { STAYS, CRASHES, HANGS }

  private Start start(int revision) {
    machine.actor("systemd");
    machine.step("starts snapd " + revision, "");
    if (!mounted(revision)) {
      return Start.CRASHES;
    }
    return switch (setup.behaviour(Part.SNAPD, revision)) {
      case GOOD, UNHEALTHY -> Start.STAYS;
      case PANICS, UNLOADABLE -> Start.CRASHES;
      case HANGS -> setup.platform().hangingSnapdGivenUp() ? Start.CRASHES : Start.HANGS;
    };
  }

  private boolean mounted(int revision) {
    return revision > 0 && setup.mounted(machine.data().tree(), Part.SNAPD, revision);
  }

  private Snapd.End runs(int revision, boolean reverting) {
    snapd.revision = revision;
    snapd.reverting = reverting;
    boolean first = !released;
    released = true;
    return snapd.run(first);
  }

  /** S8: the revision before the current one becomes current, and its daemon is told that it is a revert. */
  private Snapd.End failed() {
    machine.actor("snap-failure");
    if (!mounted(snapd.units.failure())) {
      return dead("neither snapd nor its failure handler can be started");
    }
    int previous = previous();
    try {
      if (previous > 0) {
        Writes.atomicLink(machine, "S8", machine.data(), Integer.toString(previous), "/snap/snapd/current");
      }
    } catch (NoSpaceException e) {
      return dead("the failure handler cannot move the link: no space left on device");
    }
    int wanted = previous > 0 ? previous : snapd.units.service();
    if (start(wanted) != Start.STAYS) {
      return dead("the failure handler cannot start snapd " + wanted + " either");
    }
    handling = true;
    Snapd.End end = runs(wanted, true);
    handling = false;
    return end;
  }

  /** What the sequence file has before the current revision, 0 if nothing. */
  private int previous() {
    String text = machine.data().tree().content("/var/lib/snapd/sequence/snapd.json").text().orElse("");
    Matcher file = SEQUENCE.matcher(text);
    int before = 0;
    if (file.matches()) {
      for (String revision : file.group(1).split(", ")) {
        if (revision.equals(file.group(2))) {
          return before;
        }
        before = Integer.parseInt(revision);
      }
    }
    return 0;
  }

  private Snapd.End dead(String why) {
    machine.step(why, "");
    snapd.revision = 0;
    return Snapd.End.DEAD;
  }
}
