package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code state.json}, reduced to what decides something. Written whole with P1 (P17) each time snapd
 * unlocks its state.
 *
 * <p>Boot ids are reduced to "this boot or another one" (a task that waits is released by any later boot), times to
 * nothing (no deadline but the three days of pruning is read), finished changes to their last result.
 *
 * @param snaps what is known of each part
 * @param change the change in progress, or null
 * @param lastResult {@code ""}, {@code done} or {@code failed}: how the last change ended
 * @param lastWhy the error it ended with
 * @param lastKind kind of the last change
 * @param failed target revision of the last change if it failed, else 0
 * @param device what is known of the device itself
 */
record SnapdRecord(
    Map<Part, Snap> snaps, Change change, String lastResult, String lastWhy, String lastKind, int failed,
    DeviceRecord device, Hash128 hash) {

  static final String PATH = "/var/lib/snapd/state.json";

  /**
   * What snapd knows of one snap.
   *
   * @param current revision that is current, whether active or not
   * @param active false between unlink-current-snap and link-snap
   * @param sequence revisions in install order
   */
  record Snap(int current, boolean active, List<Integer> sequence) {
    Snap {
      sequence = List.copyOf(sequence);
    }
  }

  SnapdRecord(Map<Part, Snap> snaps, Change change, String lastResult, String lastWhy, String lastKind, int failed,
      DeviceRecord device) {
    this(
        new EnumMap<>(snaps),
        change,
        lastResult,
        lastWhy,
        lastKind,
        failed,
        device,
        fingerprint(snaps, change, lastResult, lastWhy, lastKind, failed, device));
  }

  private static Hash128 fingerprint(
      Map<Part, Snap> snaps, Change change, String result, String why, String kind, int failed,
      DeviceRecord device) {
    long hi = result.hashCode() * 31L + kind.hashCode();
    long lo = why.hashCode() * 31L + failed;
    for (Part part : Part.values()) {
      Snap snap = snaps.get(part);
      if (snap == null) {
        continue;
      }
      hi = Hash128.mix(hi * 31 + snap.current() * 2 + (snap.active() ? 1 : 0));
      lo = Hash128.mix(lo * 37 + snap.sequence().hashCode() + hi);
    }
    Hash128 all = device.equals(DeviceRecord.NONE) ? new Hash128(hi, lo)
        : new Hash128(hi, lo).then(Hash128.of(device.toString()));
    return change == null ? all : all.then(change.hash());
  }

  Content content() {
    return Content.record(this, hash, 4096);
  }

  static SnapdRecord read(Content content) {
    return content != null && content.value() instanceof SnapdRecord record ? record : null;
  }

  Snap snap(Part part) {
    return snaps.get(part);
  }

  SnapdRecord with(Part part, Snap snap) {
    Map<Part, Snap> changed = new EnumMap<>(snaps);
    changed.put(part, snap);
    return new SnapdRecord(changed, change, lastResult, lastWhy, lastKind, failed, device);
  }

  SnapdRecord with(Change next) {
    return new SnapdRecord(snaps, next, lastResult, lastWhy, lastKind, failed, device);
  }

  SnapdRecord with(DeviceRecord other) {
    return new SnapdRecord(snaps, change, lastResult, lastWhy, lastKind, failed, other);
  }

  /** The change ended; of it only the result is kept (pruned after a day; no program reads more). */
  SnapdRecord ended(String result, String why, int failedRevision) {
    return new SnapdRecord(snaps, null, result, why, change.kind(), failedRevision, device);
  }
}
