package dev.plugpull.sim.rauc;

/** One of the two systems. */
enum Slot {
  A(RaucDevice.SLOT_A, "2"),
  B(RaucDevice.SLOT_B, "3");

  final int volume;
  final String partition;

  Slot(int volume, String partition) {
    this.volume = volume;
    this.partition = partition;
  }

  Slot other() {
    return this == A ? B : A;
  }
}
