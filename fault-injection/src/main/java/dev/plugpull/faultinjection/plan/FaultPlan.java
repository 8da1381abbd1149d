package dev.plugpull.faultinjection.plan;

import dev.plugpull.sim.device.Interruption;
import java.util.List;

/**
 * What strikes a device, from the start of a scenario on. Between the steps and after the last one it is left alone.
 *
 * @param steps in the order in which they strike
 */
public record FaultPlan(List<Step> steps) {

  public static final FaultPlan NOTHING = new FaultPlan(List.of());

  public FaultPlan {
    steps = List.copyOf(steps);
  }

  /** Something that strikes. */
  public sealed interface Step {
    /** In which boot, the first one of the scenario being 1. */
    int boot();

    /** The same step in another boot. */
    Step inBoot(int boot);

    /** The step in words. */
    String words();
  }

  /**
   * Power fails.
   *
   * @param point name of the durability point
   * @param occurrence the how manieth point of this name in the boot, from 1
   * @param losses what happens to each volume that has pending writes; a volume that is not named loses nothing
   */
  public record Cut(int boot, String point, int occurrence, List<Loss> losses) implements Step {
    public Cut {
      losses = List.copyOf(losses);
    }

    @Override
    public Cut inBoot(int other) {
      return new Cut(other, point, occurrence, losses);
    }

    @Override
    public String words() {
      StringBuilder text = new StringBuilder("boot " + boot + ": power fails at " + at(point, occurrence));
      for (Loss loss : losses) {
        text.append("; ").append(loss.words());
      }
      return text.toString();
    }
  }

  /** Something else than a power cut strikes. */
  public record Strike(int boot, String point, int occurrence, Interruption by) implements Step {
    @Override
    public Strike inBoot(int other) {
      return new Strike(other, point, occurrence, by);
    }

    @Override
    public String words() {
      return "boot " + boot + ": " + by.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " at "
          + at(point, occurrence);
    }
  }

  /** Something happens after the device settled in a boot. */
  public record AtRest(int boot, String event) implements Step {
    @Override
    public AtRest inBoot(int other) {
      return new AtRest(other, event);
    }

    @Override
    public String words() {
      return "after boot " + boot + ", at rest: " + event;
    }
  }

  /** A person switches a device off and on that got stuck in a boot. */
  public record PowerCycle(int boot) implements Step {
    @Override
    public PowerCycle inBoot(int other) {
      return new PowerCycle(other);
    }

    @Override
    public String words() {
      return "after boot " + boot + ", stuck: a person switches it off and on";
    }
  }

  /**
   * What a cut takes from one volume.
   *
   * @param volume index, in the order of the device
   * @param name for people, empty if the device names no volumes
   * @param rule how to find the lost writes again
   * @param kept the kept writes, oldest first; only for people and for shrinking
   * @param lost the lost writes, oldest first
   */
  public record Loss(int volume, String name, Rule rule, List<Pending> kept, List<Pending> lost) {
    public Loss {
      kept = List.copyOf(kept);
      lost = List.copyOf(lost);
    }

    String words() {
      String on = name.isEmpty() ? "volume " + volume : name;
      return switch (rule) {
        case ALL_KEPT -> "everything pending on " + on + " is kept";
        case ALL_LOST -> "everything pending on " + on + " is lost";
        case NAMED -> on + " loses " + String.join(", ", lost.stream().map(Pending::write).toList());
      };
    }
  }

  /** Which pending writes are lost. */
  public enum Rule {
    ALL_KEPT,
    ALL_LOST,
    /** Those named, and what needs them. */
    NAMED
  }

  /**
   * A pending write.
   *
   * @param write in words
   * @param occurrence the how manieth write in these words in the window, from 1
   */
  public record Pending(String write, int occurrence) {}

  private static String at(String point, int occurrence) {
    return occurrence == 1 ? point : point + " (number " + occurrence + ")";
  }

  /** Number of faults and events. */
  public int size() {
    return steps.size();
  }

  /** Number of power cuts. */
  public int cuts() {
    return (int) steps.stream().filter(Cut.class::isInstance).count();
  }
}
