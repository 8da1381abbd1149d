package dev.plugpull.sim.chromeos;

/** The media of a device, in the order of its volumes. */
enum Part {
  /** Both copies of the partition table, boot code before the first, OEM sectors between. */
  DISK("disk"),
  KERN_A("KERN-A"),
  ROOT_A("ROOT-A"),
  KERN_B("KERN-B"),
  ROOT_B("ROOT-B"),
  STATE("STATE"),
  /** Firmware slots RW_A and RW_B. */
  FLASH("SPI flash"),
  NVDATA("nvdata"),
  TPM("TPM");

  final String word;

  Part(String word) {
    this.word = word;
  }
}
