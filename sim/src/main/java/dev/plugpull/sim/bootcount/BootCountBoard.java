package dev.plugpull.sim.bootcount;

import dev.plugpull.sim.bootloader.uboot.EnvironmentStore;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.slots.EnvironmentTool;
import dev.plugpull.sim.slots.SlotScenario;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the device is made of.
 *
 * @param environment where U-Boot keeps its variables
 * @param counter where it counts boots
 * @param limit boots before {@code altbootcmd} runs
 * @param rescue one system and a rescue system instead of two equal slots
 * @param firmware updates bring firmware beside the system, and the new system needs it
 * @param blank the environment was never written on the clean device
 * @param bare the environment that is built into the loader boots nothing
 * @param idealMedium reference twin of the medium
 * @param departures named departures from the reference
 */
public record BootCountBoard(
    Environment environment,
    UbootBoard.BootCounter counter,
    int limit,
    boolean rescue,
    boolean firmware,
    boolean blank,
    boolean bare,
    boolean idealMedium,
    SortedSet<BootCountDeparture> departures) {

  static final int COPY_BYTES = 1024;
  private static final int ERASE_BYTES = 2048;
  private static final DeviceProfile FLASH = new DeviceProfile("NOR flash", 512, false, true, false, ERASE_BYTES, 0);

  /** Homes of the environment. */
  public enum Environment {
    /** Two copies on eMMC. */
    REDUNDANT(COPY_BYTES, DeviceProfile.EMMC),
    /** One copy on eMMC, overwritten in place. */
    SINGLE(-1, DeviceProfile.EMMC),
    /** Two copies in flash, each in an erase block of its own. */
    FLASH_TWO_BLOCKS(ERASE_BYTES, FLASH),
    /** Two copies in flash, in one erase block. */
    FLASH_ONE_BLOCK(COPY_BYTES, FLASH);

    final EnvironmentTool.Layout layout;
    final DeviceProfile profile;

    Environment(long second, DeviceProfile profile) {
      this.layout = new EnvironmentTool.Layout(0, second, COPY_BYTES);
      this.profile = profile;
    }
  }

  public BootCountBoard {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  boolean has(BootCountDeparture departure) {
    return departures.contains(departure);
  }

  /** The variables of the built-in environment. */
  SortedMap<String, String> variables() {
    TreeMap<String, String> all = new TreeMap<>();
    all.put("bootcmd", Scripts.bootcmd(this));
    all.put("altbootcmd", Scripts.altbootcmd(this));
    all.put("start_slot", Scripts.START_SLOT);
    all.put("try_to_recover", Scripts.TRY_TO_RECOVER);
    all.put("loadaddr", "1000000");
    all.put(Scripts.PART, Scripts.A);
    all.put(Scripts.AVAILABLE, "0");
    all.put(Scripts.COUNT, "0");
    all.put("bootlimit", Integer.toString(limit));
    return all;
  }

  UbootBoard loader() {
    return UbootBoard.standard().withEnvironment(bare ? Map.of("loadaddr", "1000000") : variables())
        .withBootCounter(counter)
        .withStore(new EnvironmentStore.Raw(0, 1, "", 0, environment.layout.secondOffset()),
            environment.layout.redundant() ? UbootEnvironment.Header.FLAG : UbootEnvironment.Header.PLAIN, COPY_BYTES)
        .withDisk("mmc 0", 0);
  }

  /** The device inside a scenario. */
  public BootCountDevice device(SlotScenario scenario) {
    return new BootCountDevice(this, scenario);
  }
}
