package dev.plugpull.sim.download;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import java.time.Duration;
import java.time.Instant;

/** The update client of one boot, whatever store it has: asks, takes, reports. Dies with the boot. */
abstract class Updater {

  static final String CURRENT = "/current";
  static final String REPORT = "/report";
  private static final String NOTHING_NEW = "/nothing-new";
  private static final String LATEST_CLOCK = "/clock";

  final PoweredOn<World, Ran> machine;
  final DownloadSetup setup;
  final LiveVolume data;
  final FileCalls files;
  final Link link;

  Updater(PoweredOn<World, Ran> machine, DownloadSetup setup) {
    this.machine = machine;
    this.setup = setup;
    this.data = machine.volume(0);
    this.files = new FileCalls(machine, data);
    this.link = new Link(machine, setup);
  }

  /** The client of a boot of this device. */
  static Updater of(PoweredOn<World, Ran> machine, DownloadSetup setup) {
    return switch (setup.store()) {
      case SNAP -> new SnapClient(machine, setup);
      case OSTREE -> new PullClient(machine, setup);
    };
  }

  /** The revision that {@code /current} names; 0 if it names none. */
  abstract int current();

  /** What starts now, as an observer sees it who knows more than the device; he says what is wrong with it. */
  abstract Ran runs();

  /** Looks for something new and takes it. */
  abstract Report attempt(Report before) throws Unavailable, Refusal;

  /** Whether the device knows that a revision was taken back. */
  abstract boolean knowsRevoked(int revision);

  /** Whether the client goes back from what runs, because it knows better now. */
  abstract boolean goesBack(int running);

  abstract void goBack(int running);

  boolean inBounds() {
    return link.inBounds();
  }

  /** Looks for something new and takes it; returns what it did. */
  Report refresh() {
    try {
      Report before = Report.read(data.tree().content(REPORT));
      if (setup.has(Departure.ASKS_ONCE) && data.tree().exists(NOTHING_NEW)) {
        return say(new Report(current(), "none", before.why()));
      }
      return say(attempt(before));
    } catch (Unavailable e) {
      return say(new Report(current(), "waiting", e.getMessage()));
    } catch (Refusal e) {
      return say(new Report(current(), "failed", e.getMessage()));
    }
  }

  Report nothingNew(Report before) {
    if (setup.has(Departure.ASKS_ONCE) && before.state().equals("done")) {
      files.plain("U1", NOTHING_NEW, Content.text("asked\n"));
    }
    boolean wentBack = before.state().equals("failed") && before.current() == current();
    return wentBack ? before : new Report(current(), current() > 1 ? "done" : "none", "");
  }

  /** What the client believes about the time. The image cannot be from the future, so it is the earliest moment. */
  Instant now() {
    Instant shown = switch (machine.remains().clock()) {
      case RIGHT -> SnapEras.NOW;
      case A_YEAR_LATER -> SnapEras.NOW.plus(Duration.ofDays(365));
      case BACK -> SnapEras.NOW.minus(Duration.ofDays(3650));
      case FORWARD -> SnapEras.NOW.plus(Duration.ofDays(3650));
      case LOST -> Instant.EPOCH;
    };
    if (setup.has(Departure.LATEST_CLOCK_KEPT)) {
      shown = latest(shown);
    }
    boolean believed = setup.has(Departure.CLOCK_BELIEVED) || !shown.isBefore(SnapEras.IMAGE);
    return believed ? shown : SnapEras.IMAGE;
  }

  private Instant latest(Instant shown) {
    Content stored = data.tree().content(LATEST_CLOCK);
    Instant before = stored == null ? Instant.EPOCH : Instant.parse(Report.text(stored));
    if (shown.isAfter(before)) {
      files.atomic("U3", LATEST_CLOCK, Content.text(shown.toString()), true);
      return shown;
    }
    return before;
  }

  /** Lets {@code /current} name something else, durably. */
  void relink(String target) {
    if (!target.equals(data.tree().target(CURRENT))) {
      files.link("L1", target, CURRENT);
      data.fsyncDirectory("/");
      files.point("L2", "syncs the folder of", CURRENT);
      step();
    }
  }

  /** Reports durably; only a change is written. */
  Report say(Report report) {
    Report before = Report.read(data.tree().content(REPORT));
    if (!report.equals(before)) {
      files.atomic("R1", REPORT, report.content(), true);
      step();
    }
    return report;
  }

  void step() {
    link.moment(false);
  }
}
