package dev.plugpull.conformance.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A real machine and its update, as a target description tells them. See {@code docs/your-own-image.md} for the keys.
 *
 * @param file the description
 * @param bootSeconds how long a boot may take on an idle machine
 */
public record Target(
    Path file,
    String name,
    String title,
    Build build,
    Hardware hardware,
    List<Disk> disks,
    Health health,
    List<DeadEnd> deadEnds,
    Shell shell,
    Update update,
    int bootSeconds) {

  public Target {
    disks = List.copyOf(disks);
    deadEnds = List.copyOf(deadEnds);
  }

  /** The folder that relative paths of the description start from. */
  public Path folder() {
    return file.toAbsolutePath().getParent();
  }

  /**
   * How the images are made; all empty if they are given.
   *
   * @param packages Debian packages that are unpacked into one root together with what they depend on
   * @param single packages that are unpacked alone
   * @param script makes the images, relative to the description's folder; empty for none
   */
  public record Build(List<String> packages, List<SinglePackage> single, String script) {
    public static final Build NONE = new Build(List.of(), List.of(), "");

    public Build {
      packages = List.copyOf(packages);
      single = List.copyOf(single);
    }

    public boolean needed() {
      return !script.isEmpty();
    }
  }

  /**
   * A package in a folder of its own.
   *
   * @param as name of the folder
   * @param match pattern of the package's name
   * @param newest of several that match: the newest, or else the oldest
   */
  public record SinglePackage(String as, Pattern match, boolean newest) {}

  /**
   * The board.
   *
   * @param memoryMegabytes RAM
   * @param kernel a kernel that QEMU starts itself, relative to the folder; empty to boot from the first disk
   * @param initrd for {@code kernel}, or empty
   * @param append command line for {@code kernel}
   */
  public record Hardware(int memoryMegabytes, String kernel, String initrd, String append) {}

  /**
   * A disk. The first of a target is the one that is recorded.
   *
   * @param image file name: made by the build, or relative to the description's folder
   * @param bus {@code virtio}, or {@code nvme}: QEMU's NVMe controller drops FUA, and stalls now and then
   * @param onlyForUpdates attached read-only, and only while an update runs
   */
  public record Disk(String image, String bus, boolean onlyForUpdates) {}

  /**
   * How a healthy system is told: by a line that it prints, or by commands that a person would type.
   *
   * @param line pattern of the line; its first group holds {@code key=value} words. Null if commands are asked
   * @param version keys that make up the version; all of them must be those of one version
   * @param digest key of the digest of what must not change, or empty
   * @param healthyCommand succeeds on a healthy system; empty for none
   * @param versionCommand prints one word or {@code key=value} words; empty for none
   */
  public record Health(
      Pattern line, List<String> version, String digest, String healthyCommand, String versionCommand) {
    public Health {
      version = List.copyOf(version);
    }
  }

  /** What the console shows when a boot has failed for certain. */
  public record DeadEnd(Pattern pattern, String meaning) {}

  /**
   * The shell on the console.
   *
   * @param prompt what it prints when it waits; a plain text
   * @param login what to answer before there is a prompt
   */
  public record Shell(String prompt, List<Answer> login) {
    public Shell {
      login = List.copyOf(login);
    }
  }

  /** What to type when a text appears. */
  public record Answer(String expect, String send) {}

  /**
   * An update.
   *
   * @param prepare commands before it, not part of it
   * @param steps marked in the recording before and after each
   * @param finish ends the run in order: the machine must power off
   * @param seconds how long one step may take on an idle machine
   */
  public record Update(String prepare, List<Step> steps, String finish, int seconds) {
    public Update {
      steps = List.copyOf(steps);
    }
  }

  /** A named part of an update. */
  public record Step(String mark, String run) {}

  /** A number of seconds that stands for this many on an idle machine, when others use this one as well. */
  public static int patient(int seconds) {
    return seconds * Integer.getInteger("plugpull.patience", 6);
  }
}
