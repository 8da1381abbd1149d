package dev.plugpull.sim.bootloader.grub;

/** GRUB's error numbers: what {@code $?} shows after a command that failed. */
enum GrubError {
  TEST_FAILURE(1),
  BAD_MODULE(2),
  OUT_OF_MEMORY(3),
  BAD_FILE_TYPE(4),
  FILE_NOT_FOUND(5),
  FILE_READ_ERROR(6),
  BAD_FILENAME(7),
  UNKNOWN_FS(8),
  BAD_NUMBER(10),
  OUT_OF_RANGE(11),
  UNKNOWN_DEVICE(12),
  BAD_DEVICE(13),
  WRITE_ERROR(15),
  UNKNOWN_COMMAND(16),
  INVALID_COMMAND(17),
  BAD_ARGUMENT(18),
  BAD_OS(21),
  NO_KERNEL(22),
  MENU(27),
  ACCESS_DENIED(30);

  final int number;

  GrubError(int number) {
    this.number = number;
  }
}
