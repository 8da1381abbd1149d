package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.slots.SlotDevice;
import dev.plugpull.sim.slots.SlotState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which differences of durable state no program of the model can tell.
 *
 * <ul>
 *   <li><em>inert</em>: the record of the boot in which an update was completed, as every boot is another one;
 *   <li><em>inert</em>: checkpoint records that do not fit together, as an update then begins at the first operation
 *       and writes them again;
 *   <li><em>inert</em>: kernel and root of a slot that the table calls unbootable, as an update writes them again
 *       before it makes the slot bootable; while an update can be resumed, the blocks before its next operation count,
 *       whole or not.
 * </ul>
 */
final class Reductions {
  private static final List<String> CHECKPOINTS = List.of(Prefs.NEXT_OPERATION, Prefs.NEXT_DATA, Prefs.HASH_CONTEXT,
      Prefs.RESUMES, Prefs.RESPONSE, Prefs.SIGNATURE, Prefs.MANIFEST);
  private static final Hash128 WRITTEN_AGAIN = Hash128.of("written again before it is read");

  private final Releases releases;
  private final Map<Hash128, List<Attributes>> tables = new ConcurrentHashMap<>();
  private final Map<Hash128, Checkpoint> checkpoints = new ConcurrentHashMap<>();

  Reductions(Releases releases) {
    this.releases = releases;
  }

  /**
   * The stateful partition.
   *
   * @param target release whose update can be resumed, 0 if none can
   * @param next operation to begin with
   * @param tree what counts of the tree
   */
  private record Checkpoint(int target, int next, Tree tree) {}

  /** Fingerprints of what counts, by volume; null for a volume that counts as it is. */
  Hash128[] of(SlotState state) {
    Hash128[] known = new Hash128[Part.values().length];
    Checkpoint checkpoint = checkpoint(state.volumes().get(Part.STATE.ordinal()));
    known[Part.STATE.ordinal()] = SlotDevice.hash(checkpoint.tree());
    List<Attributes> table = table(state.volumes().get(Part.DISK.ordinal()));
    for (Slot slot : Slot.values()) {
      if (!table.isEmpty() && unbootable(table.get(slot.ordinal()))) {
        known[slot.kernel.ordinal()] = blocks(state, slot, checkpoint, true);
        known[slot.root.ordinal()] = blocks(state, slot, checkpoint, false);
      }
    }
    return known;
  }

  private static boolean unbootable(Attributes attributes) {
    return attributes.tries() == 0 && !attributes.successful();
  }

  private Hash128 blocks(SlotState state, Slot slot, Checkpoint checkpoint, boolean kernel) {
    Hash128 sum = WRITTEN_AGAIN;
    if (checkpoint.target() > 0) {
      LiveVolume partition = state.volumes().get((kernel ? slot.kernel : slot.root).ordinal()).open();
      List<Payload.Operation> operations = releases.payload(checkpoint.target()).operations();
      for (int i = 0; i < checkpoint.next(); i++) {
        Payload.Operation operation = operations.get(i);
        boolean whole = operation.kernel() != kernel || Arrays.equals(
            partition.readRaw(operation.offset(), operation.data().length), operation.data());
        sum = sum.then(new Hash128(i, whole ? 1 : 0));
      }
    }
    return sum;
  }

  private List<Attributes> table(VolumeState disk) {
    return tables.computeIfAbsent(disk.hash(), hash -> {
      GptCopies table = GptCopies.read(disk.open(), Partitions.SECTORS);
      return table.readable() ? List.of(table.attributes(Slot.A), table.attributes(Slot.B)) : List.of();
    });
  }

  private Checkpoint checkpoint(VolumeState volume) {
    return checkpoints.computeIfAbsent(volume.hash(), hash -> {
      Tree tree = volume.recovered().without(Prefs.FOLDER + "/" + Prefs.COMPLETED);
      int target = Prefs.resumable(tree, releases);
      int next = target == 0 ? 0 : Prefs.parse(Prefs.get(tree, Prefs.NEXT_OPERATION));
      if (target == 0) {
        for (String key : CHECKPOINTS) {
          tree = tree.without(Prefs.FOLDER + "/" + key);
        }
      }
      return new Checkpoint(target, next, tree);
    });
  }
}
