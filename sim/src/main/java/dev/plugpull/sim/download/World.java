package dev.plugpull.sim.download;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Remains;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.store.hostile.StoreFault.InTheAnswer;
import dev.plugpull.sim.store.hostile.StoreFault.InTheWorld;
import dev.plugpull.sim.store.hostile.StoreFault;
import dev.plugpull.sim.store.hostile.StoreFaults;

/**
 * What is around the device, and what the contract remembers of its history.
 *
 * @param published newest revision in the store
 * @param keys what became of the store's keys
 * @param revoked revision that was taken back; 0 for none
 * @param clock what the device's clock shows at power-on
 * @param armed word of the fault that waits, empty for none
 * @param moments exchanges or steps until it strikes, at least 1 while one waits
 * @param standing word of the fault that goes on, empty for none
 * @param highest ANTIRB: highest revision that ever ran
 * @param knew ANTIRB: revision of whose revocation the device has known; 0 for none
 */
record World(
    int published, Keys keys, int revoked, Clock clock, String armed, int moments, String standing, int highest,
    int knew) implements Remains<World> {

  enum Keys {
    GOOD, REVOKED, ROTATED, EXPIRED, REPLACED
  }

  enum Clock {
    RIGHT, A_YEAR_LATER, BACK, FORWARD, LOST
  }

  static World begin() {
    return new World(2, Keys.GOOD, 0, Clock.RIGHT, "", 0, "", 1, 0);
  }

  @Override
  public Hash128 hash() {
    return Hash128.of(toString());
  }

  @Override
  public World afterCut() {
    return this;
  }

  @Override
  public World afterStrike(Interruption by) {
    return this;
  }

  World armed(StoreFault fault, int after) {
    return new World(published, keys, revoked, clock, fault.word(), after, standing, highest, knew);
  }

  World publishing(int revision) {
    return new World(revision, keys, revoked, clock, armed, moments, standing, highest, knew);
  }

  World ran(int revision) {
    return revision <= highest ? this
        : new World(published, keys, revoked, clock, armed, moments, standing, revision, knew);
  }

  World learned(int revokedRevision) {
    return new World(published, keys, revoked, clock, armed, moments, standing, highest, revokedRevision);
  }

  /** One exchange or step later. */
  World later() {
    return new World(published, keys, revoked, clock, armed, moments - 1, standing, highest, knew);
  }

  private World with(Keys other, Clock time, int takenBack, String going) {
    return new World(published, other, takenBack, time, "", 0, going, highest, knew);
  }

  /** What the fault that waited makes of the world. */
  World struck() {
    StoreFault fault = StoreFaults.named(armed).orElseThrow();
    return switch (fault) {
      case StoreFault.KeyRevoked() -> with(Keys.REVOKED, clock, revoked, "");
      case StoreFault.KeyRotated() -> with(Keys.ROTATED, clock, revoked, "");
      case StoreFault.KeyExpired() -> with(Keys.EXPIRED, clock, revoked, "");
      case StoreFault.ContentRevoked() -> with(keys, clock, published, "");
      case StoreFault.ClockJumped(var by) -> with(keys, by.isNegative() ? Clock.BACK : Clock.FORWARD, revoked, "");
      case StoreFault.ClockLost() -> with(keys, Clock.LOST, revoked, "");
      case StoreFault.OfflineForAYear() -> with(Keys.REPLACED, Clock.A_YEAR_LATER, revoked, "");
      case InTheAnswer lie -> with(keys, clock, revoked, lie.word());
      case StoreFault.Unreachable gone -> with(keys, clock, revoked, gone.word());
      case StoreFault.OnTheWire once -> with(keys, clock, revoked, "");
    };
  }

  /** Whether the fault that waits changes trust or time, so that it can strike at any step. */
  boolean anywhere() {
    return StoreFaults.named(armed).filter(InTheWorld.class::isInstance).isPresent();
  }

  /** Faults are over: the path is honest, the clock not ahead, the store signs with a good key. */
  World over() {
    Keys mended = keys == Keys.REVOKED || keys == Keys.EXPIRED ? Keys.REPLACED : keys;
    return new World(published, mended, revoked, clock == Clock.FORWARD ? Clock.RIGHT : clock, "", 0, "", highest,
        knew);
  }

  /** Whether the newest release was taken back. */
  boolean takenBack() {
    return revoked == published;
  }

  /** Whether anything keeps the device from seeing and taking an honest offer. */
  boolean honest() {
    return standing.isEmpty() && clock != Clock.FORWARD;
  }
}
