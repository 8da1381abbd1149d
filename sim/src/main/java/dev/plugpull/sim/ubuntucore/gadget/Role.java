package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;

/** The words that a structure's {@code role} may be; text and not an enum, because a wrong one is still shown. */
public final class Role {

  public static final String MBR = "mbr";
  public static final String BOOT = "system-boot";
  public static final String SEED = "system-seed";
  public static final String SEED_NULL = "system-seed-null";
  public static final String SAVE = "system-save";
  public static final String DATA = "system-data";
  public static final String BOOT_STATE = "system-boot-state";

  /** Every role snapd knows, the two old ones included. */
  static final List<String> KNOWN =
      List.of(
          MBR, BOOT, SEED, SEED_NULL, SAVE, DATA, BOOT_STATE, "system-boot-image", "system-boot-select",
          "system-seed-image", "system-seed-select", "bootimg", "bootselect");

  /** Those that may appear once in a gadget (V20). */
  static final List<String> UNIQUE = List.of(SEED, SEED_NULL, BOOT, DATA, SAVE, BOOT_STATE);

  private Role() {}
}
