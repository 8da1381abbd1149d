package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Collects what cuts leave while a boot loader runs, which writes a few sectors of one volume at most. */
final class LoaderCuts extends Deaf<CoreState> {
  private static final int MOST = 64;

  private final List<List<VolumeState>> states = new ArrayList<>();
  private boolean tooMany;

  /** True if {@link #states} are not all, because so much is pending at once. */
  boolean tooMany() {
    return tooMany;
  }

  /** The volumes after each cut; one state may come more than once. */
  List<List<VolumeState>> states() {
    return states;
  }

  @Override
  public Interruption crashPoint(
      String point, String what, List<? extends LiveVolume> volumes, Surviving<CoreState> rest) {
    super.crashPoint(point, what, volumes, rest);
    List<PendingWindow> windows = volumes.stream().map(LiveVolume::pending).toList();
    List<VolumeState> bases = windows.stream().map(PendingWindow::base).toList();
    if (windows.stream().filter(window -> window.size() > 0).count() > 1) {
      tooMany = true;
      return Interruption.NONE;
    }
    for (int i = 0; i < windows.size(); i++) {
      for (VolumeState left : left(windows.get(i))) {
        List<VolumeState> state = new ArrayList<>(bases);
        state.set(i, left);
        states.add(state);
      }
    }
    tooMany |= states.size() > MOST;
    return Interruption.NONE;
  }

  /** Every closed choice of the pending writes. */
  private List<VolumeState> left(PendingWindow window) {
    List<BitSet> choices = new ArrayList<>(List.of(new BitSet()));
    List<VolumeState> left = new ArrayList<>(List.of(window.base()));
    for (int write = 0; write < window.size() && left.size() <= MOST; write++) {
      int before = left.size();
      for (int one = 0; one < before; one++) {
        BitSet missing = window.needs(write);
        missing.andNot(choices.get(one));
        if (missing.isEmpty()) {
          BitSet choice = (BitSet) choices.get(one).clone();
          choice.set(write);
          choices.add(choice);
          left.add(window.apply(left.get(one), write));
        }
      }
    }
    tooMany |= left.size() > MOST;
    return left;
  }
}
