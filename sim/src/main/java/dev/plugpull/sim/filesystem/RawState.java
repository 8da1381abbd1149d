package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/**
 * A run of raw sectors. Sectors of zeros are not stored; a change copies one chunk of sectors and the list of chunks.
 */
final class RawState implements VolumeState {
  private static final int SECTORS_PER_CHUNK = 64;
  private static final int CHUNK_BYTES = SECTORS_PER_CHUNK * Sectors.BYTES;

  final Identity identity;
  final DeviceProfile profile;
  final long size;
  private final byte[][][] chunks;
  private final long high;
  private final long low;

  private RawState(Identity identity, DeviceProfile profile, long size, byte[][][] chunks, long high, long low) {
    this.identity = identity;
    this.profile = profile;
    this.size = size;
    this.chunks = chunks;
    this.high = high;
    this.low = low;
  }

  static RawState empty(Identity identity, DeviceProfile profile, long size) {
    int count = Math.toIntExact((size + CHUNK_BYTES - 1) / CHUNK_BYTES);
    return new RawState(identity, profile, size, new byte[count][][], 0, 0);
  }

  /** These bytes with others at an offset. */
  RawState with(long offset, byte[] bytes) {
    requireInside(offset, bytes.length);
    byte[][][] changed = chunks.clone();
    long newHigh = high;
    long newLow = low;
    int lastCopied = -1;
    int done = 0;
    while (done < bytes.length) {
      long at = offset + done;
      int chunk = (int) (at / CHUNK_BYTES);
      int sector = (int) (at % CHUNK_BYTES / Sectors.BYTES);
      int from = (int) (at % Sectors.BYTES);
      int count = Math.min(Sectors.BYTES - from, bytes.length - done);
      if (chunk != lastCopied) {
        changed[chunk] = changed[chunk] == null ? new byte[SECTORS_PER_CHUNK][] : changed[chunk].clone();
        lastCopied = chunk;
      }
      byte[] old = changed[chunk][sector];
      byte[] now = old == null ? new byte[Sectors.BYTES] : old.clone();
      System.arraycopy(bytes, done, now, from, count);
      long number = at / Sectors.BYTES;
      Hash128 added = fingerprint(number, now);
      Hash128 gone = fingerprint(number, old);
      newHigh += added.hi() - gone.hi();
      newLow += added.lo() - gone.lo();
      changed[chunk][sector] = added == Hash128.ZERO ? null : now;
      done += count;
    }
    return new RawState(identity, profile, size, changed, newHigh, newLow);
  }

  private static Hash128 fingerprint(long sector, byte[] bytes) {
    return bytes == null || isZero(bytes) ? Hash128.ZERO : new Hash128(sector, ~sector).then(Hash128.of(bytes));
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  byte[] read(long offset, int length) {
    requireInside(offset, length);
    byte[] result = new byte[length];
    int done = 0;
    while (done < length) {
      long at = offset + done;
      byte[][] chunk = chunks[(int) (at / CHUNK_BYTES)];
      int from = (int) (at % Sectors.BYTES);
      int count = Math.min(Sectors.BYTES - from, length - done);
      byte[] sector = chunk == null ? null : chunk[(int) (at % CHUNK_BYTES / Sectors.BYTES)];
      if (sector != null) {
        System.arraycopy(sector, from, result, done, count);
      }
      done += count;
    }
    return result;
  }

  private void requireInside(long offset, int length) {
    if (offset < 0 || offset + length > size) {
      throw new IllegalStateException(
          "cannot access bytes " + offset + " to " + (offset + length) + " of " + identity.partitionName()
              + ": it has " + size);
    }
  }

  @Override
  public Hash128 hash() {
    return new Hash128(high, low);
  }

  @Override
  public Tree recovered() {
    return Tree.EMPTY;
  }

  @Override
  public boolean homeIsCurrent() {
    return true;
  }

  @Override
  public VolumeState checkpointed() {
    return this;
  }

  @Override
  public LiveVolume open() {
    return new RawLive(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawState state && state.size == size && state.high == high && state.low == low;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {high, low});
  }
}
