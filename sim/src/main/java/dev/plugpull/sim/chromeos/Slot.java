package dev.plugpull.sim.chromeos;

/** One of the two systems. */
enum Slot {
  A(Part.KERN_A, Part.ROOT_A, 2),
  B(Part.KERN_B, Part.ROOT_B, 4);

  final Part kernel;
  final Part root;
  /** Number of the kernel's partition, from 1. */
  final int number;

  Slot(Part kernel, Part root, int number) {
    this.kernel = kernel;
    this.root = root;
    this.number = number;
  }

  Slot other() {
    return this == A ? B : A;
  }

  static Slot of(int number) {
    return number == A.number ? A : B;
  }
}
