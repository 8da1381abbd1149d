package dev.plugpull.sim.slots;

import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at a device from outside: what runs, what is reported, what is stored. */
final class SlotObserver {
  private static final long BLOCK_BYTES = 4096;

  private SlotObserver() {}

  static Observation observe(SlotDevice device, SlotState state) {
    Report report = device.report(state);
    SortedMap<String, String> running = new TreeMap<>();
    if (state.seen() != null) {
      state.seen().running().forEach((part, revision) -> running.put(part, revision.toString()));
    }
    SortedMap<String, String> reported = new TreeMap<>();
    if (!report.revision().isEmpty()) {
      running.keySet().forEach(part -> reported.put(part, report.revision()));
    }
    Seen seen = state.seen();
    boolean asked = !state.world().get(World.ASKED).equals("cancelled") && !state.world().has(World.FULL);
    return new Observation(
        outcome(state, report),
        running,
        reported,
        report.change(),
        report.why(),
        device.scenario().good() || state.world().number(World.OFFERED) == SlotScenario.NEXT,
        asked && !state.world().get(World.ASKED).equals("rollback"),
        seen == null || seen.verified(),
        seen != null && seen.belowFloor(),
        device.userData(state),
        seen != null && seen.baseChanged(),
        seen == null ? "" : seen.digest(),
        bookkeeping(device, state),
        device.foreignChange(state),
        blocks(state.volumes()),
        blocks(device.start().volumes()) + device.slackBlocks(),
        true);
  }

  private static Outcome outcome(SlotState state, Report report) {
    Seen seen = state.seen();
    if (seen == null) {
      return Outcome.BRICK;
    }
    if (!report.usable()) {
      return Outcome.STUCK;
    }
    if (!seen.matched()) {
      return Outcome.MIXED;
    }
    return seen.revision() == state.world().number(World.OFFERED) ? Outcome.NEW : Outcome.OLD;
  }

  private static String bookkeeping(SlotDevice device, SlotState state) {
    Hash128 sum = Hash128.ZERO;
    for (int i = 0; i < state.volumes().size(); i++) {
      sum = device.isRaw(i) ? sum : sum.then(device.canonical(i, state.volumes().get(i)));
    }
    return device.predictableRecords() ? sum.toString() : "";
  }

  private static long blocks(List<VolumeState> volumes) {
    long sum = 0;
    for (VolumeState volume : volumes) {
      sum += blocks(DiskFiller.without(volume.recovered()).root());
    }
    return sum;
  }

  private static long blocks(Tree.Directory directory) {
    long sum = 1;
    for (int i = 0; i < directory.size(); i++) {
      sum += switch (directory.node(i)) {
        case Tree.Directory inner -> blocks(inner);
        case Tree.File file -> (file.content().length() + BLOCK_BYTES - 1) / BLOCK_BYTES;
        case Tree.Symlink link -> 0;
      };
    }
    return sum;
  }
}
