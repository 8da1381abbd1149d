package dev.plugpull.sim.download;

import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.hostile.StoreFault;
import dev.plugpull.sim.store.hostile.StoreFaults;
import dev.plugpull.sim.store.hostile.Transmission;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The device's side of the wire: time-outs, least speed, tries and waiting, in virtual time. Dies with the boot.
 *
 * <p>Bounds: three tries of one exchange, twenty exchanges and a day of virtual time a boot.
 */
final class Link {

  private static final int NOT_FOUND = 404;
  private static final int TRIES = 3;
  private static final int MOST_EXCHANGES = 20;
  private static final Duration MOST_TIME = Duration.ofDays(1);
  private static final Duration STALL = Duration.ofMinutes(5);
  private static final int LEAST_SPEED = 4096;
  private static final List<Duration> BACK_OFF = List.of(Duration.ofSeconds(5), Duration.ofSeconds(60));

  private final PoweredOn<World, Ran> machine;
  private final DownloadSetup setup;
  private int exchanges;
  private Duration spent = Duration.ZERO;

  Link(PoweredOn<World, Ran> machine, DownloadSetup setup) {
    this.machine = machine;
    this.setup = setup;
  }

  /** Takes what arrives of one transmission, piece by piece. */
  interface Sink {
    /** The head of the answer; throws if it is of no use. */
    void head(Transmission transmission) throws Unavailable;

    void bytes(byte[] piece);
  }

  boolean inBounds() {
    return exchanges <= MOST_EXCHANGES && spent.compareTo(MOST_TIME) <= 0;
  }

  /** A moment of the world: what waits may strike now. */
  void moment(boolean exchange) {
    World world = machine.remains();
    if (world.armed().isEmpty() || !exchange && !world.anywhere()) {
      return;
    }
    machine.remains(world.moments() > 1 ? world.later() : world.struck());
    if (world.moments() == 1) {
      machine.step(world.armed() + " happens");
    }
  }

  /** The whole body of an answer. */
  byte[] fetch(StoreRequest request) throws Unavailable {
    return fetch(request, 200).orElseThrow();
  }

  /** The whole body of an answer; empty if the store says that it has no such thing. */
  Optional<byte[]> find(StoreRequest request) throws Unavailable {
    return fetch(request, 200, NOT_FOUND);
  }

  private Optional<byte[]> fetch(StoreRequest request, int... statuses) throws Unavailable {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int[] declared = new int[1];
    int[] status = new int[1];
    tries(() -> request, new Sink() {
      @Override
      public void head(Transmission transmission) throws Unavailable {
        ok(transmission, statuses);
        status[0] = transmission.answer().status();
        declared[0] = transmission.declared();
        body.reset();
      }

      @Override
      public void bytes(byte[] piece) {
        body.writeBytes(piece);
      }
    }, () -> body.size() == declared[0]);
    return status[0] == NOT_FOUND ? Optional.empty() : Optional.of(body.toByteArray());
  }

  static void ok(Transmission transmission, int... statuses) throws Unavailable {
    for (int status : statuses) {
      if (transmission.answer().status() == status) {
        return;
      }
    }
    throw new Unavailable("status " + transmission.answer().status());
  }

  /** Exchanges until {@code whole} says so, with waiting in between; gives up after some tries. */
  void tries(Supplier<StoreRequest> request, Sink sink, BooleanSupplier whole) throws Unavailable {
    Unavailable why = null;
    boolean endless = setup.has(Departure.RETRIES_AT_ONCE);
    int most = setup.has(Departure.BLOCKS_AFTER_FAILURE) ? 1 : TRIES;
    for (int i = 0; i < most || endless && inBounds(); i++) {
      if (i > 0 && !endless) {
        spent = spent.plus(BACK_OFF.get(Math.min(i, BACK_OFF.size()) - 1));
      }
      try {
        exchange(request.get(), sink);
        if (whole.getAsBoolean()) {
          return;
        }
        why = new Unavailable("the connection ended early");
      } catch (Unavailable e) {
        why = e;
      }
    }
    throw why;
  }

  private void exchange(StoreRequest request, Sink sink) throws Unavailable {
    World before = machine.remains();
    moment(true);
    exchanges++;
    boolean strikes = before.moments() == 1 && !before.armed().isEmpty();
    Optional<StoreFault> fault =
        StoreFaults.named(strikes ? before.armed() : machine.remains().standing());
    Transmission transmission = store(machine.remains()).answer(request, fault);
    if (!transmission.headArrives()) {
      throw new Unavailable("no connection");
    }
    waitAsTold(transmission);
    sink.head(transmission);
    Duration least = Duration.ZERO;
    int came = 0;
    for (Transmission.Piece piece : transmission.pieces()) {
      least = least.plus(piece.after());
      spent = spent.plus(piece.after());
      came += piece.bytes().length;
      sink.bytes(piece.bytes());
      boolean slow = least.compareTo(Duration.ofSeconds(2)) > 0 && came < LEAST_SPEED;
      if (slow && !setup.has(Departure.NO_LEAST_SPEED)) {
        throw new Unavailable("too slow");
      }
      if (slow) {
        // The same rate for an image of real size: days.
        spent = spent.plus(Duration.ofDays(30));
      }
    }
    ended(transmission);
  }

  private HostileStore store(World world) {
    return switch (setup.store()) {
      case SNAP -> SnapEras.store(world, setup.deltas());
      case OSTREE -> PullEras.store(world, setup.deltas());
    };
  }

  private void waitAsTold(Transmission transmission) {
    transmission.answer().header("retry-after").filter(after -> !setup.has(Departure.RETRIES_AT_ONCE))
        .ifPresent(after -> spent = spent.plus(Duration.ofSeconds(Math.min(Long.parseLong(after), 3600))));
  }

  private void ended(Transmission transmission) throws Unavailable {
    switch (transmission.end()) {
      case CLOSED -> { }
      case RESET -> throw new Unavailable("the connection was reset");
      case SILENT -> {
        if (setup.has(Departure.WAITS_FOR_EVER)) {
          throw new Hung();
        }
        spent = spent.plus(STALL);
        throw new Unavailable("nothing came for " + STALL.toMinutes() + " minutes");
      }
    }
  }

  /** The client waits and will never go on. */
  static final class Hung extends RuntimeException {
    private static final long serialVersionUID = 1;

    Hung() {
      super("waits for bytes that never come", null, false, false);
    }
  }
}
