package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Optional;

/** The boot loader's face of a journalled volume. What it writes is accepted by the device and not flushed. */
final class JournalBoot implements BootVolume {
  private final JournalVolume volume;
  private final WriteLog<JournalState> log;
  private HomeView view;
  private long seen = -1;

  JournalBoot(JournalVolume volume, WriteLog<JournalState> log) {
    this.volume = volume;
    this.log = log;
  }

  /** The home locations with what the device's cache holds. */
  private HomeView view() {
    if (seen != log.version()) {
      PendingWindow window = log.window();
      VolumeState state = window.base();
      for (int i = 0; i < window.size(); i++) {
        if (window.issued(i)) {
          state = window.apply(state, i);
        }
      }
      view = new HomeView((JournalState) state);
      seen = log.version();
    }
    return view;
  }

  @Override
  public int disk() {
    return volume.identity().disk();
  }

  @Override
  public int partition() {
    return volume.identity().partition();
  }

  @Override
  public String label() {
    return volume.identity().label();
  }

  @Override
  public String uuid() {
    return volume.identity().uuid();
  }

  @Override
  public String partitionName() {
    return volume.identity().partitionName();
  }

  @Override
  public String type() {
    return volume.identity().type();
  }

  @Override
  public Lookup lookup(String path) {
    return view().lookup(path);
  }

  @Override
  public Optional<String> link(String path) {
    return view().link(path);
  }

  @Override
  public List<String> list(String directory) {
    return view().list(directory);
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    FileData file = view().data(path);
    if (file == null || offset + data.length > file.content().length()) {
      return false;
    }
    Content before = view().content(file);
    if (before.isOpaque()) {
      return false;
    }
    byte[] old = java.util.Arrays.copyOfRange(
        before.bytes().orElseThrow(), (int) offset, (int) offset + data.length);
    log.inOneRequest(() -> {
      for (Sectors.Change change : Sectors.changes(old, data, offset)) {
        log.add(
            new JournalWrite.LoaderSector(
                path, file, before, change.offset(), change.bytes(), new JournalWrite.Memo()),
            true);
      }
    });
    return true;
  }

  /** The loader's writer first replays the journal, takes the old file away, then writes names and data unordered. */
  @Override
  public boolean rewrite(String path, Content content) {
    if (!(lookup(PathHash.parent(path)) instanceof Lookup.Directory) || !volume.identity().type().equals("ext4")) {
      return false;
    }
    log.forceIssued();
    log.rebase(log.base().canonical());
    WriteLog.Entry<JournalState> gone =
        log.add(new JournalWrite.LoaderFile(path, null, "removal of the old"), true);
    Content stale = Content.damaged("stale blocks", content.length());
    WriteLog.Entry<JournalState> named = log.add(new JournalWrite.LoaderFile(path, stale, "entry of"), true, gone);
    log.add(new JournalWrite.LoaderFile(path, content, "data of"), true, named);
    return true;
  }

  /** Zeros: the bytes of a file system's own structures are not modelled. */
  @Override
  public byte[] readRaw(long offset, int length) {
    return new byte[length];
  }

  /** Ignored: a loader that writes raw sectors into a file system is reported by whoever runs it. */
  @Override
  public void writeRaw(long offset, byte[] data) {
    throw new IllegalStateException("cannot write raw sectors of " + label() + ": it holds a file system");
  }
}
