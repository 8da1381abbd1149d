package dev.plugpull.faultinjection.disk.log;

import java.util.List;

/**
 * What a recording is about.
 *
 * @param devices the recorded disks, each with a volatile cache of its own
 */
public record LogHeader(List<Device> devices) {
  static final int MAX_DEVICES = 256;

  public LogHeader {
    devices = List.copyOf(devices);
    if (devices.isEmpty() || devices.size() > MAX_DEVICES) {
      throw new IllegalArgumentException("a recording has 1 to " + MAX_DEVICES + " disks, not " + devices.size());
    }
  }

  /**
   * One disk.
   *
   * @param name of its export
   * @param size in bytes
   * @param unitBytes what is all old or all new after a cut
   */
  public record Device(String name, long size, int unitBytes) {
    public Device {
      if (size < 0 || unitBytes < 1) {
        throw new IllegalArgumentException("disk " + name + ": size " + size + ", atomic unit " + unitBytes);
      }
    }
  }

  /** A recording of one disk with units of 512 bytes. */
  public static LogHeader of(String name, long size) {
    return new LogHeader(List.of(new Device(name, size, 512)));
  }
}
