package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.WriteLog.Entry;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Raw sectors during one boot. */
final class RawLive implements LiveVolume {
  private final DeviceProfile profile;
  private final WriteLog<RawState> log;
  private final TreeMap<Integer, Entry<RawState>> latest = new TreeMap<>();
  private RawState live;
  private boolean kernel;

  RawLive(RawState state) {
    profile = state.profile;
    live = state;
    log = new WriteLog<>(state);
  }

  @Override
  public void mount() {
    kernel = true;
    if (!profile.volatileCache()) {
      // What the boot loader wrote was complete before it started a kernel.
      deviceFlushed();
    }
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    return live.read(offset, length);
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    write(offset, data, !kernel);
  }

  private void write(long offset, byte[] data, boolean accepted) {
    byte[] before = live.read(offset, data.length);
    if (Arrays.equals(before, data)) {
      return;
    }
    if (accepted && !profile.volatileCache()) {
      deviceFlushed();
    }
    log.inOneRequest(() -> units(offset, before, data, accepted));
    live = live.with(offset, data);
  }

  private void units(long offset, byte[] before, byte[] data, boolean accepted) {
    if (profile.eraseBytes() > 0) {
      eraseAndProgram(offset, data, accepted);
    } else if (profile.requestAtomic()) {
      add(new Sectors.Change((int) (offset / profile.unitBytes()), offset, data.clone()), accepted, null);
    } else {
      for (Sectors.Change change : Sectors.changes(before, data, offset, profile.unitBytes())) {
        add(change, accepted, latest.get(change.sector()));
      }
    }
  }

  private Entry<RawState> add(Sectors.Change change, boolean accepted, Entry<RawState> needed) {
    Entry<RawState> entry = log.add(new Bytes(change, profile.unitBytes()), accepted, needed);
    latest.put(change.sector(), entry);
    if (profile.damageBytes() > 0) {
      log.add(new Damage(change.offset(), profile.damageBytes()), accepted);
    }
    return entry;
  }

  /** Flash: the block is erased, then all of it is programmed again, neighbours of the change included. */
  private void eraseAndProgram(long offset, byte[] data, boolean accepted) {
    int block = profile.eraseBytes();
    for (long at = offset / block * block; at < offset + data.length; at += block) {
      int length = (int) Math.min(block, live.size - at);
      byte[] content = live.read(at, length);
      long from = Math.max(at, offset);
      int count = (int) (Math.min(at + length, offset + data.length) - from);
      System.arraycopy(data, (int) (from - offset), content, (int) (from - at), count);
      byte[] erased = new byte[length];
      Arrays.fill(erased, (byte) 0xFF);
      Entry<RawState> erase = log.add(new Erase(at, erased), accepted);
      for (Sectors.Change change : Sectors.changes(erased, content, at, profile.unitBytes())) {
        add(change, accepted, erase);
      }
    }
  }

  private record Bytes(Sectors.Change change, int unit) implements Write<RawState> {
    @Override
    public RawState apply(RawState state) {
      return state.with(change.offset(), change.bytes());
    }

    @Override
    public String label() {
      return "raw bytes at " + change.offset() + ", unit " + change.offset() / unit;
    }
  }

  private record Erase(long offset, byte[] erased) implements Write<RawState> {
    @Override
    public RawState apply(RawState state) {
      return state.with(offset, erased);
    }

    @Override
    public String label() {
      return "erase of the block at " + offset;
    }
  }

  /** The page that was being written turns into garbage. */
  private record Damage(long offset, int page) implements Write<RawState> {
    @Override
    public RawState apply(RawState state) {
      long from = offset / page * page;
      byte[] garbage = new byte[(int) Math.min(page, state.size - from)];
      for (int i = 0; i < garbage.length; i++) {
        garbage[i] = (byte) (0xA5 ^ i * 31);
      }
      return state.with(from, garbage);
    }

    @Override
    public boolean fault() {
      return true;
    }

    @Override
    public String label() {
      return "damage of the page of " + page + " bytes around " + offset;
    }
  }

  @Override
  public void fsyncRaw() {
    if (profile.flushHonoured()) {
      log.forceAll();
      log.flushed();
    } else {
      log.issue(entry -> true);
    }
  }

  @Override
  public void writeBack() {
    log.issue(entry -> true);
  }

  @Override
  public void onFlush(Runnable told) {
    log.onFlush(told);
  }

  @Override
  public void deviceFlushed() {
    if (profile.flushHonoured()) {
      log.forceIssued();
    }
  }

  @Override
  public void sync() {
    fsyncRaw();
  }

  @Override
  public void freeze() {
    fsyncRaw();
  }

  @Override
  public long version() {
    return log.version();
  }

  @Override
  public PendingWindow pending() {
    return log.window();
  }

  @Override
  public Hash128 fingerprint() {
    return kernel && log.size() == 0 ? log.base().hash() : null;
  }

  @Override
  public VolumeState settled() {
    return live;
  }

  @Override
  public Space space() {
    return new Space(0, 0);
  }

  @Override
  public BootVolume boot() {
    return new Face();
  }

  private final class Face implements BootVolume {
    @Override
    public int disk() {
      return live.identity.disk();
    }

    @Override
    public int partition() {
      return live.identity.partition();
    }

    @Override
    public String label() {
      return "";
    }

    @Override
    public String uuid() {
      return "";
    }

    @Override
    public String partitionName() {
      return live.identity.partitionName();
    }

    @Override
    public String type() {
      return "none";
    }

    @Override
    public Lookup lookup(String path) {
      return new Lookup.Missing();
    }

    @Override
    public List<String> list(String directory) {
      return List.of();
    }

    @Override
    public boolean overwrite(String path, long offset, byte[] data) {
      return false;
    }

    @Override
    public boolean rewrite(String path, Content content) {
      return false;
    }

    @Override
    public byte[] readRaw(long offset, int length) {
      return live.read(offset, length);
    }

    @Override
    public void writeRaw(long offset, byte[] data) {
      write(offset, data, true);
    }
  }

  @Override
  public Tree tree() {
    return Tree.EMPTY;
  }

  private IllegalStateException noFileSystem(String call) {
    return new IllegalStateException(
        "cannot " + call + " on " + live.identity.partitionName() + ": a raw volume has no files");
  }

  @Override
  public void mkdir(String path) {
    throw noFileSystem("mkdir");
  }

  @Override
  public void create(String path) {
    throw noFileSystem("create");
  }

  @Override
  public void truncate(String path) {
    throw noFileSystem("truncate");
  }

  @Override
  public void write(String path, Content content) {
    throw noFileSystem("write");
  }

  @Override
  public void overwrite(String path, Content content) {
    throw noFileSystem("overwrite");
  }

  @Override
  public void close(String path) {
    throw noFileSystem("close");
  }

  @Override
  public void rename(String from, String to) {
    throw noFileSystem("rename");
  }

  @Override
  public void unlink(String path) {
    throw noFileSystem("unlink");
  }

  @Override
  public void rmdir(String path) {
    throw noFileSystem("rmdir");
  }

  @Override
  public void symlink(String target, String path) {
    throw noFileSystem("symlink");
  }

  @Override
  public void link(String existing, String path) {
    throw noFileSystem("link");
  }

  @Override
  public void fsync(String path) {
    throw noFileSystem("fsync");
  }

  @Override
  public void fsyncDirectory(String path) {
    throw noFileSystem("fsync");
  }
}
