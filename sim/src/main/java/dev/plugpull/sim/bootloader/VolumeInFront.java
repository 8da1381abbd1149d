package dev.plugpull.sim.bootloader;

/** A volume that stands in front of another one and is the same partition; what its paths mean is its own matter. */
public interface VolumeInFront extends BootVolume {

  /** The volume behind. */
  BootVolume inner();

  @Override
  default int disk() {
    return inner().disk();
  }

  @Override
  default int partition() {
    return inner().partition();
  }

  @Override
  default String label() {
    return inner().label();
  }

  @Override
  default String uuid() {
    return inner().uuid();
  }

  @Override
  default String partitionName() {
    return inner().partitionName();
  }

  @Override
  default String type() {
    return inner().type();
  }

  @Override
  default byte[] readRaw(long offset, int length) {
    return inner().readRaw(offset, length);
  }

  @Override
  default void writeRaw(long offset, byte[] data) {
    inner().writeRaw(offset, data);
  }
}
