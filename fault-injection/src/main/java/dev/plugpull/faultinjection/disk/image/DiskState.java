package dev.plugpull.faultinjection.disk.image;

import dev.plugpull.sim.media.Hash128;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What a disk holds after a power cut: a shared base and the blocks that differ from it. Immutable; {@link #with} makes
 * new states which share nearly everything.
 *
 * <p>Canonical: blocks that equal the base are not kept, so two states on one base hold the same bytes exactly if their
 * {@link #hash} is the same. Booted by laying an {@link Overlay} on it. Never closes its base.
 */
public final class DiskState implements DiskImage {
  private final DiskImage base;
  private final BlockPool pool;
  private final BlockTree blocks;
  private final Hash128 hash;

  private DiskState(DiskImage base, BlockPool pool, BlockTree blocks, Hash128 hash) {
    this.base = base;
    this.pool = pool;
    this.blocks = blocks;
    this.hash = hash;
  }

  /** The state that equals {@code base}, which must not change from now on. */
  public static DiskState of(DiskImage base) {
    return new DiskState(base, new BlockPool(), BlockTree.empty(Blocks.count(base.size())), Hash128.ZERO);
  }

  /** Fingerprint of the difference from the base. */
  public Hash128 hash() {
    return hash;
  }

  /** The state with these bytes written at {@code offset}. */
  public DiskState with(long offset, byte[] bytes) throws IOException {
    return with(offset, ByteBuffer.wrap(bytes));
  }

  /** The state with all that remains of {@code bytes} written at {@code offset}. */
  public DiskState with(long offset, ByteBuffer bytes) throws IOException {
    DiskImage.checkRange(offset, bytes.remaining(), size());
    ByteBuffer from = bytes.duplicate();
    DiskState state = this;
    for (long at = offset; from.hasRemaining(); ) {
      int skip = (int) (at & (Blocks.BYTES - 1));
      long block = at >>> Blocks.SHIFT;
      int count = Math.min(Blocks.length(block, size()) - skip, from.remaining());
      byte[] content = count == Blocks.length(block, size()) ? new byte[count] : state.block(block);
      from.get(content, skip, count);
      state = state.withBlock(block, content);
      at += count;
    }
    return state;
  }

  /** The state with {@code length} zero bytes at {@code offset}. */
  public DiskState withZeros(long offset, long length) throws IOException {
    DiskImage.checkRange(offset, length, size());
    DiskState state = this;
    for (long at = offset; at < offset + length; ) {
      int count = (int) Math.min(Blocks.BYTES - (at & (Blocks.BYTES - 1)), offset + length - at);
      state = state.with(at, Blocks.zeros(count));
      at += count;
    }
    return state;
  }

  /** The state with everything that {@code overlay}, which lies on a disk equal to this state, has changed. */
  public DiskState withChangesOf(Overlay overlay) throws IOException {
    DiskState[] state = {this};
    overlay.changed(
        (block, content) ->
            state[0] =
                state[0].withBlock(block, content == null ? new byte[Blocks.length(block, size())] : content));
    return state[0];
  }

  /** A fresh copy of a block's content. */
  private byte[] block(long index) throws IOException {
    Block here = blocks.get(index);
    if (here != null) {
      return here.bytes().clone();
    }
    byte[] content = new byte[Blocks.length(index, size())];
    base.read(index << Blocks.SHIFT, ByteBuffer.wrap(content));
    return content;
  }

  /** Takes the array over. */
  private DiskState withBlock(long index, byte[] content) throws IOException {
    byte[] below = new byte[content.length];
    base.read(index << Blocks.SHIFT, ByteBuffer.wrap(below));
    Block old = blocks.get(index);
    Block fresh = Arrays.equals(below, content) ? null : pool.intern(content);
    if (fresh == old) {
      return this;
    }
    Hash128 changed = hash.minus(part(index, old)).plus(part(index, fresh));
    return new DiskState(base, pool, blocks.with(index, fresh), changed);
  }

  private static Hash128 part(long index, Block block) {
    return block == null ? Hash128.ZERO : new Hash128(Hash128.mix(index), index).then(block.hash());
  }

  /**
   * True if this state and another on the same base hold the same bytes in all these units.
   *
   * @param units numbers of units that matter
   * @param unitBytes bytes of a unit, a divisor of 4096
   */
  public boolean agrees(DiskState other, BitSet units, int unitBytes) throws IOException {
    if (base != other.base) {
      throw new IllegalArgumentException("cannot compare states that stand on different bases");
    }
    return BlockTree.differences(blocks, other.blocks, index -> agreeInBlock(other, index, units, unitBytes));
  }

  private boolean agreeInBlock(DiskState other, long index, BitSet units, int unitBytes) throws IOException {
    int perBlock = Blocks.BYTES / unitBytes;
    int first = Math.toIntExact(index * perBlock);
    int unit = units.nextSetBit(first);
    if (unit < 0 || unit >= first + perBlock) {
      return true;
    }
    byte[] here = block(index);
    byte[] there = other.block(index);
    for (; unit >= 0 && unit < first + perBlock; unit = units.nextSetBit(unit + 1)) {
      int from = Math.min((unit - first) * unitBytes, here.length);
      int to = Math.min(from + unitBytes, here.length);
      if (!Arrays.equals(here, from, to, there, from, to)) {
        return false;
      }
    }
    return true;
  }

  /** Writes the whole disk to a file; holes of zeros stay unwritten in a fresh file. */
  public void writeTo(Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      ByteBuffer step = ByteBuffer.allocate(Blocks.ZEROS);
      for (long at = 0; at < size(); at += Blocks.ZEROS) {
        read(at, step.clear().limit((int) Math.min(Blocks.ZEROS, size() - at)));
        boolean last = at + step.position() == size();
        if (last || !Blocks.isZero(step.duplicate().flip())) {
          writeFully(out, step.flip(), at);
        }
      }
    }
  }

  private static void writeFully(FileChannel out, ByteBuffer from, long offset) throws IOException {
    long at = offset;
    while (from.hasRemaining()) {
      at += out.write(from, at);
    }
  }

  /** Writes the blocks that differ from the base into an image that equals the base. */
  public void applyTo(DiskImage image) throws IOException {
    blocks.forEach((index, block) -> image.write(index << Blocks.SHIFT, ByteBuffer.wrap(block.bytes())));
  }

  /** Distinct contents that this state and its relatives hold in memory, in blocks of 4096 bytes; an estimate. */
  public int pooledBlocks() {
    return pool.size();
  }

  @Override
  public long size() {
    return base.size();
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    DiskImage.checkRange(offset, into.remaining(), size());
    int end = into.limit();
    for (long at = offset; into.position() < end; ) {
      int left = end - into.position();
      Block here = blocks.get(at >>> Blocks.SHIFT);
      int count = here == null ? below(at, left) : fromBlock(at, left, here);
      if (here == null) {
        base.read(at, into.limit(into.position() + count));
      } else {
        into.limit(end).put(here.bytes(), (int) (at & (Blocks.BYTES - 1)), count);
      }
      at += count;
    }
    into.limit(end);
  }

  private static int fromBlock(long at, int left, Block here) {
    return Math.min(left, here.bytes().length - (int) (at & (Blocks.BYTES - 1)));
  }

  /** Bytes from {@code at} on, at most {@code left}, that stand in the base. */
  private int below(long at, int left) {
    long next = blocks.next(at >>> Blocks.SHIFT, Blocks.count(at + left));
    return next < 0 ? left : (int) ((next << Blocks.SHIFT) - at);
  }

  @Override
  public void write(long offset, ByteBuffer from) {
    throw new UnsupportedOperationException("cannot write to a crash state: lay an overlay on it");
  }

  @Override
  public void zero(long offset, long length) {
    throw new UnsupportedOperationException("cannot write to a crash state: lay an overlay on it");
  }

  /** Nothing to do. */
  @Override
  public void flush() {}

  @Override
  public Extent extent(long offset, long limit) throws IOException {
    return Blocks.scan(this, offset, Math.min(limit, 16L << 20));
  }

  /** Nothing to do: the base belongs to whoever opened it. */
  @Override
  public void close() {}
}
