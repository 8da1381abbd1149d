package dev.plugpull.sim.ubuntucore;

/**
 * What {@code state.json} says of the device itself, not of a snap.
 *
 * @param tried {@code tried-systems}: labels whose trial went well. R11 adds; a finished or failed creation clears it
 * @param system number of the {@code default-recovery-system}, as {@link RecoverySystem#label} has it; 0 where a
 *     scenario does not speak of recovery systems
 * @param model number of the model that the device has
 * @param wanted number of the system and the model that the change in progress, or the last one, is about; 0 for none
 */
record DeviceRecord(String tried, int system, int model, int wanted) {
  static final DeviceRecord NONE = new DeviceRecord("", 0, 0, 0);

  /** As the first boot leaves it. */
  static DeviceRecord installed() {
    return new DeviceRecord("", Revisions.OLD, Revisions.OLD, 0);
  }

  DeviceRecord tried(String labels) {
    return new DeviceRecord(labels, system, model, wanted);
  }

  DeviceRecord system(int number) {
    return new DeviceRecord(tried, number, model, wanted);
  }

  DeviceRecord model(int number) {
    return new DeviceRecord(tried, system, number, wanted);
  }

  DeviceRecord wanted(int number) {
    return new DeviceRecord(tried, system, model, number);
  }
}
