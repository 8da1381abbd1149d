package dev.plugpull.faultinjection.crashfs;

import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;

/** The one store of a crash file system: as much room as anybody needs. */
final class CrashStore extends FileStore {
  private static final long BYTES = 4L << 30;

  @Override
  public String name() {
    return "crash";
  }

  @Override
  public String type() {
    return "crash";
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public long getTotalSpace() {
    return BYTES;
  }

  @Override
  public long getUsableSpace() {
    return BYTES;
  }

  @Override
  public long getUnallocatedSpace() {
    return BYTES;
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return type.getSimpleName().startsWith("Basic") || type.getSimpleName().startsWith("Posix");
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return name.equals("basic") || name.equals("posix");
  }

  @Override
  public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
    return null;
  }

  @Override
  public Object getAttribute(String attribute) {
    throw new UnsupportedOperationException("cannot read store attribute " + attribute + ": not kept");
  }
}
