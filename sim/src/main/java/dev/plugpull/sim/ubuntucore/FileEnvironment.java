package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A loader environment in a file of the boot partition: {@code grubenv} (P4), {@code boot.sel}, {@code uboot.env} (P5),
 * {@code piboot.conf} (P5), {@code androidboot.env} (P1).
 */
final class FileEnvironment implements BootEnvironment {
  private final String path;
  private final EnvironmentFormat format;
  private final Rewrite rewrite;
  private final boolean onSeed;

  /** How the file is written. */
  enum Rewrite {
    /** P4: grubenv. */
    TRUNCATING,
    /** P5: U-Boot and piboot. */
    IN_PLACE,
    /** P1: androidboot.env. */
    ATOMIC
  }

  FileEnvironment(String path, EnvironmentFormat format, Rewrite rewrite) {
    this(path, format, rewrite, false);
  }

  private FileEnvironment(String path, EnvironmentFormat format, Rewrite rewrite, boolean onSeed) {
    this.path = path;
    this.format = format;
    this.rewrite = rewrite;
    this.onSeed = onSeed;
  }

  /** The recovery environment: another file of the same kind, on ubuntu-seed. */
  static FileEnvironment onSeed(String path, EnvironmentFormat format, Rewrite rewrite) {
    return new FileEnvironment(path, format, rewrite, true);
  }

  private LiveVolume volume(Machine machine) {
    return onSeed ? machine.seed() : machine.boot();
  }

  @Override
  public SortedMap<String, String> read(Machine machine) {
    Content content = volume(machine).tree().content(path);
    return content == null ? new TreeMap<>() : format.decode(bytes(content));
  }

  /** GRUB's file is written whatever it holds. */
  @Override
  public void set(Machine machine, String point, SortedMap<String, String> changes) {
    if (rewrite == Rewrite.TRUNCATING) {
      write(machine, point, changes);
    } else {
      BootEnvironment.super.set(machine, point, changes);
    }
  }

  private byte[] bytes(Content content) {
    return content.bytes().orElseThrow(() -> new SnapdError("cannot read " + path + ": not an environment"));
  }

  @Override
  public void write(Machine machine, String point, SortedMap<String, String> changes) {
    Content before = volume(machine).tree().content(path);
    SortedMap<String, String> variables = new TreeMap<>(read(machine));
    variables.putAll(changes);
    variables.values().removeIf(String::isEmpty);
    byte[] old = before == null ? new byte[0] : bytes(before);
    Content next = Content.of(format.encode(variables, old));
    machine.step("sets " + changes + " in " + path, "");
    if (!machine.setup.platform().environmentInPlace()) {
      atomically(machine, point, next);
    } else {
      switch (rewrite) {
        case TRUNCATING -> Writes.truncating(machine, point, volume(machine), path, next);
        case IN_PLACE -> Writes.inPlace(machine, point, volume(machine), path, next);
        case ATOMIC -> Writes.atomic(machine, point, volume(machine), path, next);
      }
    }
    if (machine.setup.platform().bootPartitionCheckpointed()) {
      volume(machine).freeze();
    }
  }

  /** The reference platform: all or nothing, as with two checksummed copies. */
  private void atomically(Machine machine, String point, Content next) {
    LiveVolume boot = volume(machine);
    Content before = boot.tree().content(path);
    if (before == null) {
      boot.create(path);
      boot.write(path, next);
    } else if (before.length() == next.length()) {
      boot.overwrite(path, next);
    } else {
      boot.truncate(path);
      boot.write(path, next);
    }
    boot.fsync(path);
    boot.freeze();
    machine.point(point, machine.tracing() ? "writes " + path + " all or nothing" : "");
  }

  @Override
  public String where() {
    return path;
  }
}
