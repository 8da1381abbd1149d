package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one power cut during one boot can leave, crash point by crash point.
 *
 * <p>Unlike a search, which wants each state once, every point is told in full, with what was possible before already.
 *
 * @param <S> the state between two boots
 */
public final class SingleCuts<S> {

  /**
   * Hears of each state.
   *
   * @param <S> the state between two boots
   */
  @FunctionalInterface
  public interface Hearer<S> {
    /**
     * A cut at this point can leave this.
     *
     * @param number of the crash point in the boot, from 0
     * @param point its name; several can have the same
     * @param content equal for states that are equal in every byte
     */
    void left(int number, String point, Hash128 content, S state);
  }

  private final CrashLimits limits;
  private final Hearer<S> hearer;

  public SingleCuts(CrashLimits limits, Hearer<S> hearer) {
    this.limits = limits;
    this.hearer = hearer;
  }

  /**
   * Boots the device once, undisturbed.
   *
   * @return how many points could not be tried in full
   */
  public long of(UpdatingDevice<S> device, S from) {
    Watch watch = new Watch();
    device.boot(from, watch);
    return watch.bounded;
  }

  private final class Watch extends QuietListener<S> {
    private final CrashProduct product = new CrashProduct(limits);
    private int points;
    private long bounded;

    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      int number = points++;
      product.reset();
      product.visit(volumes, rest.hash(),
          (hi, lo, loss, pick) -> tell(number, point, new Hash128(hi, lo), pick, rest));
      bounded += product.boundedWindows() > 0 ? 1 : 0;
      return Interruption.NONE;
    }

    private void tell(int number, String point, Hash128 content, int[] pick, Surviving<S> rest) {
      List<VolumeState> states = new ArrayList<>(pick.length);
      for (int i = 0; i < pick.length; i++) {
        states.add(product.track(i).states().state(pick[i]));
      }
      hearer.left(number, point, content, rest.cut(states));
    }
  }
}
