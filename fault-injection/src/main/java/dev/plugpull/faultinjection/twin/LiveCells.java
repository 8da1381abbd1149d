package dev.plugpull.faultinjection.twin;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A cell disk during one boot: writes are pending until a flush. It has no names, so no operation on paths works. */
public final class LiveCells implements LiveVolume {
  private record CellWrite(int cell, int value, List<Integer> needs, boolean issued, int request) {}

  private CellDisk base;
  private CellDisk now;
  private List<CellWrite> pending = new ArrayList<>();
  private long version;

  LiveCells(CellDisk base) {
    this.base = base;
    this.now = base;
  }

  public int get(int cell) {
    return now.get(cell);
  }

  /** Writes a cell: it persists after the earlier pending writes of that cell, and in no other order. */
  public void put(int cell, int value) {
    add(cell, value, false, pending.size());
  }

  /** Writes a cell after everything that is pending: persists only if all of that has. */
  public void putOrdered(int cell, int value) {
    add(cell, value, true, pending.size());
  }

  /** Writes neighbouring cells with one request that a cut may tear. */
  public void putAll(int cell, int... values) {
    int request = pending.size();
    for (int i = 0; i < values.length; i++) {
      add(cell + i, values[i], false, request);
    }
  }

  private void add(int cell, int value, boolean ordered, int request) {
    List<Integer> needs = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      if (ordered || pending.get(i).cell() == cell) {
        needs.add(i);
      }
    }
    List<CellWrite> more = new ArrayList<>(pending);
    more.add(new CellWrite(cell, value, needs, true, request));
    pending = more;
    now = now.with(cell, value);
    version++;
  }

  /** Everything written is durable. */
  public void flush() {
    if (!pending.isEmpty()) {
      base = now;
      pending = new ArrayList<>();
      version++;
    }
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public PendingWindow pending() {
    return new Window(base, pending);
  }

  private record Window(CellDisk base, List<CellWrite> writes) implements PendingWindow {
    @Override
    public int size() {
      return writes.size();
    }

    @Override
    public BitSet needs(int index) {
      BitSet bits = new BitSet();
      writes.get(index).needs().forEach(bits::set);
      return bits;
    }

    @Override
    public boolean issued(int index) {
      return writes.get(index).issued();
    }

    @Override
    public VolumeState apply(VolumeState state, int index) {
      return ((CellDisk) state).with(writes.get(index).cell(), writes.get(index).value());
    }

    @Override
    public String label(int index) {
      return "cell " + writes.get(index).cell() + " = " + writes.get(index).value();
    }

    @Override
    public Object token(int index) {
      return writes.get(index);
    }

    @Override
    public int request(int index) {
      return writes.get(index).request();
    }
  }

  @Override
  public CellDisk settled() {
    return now;
  }

  @Override
  public Space space() {
    return new Space(0, 0);
  }

  @Override
  public void mount() {
    // nothing to replay
  }

  @Override
  public void sync() {
    flush();
  }

  @Override
  public void freeze() {
    flush();
  }

  @Override
  public void fsyncRaw() {
    flush();
  }

  @Override
  public void deviceFlushed() {
    flush();
  }

  @Override
  public Tree tree() {
    return Tree.EMPTY;
  }

  private static UnsupportedOperationException nameless() {
    return new UnsupportedOperationException("cannot use a path: a disk of cells has no names");
  }

  @Override
  public void mkdir(String path) {
    throw nameless();
  }

  @Override
  public void create(String path) {
    throw nameless();
  }

  @Override
  public void truncate(String path) {
    throw nameless();
  }

  @Override
  public void write(String path, Content content) {
    throw nameless();
  }

  @Override
  public void overwrite(String path, Content content) {
    throw nameless();
  }

  @Override
  public void close(String path) {
    throw nameless();
  }

  @Override
  public void rename(String from, String to) {
    throw nameless();
  }

  @Override
  public void unlink(String path) {
    throw nameless();
  }

  @Override
  public void rmdir(String path) {
    throw nameless();
  }

  @Override
  public void symlink(String target, String path) {
    throw nameless();
  }

  @Override
  public void link(String existing, String path) {
    throw nameless();
  }

  @Override
  public void fsync(String path) {
    throw nameless();
  }

  @Override
  public void fsyncDirectory(String path) {
    throw nameless();
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    throw nameless();
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    throw nameless();
  }

  @Override
  public BootVolume boot() {
    throw nameless();
  }
}
