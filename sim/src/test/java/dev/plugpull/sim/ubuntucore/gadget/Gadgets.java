package dev.plugpull.sim.ubuntucore.gadget;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small gadgets for tests. */
final class Gadgets {

  static final Target UC18 = new Target(18, SystemKind.CORE_WITHOUT_MODES, false, "test");
  static final Target UC22 = new Target(22, SystemKind.CORE_WITH_MODES, false, "test");
  static final Target UC22_ENCRYPTED = new Target(22, SystemKind.CORE_WITH_MODES, true, "test");
  static final Target HYBRID = new Target(24, SystemKind.HYBRID, false, "test");
  static final Target CLASSIC = new Target(22, SystemKind.CLASSIC, false, "test");

  /** A good gadget for Ubuntu Core 22 with GRUB, one structure a line so that tests can replace parts. */
  static final String GRUB =
      """
      volumes:
        pc:
          schema: gpt
          bootloader: grub
          structure:
            - {name: mbr, type: mbr, size: 440, content: [{image: mbr.img}], update: {edition: 1}}
            - {name: bios, type: 21686148-6449-6E6F-744E-656564454649, size: 1M, offset: 1M, offset-write: mbr+92}
            - name: ubuntu-seed
              role: system-seed
              filesystem: vfat
              type: C12A7328-F81F-11D2-BA4B-00A0C93EC93B
              size: 1200M
              update: {edition: 2}
              content: [{source: grubx64.efi, target: EFI/boot/grubx64.efi}]
            - name: ubuntu-boot
              role: system-boot
              filesystem: ext4
              type: 0FC63DAF-8483-4772-8E79-3D69D8477DE4
              size: 750M
              update: {edition: 1}
              content: [{source: grubx64.efi, target: EFI/boot/grubx64.efi}]
            - name: ubuntu-save
              role: system-save
              filesystem: ext4
              type: 0FC63DAF-8483-4772-8E79-3D69D8477DE4
              size: 32M
            - name: ubuntu-data
              role: system-data
              filesystem: ext4
              type: 0FC63DAF-8483-4772-8E79-3D69D8477DE4
              size: 1G
      """;

  /** A good gadget for Ubuntu Core 18 with U-Boot. */
  static final String UBOOT_18 =
      """
      volumes:
        board:
          schema: mbr
          bootloader: u-boot
          structure:
            - {name: loader, type: bare, size: 1M, offset: 32768, content: [{image: u-boot.bin}]}
            - {filesystem-label: system-boot, filesystem: vfat, type: 0C, size: 128M}
      """;

  private Gadgets() {}

  static GadgetYaml parse(String text) {
    return GadgetYaml.parse(text.getBytes(StandardCharsets.UTF_8), "gadget.yaml");
  }

  /** All findings of parsing and validating. */
  static List<Finding> judge(String text, Target target) {
    return GadgetValidator.validate(parse(text), target);
  }
}
