package dev.plugpull.sim.ubuntucore.gadget;

import dev.plugpull.sim.filesystem.squashfs.SquashfsException;
import dev.plugpull.sim.filesystem.squashfs.SquashfsImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A gadget in a {@code .snap}, which is a squashfs image. */
final class SnapGadgetFiles implements GadgetFiles {

  private static final String REPACK = "pack the gadget again with \"snap pack\"";

  private final String origin;
  private final SquashfsImage image;

  private SnapGadgetFiles(String origin, SquashfsImage image) {
    this.origin = origin;
    this.image = image;
  }

  static GadgetFiles open(Path file) {
    try {
      return new SnapGadgetFiles(file.toString(), SquashfsImage.open(file));
    } catch (SquashfsException e) {
      throw new UnreadableGadgetException(
          file.toString(), e.getMessage(), "give a folder or a .snap; " + REPACK + " if it is one");
    } catch (IOException e) {
      throw new UnreadableGadgetException(file.toString(), String.valueOf(e.getMessage()), "check its permissions");
    }
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public boolean isSnap() {
    return true;
  }

  @Override
  public List<Entry> entries() {
    return image.entries().stream().map(SnapGadgetFiles::entry).toList();
  }

  @Override
  public Optional<Entry> find(String path) {
    try {
      return image.find(path).map(SnapGadgetFiles::entry);
    } catch (SquashfsException e) {
      throw new UnreadableGadgetException(where(path), e.getMessage(), "replace the link by a file");
    }
  }

  @Override
  public byte[] read(String path, int limit) {
    try {
      return image.read(path, limit);
    } catch (IOException e) {
      throw new UnreadableGadgetException(where(path), String.valueOf(e.getMessage()), REPACK);
    }
  }

  private static Entry entry(SquashfsImage.Entry entry) {
    return new Entry(
        entry.path(),
        switch (entry.kind()) {
          case FILE -> Kind.FILE;
          case DIRECTORY -> Kind.DIRECTORY;
          case LINK -> Kind.LINK;
          case SPECIAL -> Kind.SPECIAL;
        },
        entry.size());
  }

  @Override
  public void close() {
    try {
      image.close();
    } catch (IOException _) {
      // nothing was written, so nothing can be lost
    }
  }
}
