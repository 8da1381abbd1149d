package dev.plugpull.reports;

/**
 * The certified device in words; a part that does not apply is empty.
 *
 * @param system the update system with its series, such as {@code Ubuntu Core 22}
 * @param environment where the boot environment lives, such as {@code boot.sel on FAT}
 * @param medium the medium profile, such as {@code eMMC (512 B atomic, cache on)}
 */
public record Device(String name, String version, String architecture, String system, String bootloader,
    String environment, String medium) {}
