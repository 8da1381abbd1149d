package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.grub.GrubEnvironment;
import dev.plugpull.sim.filesystem.Btrfs;
import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes the clean device: as installed, or (aged) updated once since. */
final class Installer {
  private static final long BYTES = 4L << 30;
  private static final long ESP_BYTES = 1L << 30;

  private final MicroOsSetup setup;
  private final Btrfs format = Btrfs.format("ROOT").size(BYTES).at(0, 2);

  private Installer(MicroOsSetup setup) {
    this.setup = setup;
  }

  static List<VolumeState> install(MicroOsSetup setup) {
    Installer installer = new Installer(setup);
    return setup.hasBootEntries() ? List.of(installer.volume(), installer.esp()) : List.of(installer.volume());
  }

  /** EFI variables of the clean device. */
  static EfiVariables variables(MicroOsSetup setup) {
    return setup.loader() == MicroOsSetup.Loader.SYSTEMD_BOOT
        ? EfiVariables.NONE.preferring(running(setup))
        : EfiVariables.NONE;
  }

  private VolumeState esp() {
    Fat esp = Fat.format("ESP").size(ESP_BYTES).at(0, 1);
    int running = running(setup);
    for (int number = setup.history() == MicroOsSetup.History.PRUNED ? running : 1; number <= running; number++) {
      int release = Release.OLD - running + number;
      esp.with(BootEntry.kernel(release), Release.file("boot/vmlinuz", release));
      esp.with(BootEntry.initrd(release), Release.file("boot/initrd", release));
      esp.with(new BootEntry(number, -1, 0).path(), new Numbered.Entry(number, release, release).content());
    }
    if (setup.loader() == MicroOsSetup.Loader.SYSTEMD_BOOT_LOADER_CONF) {
      esp.with(SystemdBoot.CONFIGURATION, new Numbered.LoaderConf(running).content());
    }
    return esp.state();
  }

  /** Number of the snapshot that runs on the clean device. */
  static int running(MicroOsSetup setup) {
    return setup.aged() ? 2 : 1;
  }

  private VolumeState volume() {
    int running = running(setup);
    if (setup.history() == MicroOsSetup.History.PRUNED && setup.overlay()) {
      format.with(Layout.upper(1) + "/" + Etc.USERS_FILE, Etc.EDITED);
    }
    for (int number = setup.history() == MicroOsSetup.History.PRUNED ? running : 1; number <= running; number++) {
      snapshot(number, Release.OLD - running + number, running);
    }
    format.withDefault(Layout.root(running));
    format.with(Layout.DOCUMENT, Content.opaque("document", 20_000));
    format.with(Layout.APPLICATION, Layout.APPLICATION_STATE);
    format.withDirectory(Layout.MISC);
    if (setup.healthChecker() && !setup.hasBootEntries()) {
      format.with(Layout.HEALTH_STATE,
          new Numbered.Good(running, true, setup.has(MicroOsSetup.Departure.STATE_NAMES_PATH)).content());
    }
    if (setup.history() == MicroOsSetup.History.UPDATED) {
      format.with(Layout.TRANSACTIONAL_STATE, new Numbered.Working(List.of(1)).content());
    }
    LiveVolume live = format.state().open();
    live.mount();
    live.writeRaw(Layout.ENVIRONMENT_OFFSET, environment());
    live.fsyncRaw();
    return live.settled();
  }

  static byte[] environment() {
    byte[] block = new byte[Layout.ENVIRONMENT_BYTES];
    Arrays.fill(block, (byte) '#');
    byte[] begin = "# GRUB Environment Block\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(begin, 0, block, 0, begin.length);
    return GrubEnvironment.grub(block).flatMap(empty -> empty.set("health_checker_flag", "0")).orElseThrow().bytes();
  }

  private void snapshot(int number, int release, int running) {
    String root = Layout.root(number);
    format.withSubvolume(root, true);
    for (String file : Release.files()) {
      format.with(root + "/" + file, Release.file(file, release));
    }
    format.with(root + "/" + Keys.PATH, Keys.ring(!setup.has(MicroOsSetup.Departure.KEYS_ROTATED_LATE)));
    format.with(root + "/" + Release.NOTICE, Release.NOTICE_TEXT);
    format.with(root + "/boot/grub2/grub.cfg", GrubFiles.configuration(setup.healthChecker()));
    format.with(Layout.info(number), new Info(false, false, false).content());
    format.with(Layout.grubEntry(number), new Numbered.GrubEntry(number, setup.healthChecker()).content());
    format.with(Layout.etc(number) + "/" + Etc.PACKAGES_FILE, Etc.packaged(release));
    boolean edited = setup.aged() && !setup.overlay();
    format.with(Layout.etc(number) + "/" + Etc.USERS_FILE, edited ? Etc.EDITED : Etc.FACTORY);
    if (setup.overlay()) {
      format.with(Layout.etc(number) + "/fstab",
          new Numbered.Layers(number, number == 1 ? List.of(0) : List.of(number - 1, 0)).content());
      format.withDirectory(Layout.upper(number));
      if (setup.aged() && number < running) {
        format.with(Layout.upper(number) + "/" + Etc.USERS_FILE, Etc.EDITED);
      }
    } else {
      format.withSubvolume(Layout.etc(number), false);
    }
  }
}
