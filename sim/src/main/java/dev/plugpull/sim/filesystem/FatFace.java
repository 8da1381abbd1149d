package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.List;

/** The boot loader's face: the same view, its own writer, writes accepted by the device at once. */
final class FatFace implements BootVolume {
  private final FatLive live;
  private final Identity identity;

  FatFace(FatLive live, Identity identity) {
    this.live = live;
    this.identity = identity;
  }

  @Override
  public int disk() {
    return identity.disk();
  }

  @Override
  public int partition() {
    return identity.partition();
  }

  @Override
  public String label() {
    return identity.label();
  }

  @Override
  public String uuid() {
    return identity.uuid();
  }

  @Override
  public String partitionName() {
    return identity.partitionName();
  }

  @Override
  public String type() {
    return "vfat";
  }

  private Tree.Node node(String path) {
    String plain = path.replaceAll("/+", "/");
    return live.tree().get(plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain);
  }

  @Override
  public Lookup lookup(String path) {
    return switch (node(path)) {
      case null -> new Lookup.Missing();
      case Tree.Directory directory -> new Lookup.Directory();
      case Tree.Symlink link -> new Lookup.Missing();
      case Tree.File file when FatState.isUnreadable(file.content()) ->
          new Lookup.Unreadable("the cluster chain is broken");
      case Tree.File file -> new Lookup.File(file.content());
    };
  }

  @Override
  public List<String> list(String directory) {
    return node(directory) instanceof Tree.Directory found ? found.names() : List.of();
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    if (!(lookup(path) instanceof Lookup.File file)
        || file.content().bytes().isEmpty()
        || offset + data.length > file.content().length()) {
      return false;
    }
    live.writeAsLoader(path, file.content().overwritten(offset, data));
    return true;
  }

  /** Clusters in place as far as they go, then the FAT, then the directory entry; nothing is flushed. */
  @Override
  public boolean rewrite(String path, Content content) {
    if (!live.isWritable(path)) {
      return false;
    }
    try {
      live.writeAsLoader(path, content);
      return true;
    } catch (NoSpaceException full) {
      return false;
    }
  }

  /** Zeros: the bytes of a file system's own structures are not modelled. */
  @Override
  public byte[] readRaw(long offset, int length) {
    return new byte[length];
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    throw new IllegalStateException("cannot write raw sectors of " + label() + ": it holds a file system");
  }
}
