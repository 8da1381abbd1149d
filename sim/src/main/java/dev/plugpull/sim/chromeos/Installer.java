package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.SlotMachine;
import java.util.Arrays;

/** Applies a payload to the other slot and verifies what it wrote ({@code chrome-os.md} 7.5, U6 to U10). */
final class Installer {
  private static final String URL = "url";
  private static final int URLS = 2;

  private final SlotMachine machine;
  private final ChromeBoard board;
  private final Payload payload;
  private final Slot running;
  private final Prefs prefs;

  Installer(SlotMachine machine, ChromeBoard board, Payload payload, Slot running, Prefs prefs) {
    this.machine = machine;
    this.board = board;
    this.payload = payload;
    this.running = running;
    this.prefs = prefs;
  }

  /** U6 and U7, from an operation on; false if no server delivers what was signed. */
  boolean apply(int from) {
    int next = from;
    while (next < payload.operations().size()) {
      Payload.Operation operation = payload.operations().get(next);
      byte[] data = data(operation);
      if (!Arrays.equals(data, operation.data())) {
        machine.step("operation " + next + " does not have the digest that was signed: next server");
        int url = Integer.parseInt("0" + machine.remembered(URL)) + 1;
        machine.remember(URL, Integer.toString(url));
        if (url >= URLS) {
          return false;
        }
        continue;
      }
      write(operation, data, next);
      next++;
      checkpoint("U7", next);
    }
    return true;
  }

  /** What a server, or the running slot, delivers. */
  private byte[] data(Payload.Operation operation) {
    if (operation.copy()) {
      return machine.volume(running.root.ordinal()).readRaw(operation.offset(), operation.data().length);
    }
    byte[] data = operation.data().clone();
    if (machine.scenario().is(ChromeDevice.CORRUPT_DOWNLOAD) && machine.remembered(URL).isEmpty()) {
      data[0] ^= 1;
    }
    return data;
  }

  private void write(Payload.Operation operation, byte[] data, int index) {
    Slot target = running.other();
    LiveVolume partition = machine.volume((operation.kernel() ? target.kernel : target.root).ordinal());
    partition.writeRaw(operation.offset(), data);
    machine.point("U6.written", "writes operation " + index);
    if (board.has(ChromeDeparture.WRITES_BEHIND_PARTITION) && operation.kernel()) {
      machine.volume(Part.DISK.ordinal()).writeRaw(Partitions.OEM_BYTES, Arrays.copyOf(data, GptCopies.SECTOR));
    }
    if (!board.interactive()) {
      partition.fsyncRaw();
      machine.point("U6", "operation " + index + " is on the disk");
    }
  }

  /** U7: the number of the next operation goes last; before anything else it is taken back. */
  void checkpoint(String point, int next) {
    prefs.set(point + ".begin", Prefs.NEXT_OPERATION, "-1");
    prefs.set(point + ".context", Prefs.HASH_CONTEXT, "context " + next);
    prefs.set(point + ".data", Prefs.NEXT_DATA, Integer.toString(next));
    prefs.set(point, Prefs.NEXT_OPERATION, Integer.toString(next));
  }

  /** U10: reads the target partitions through the page cache. */
  boolean verified() {
    Slot target = running.other();
    byte[] kernel = machine.volume(target.kernel.ordinal()).readRaw(0, payload.kernel().length);
    byte[] root = machine.volume(target.root.ordinal()).readRaw(0, payload.root().length);
    return Arrays.equals(kernel, payload.kernel()) && Arrays.equals(root, payload.root());
  }
}
