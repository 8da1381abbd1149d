package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.slots.SlotScenario;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a Chrome OS device is made of.
 *
 * @param storage the disk
 * @param interactive an update in the foreground writes slots through the page cache, one in the background forces each
 *     write
 * @param delta payloads copy unchanged blocks from the running slot
 * @param firmwareUpdate images bring a new read-write firmware
 * @param risingVersions each release has a higher kernel version than the one before
 * @param settingsInFlash settings of the firmware in a log in SPI flash instead of CMOS
 * @param developer developer mode
 * @param powerwash the server demands that user data is wiped with the update
 * @param cgptRepair postinst repairs the partition table first
 * @param lidClosed boots with the lid closed count no tries
 * @param maxTries tries given to a new kernel
 * @param firmwareTries tries given to a new firmware
 * @param benignResets resets that chips ask for in the first boots of a new firmware
 * @param repairsFirst firmware writes a repaired copy of the partition table before it changes anything; as shipped it
 *     writes repair and change together, primary copy first
 * @param idealMedium reference twin of the medium: every write is durable at once, in order
 * @param departures named departures from the real system
 */
public record ChromeBoard(
    Storage storage,
    boolean interactive,
    boolean delta,
    boolean firmwareUpdate,
    boolean risingVersions,
    boolean settingsInFlash,
    boolean developer,
    boolean powerwash,
    boolean cgptRepair,
    boolean lidClosed,
    int maxTries,
    int firmwareTries,
    int benignResets,
    boolean repairsFirst,
    boolean idealMedium,
    SortedSet<ChromeDeparture> departures) {

  /** Kinds of disks, as firmware and kernel drive them. */
  public enum Storage {
    /** Firmware never turns the cache on; the kernel does. */
    EMMC(DeviceProfile.EMMC, true),
    /** Firmware sends no flush, and the cache is on. */
    NVME(DeviceProfile.DISK_512N, false),
    /** Firmware writes with forced unit access. */
    UFS(DeviceProfile.NVME, true),
    /** Firmware flushes after every write. */
    AHCI(DeviceProfile.DISK_512N, true);

    final DeviceProfile profile;
    final boolean firmwareWritesAreDurable;

    Storage(DeviceProfile profile, boolean firmwareWritesAreDurable) {
      this.profile = profile;
      this.firmwareWritesAreDurable = firmwareWritesAreDurable;
    }
  }

  public ChromeBoard {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  boolean has(ChromeDeparture departure) {
    return departures.contains(departure);
  }

  /** The device inside a scenario. */
  public ChromeDevice device(SlotScenario scenario) {
    return new ChromeDevice(this, scenario);
  }
}
