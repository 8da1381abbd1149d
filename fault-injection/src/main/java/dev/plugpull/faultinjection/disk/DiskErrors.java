package dev.plugpull.faultinjection.disk;

/** Error numbers of the NBD protocol, which a disk answers with. */
public final class DiskErrors {
  public static final int OK = 0;
  public static final int EPERM = 1;
  public static final int EIO = 5;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ENOTSUP = 95;
  public static final int ESHUTDOWN = 108;

  private DiskErrors() {}
}
