package dev.plugpull.sim.rauc;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotWrites;
import java.util.TreeMap;

/** RAUC's central status: for each slot the checksum (here the release) that is known to be whole, 0 while unknown. */
final class StatusFile {
  static final String FOLDER = "/data/rauc";
  private static final String PATH = FOLDER + "/central.status";

  private StatusFile() {}

  static int of(Tree tree, Slot slot) {
    Content content = tree.content(PATH);
    for (String line : (content == null ? "" : content.text().orElse("")).split("\n")) {
      if (line.matches(slot + " ok [0-9]")) {
        return line.charAt(5) - '0';
      }
    }
    return 0;
  }

  /** False if there is no room. */
  static boolean set(SlotMachine machine, String point, Slot slot, int release) {
    LiveVolume data = machine.volume(RaucDevice.DATA);
    TreeMap<Slot, Integer> all = new TreeMap<>();
    for (Slot each : Slot.values()) {
      all.put(each, each == slot ? release : of(data.tree(), each));
    }
    try {
      SlotWrites.atomic(machine, point, data, PATH, text(all));
      return true;
    } catch (NoSpaceException e) {
      machine.step("cannot save the status: no space left");
      return false;
    }
  }

  static Content text(TreeMap<Slot, Integer> releases) {
    StringBuilder text = new StringBuilder();
    releases.forEach((slot, release) ->
        text.append(slot).append(release > 0 ? " ok " + release : " pending").append('\n'));
    return Content.text(text.toString());
  }
}
