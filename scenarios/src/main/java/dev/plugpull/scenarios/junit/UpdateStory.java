package dev.plugpull.scenarios.junit;

import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.scenarios.trial.Tried;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;

/**
 * An update told in Java, for a {@code @TestFactory}:
 *
 * <pre>{@code
 * return device(profile).publishes("update").refreshes().cutAnywhere().settles();
 * }</pre>
 */
public final class UpdateStory {
  private UpdateStory() {}

  /** A device of a family. */
  public static Device device(Profile profile) {
    return new Device(profile);
  }

  /** A device of one's own, already inside its scenario. */
  public static Refreshing device(String name, UpdatingDevice<?> device) {
    return new Refreshing(Trial.of(name, device)).refreshes();
  }

  /** A device before anything is published. */
  public static final class Device {
    private final Profile profile;

    private Device(Profile profile) {
      this.profile = profile;
    }

    /**
     * What is published, and what else happens: a scenario of the device's family.
     *
     * @throws dev.plugpull.scenarios.family.UnreadableProfileException if the family knows none of this name
     */
    public Refreshing publishes(String scenario) {
      return new Refreshing(Trial.of(profile, scenario));
    }
  }

  /** A device for which something is published. */
  public static final class Refreshing {
    private final Trial<?> trial;

    private Refreshing(Trial<?> trial) {
      this.trial = trial;
    }

    /**
     * The device takes the update.
     *
     * @throws AssertionFailedError if left alone it never hears of one: then the story would test nothing
     */
    public Refreshing refreshes() {
      Replayed<?> alone = trial.check(FaultPlan.NOTHING);
      if (alone.settlement().settled() && !alone.settlement().observation().updateOffered()) {
        throw new AssertionFailedError("cannot refresh " + trial.title() + ": no update is on offer");
      }
      return this;
    }

    /** A violation of this requirement is excused by a clause. */
    public Refreshing excusing(String requirement, String clause) {
      return new Refreshing(trial.excusing(requirement, clause));
    }

    /** Power may fail anywhere, any number of times, also during recovery. */
    public Struck cutAnywhere() {
      return new Struck(trial.within(ExplorationBounds.DEFAULT), null);
    }

    /** As {@link #cutAnywhere()}, within bounds. */
    public Struck cutAnywhere(ExplorationBounds bounds) {
      return new Struck(trial.within(bounds), null);
    }

    /** This plan strikes and nothing else; {@link FaultPlan#NOTHING} leaves the device alone. */
    public Struck struckBy(FaultPlan plan) {
      return new Struck(trial, plan);
    }
  }

  /** A device that something strikes. */
  public static final class Struck {
    private final Trial<?> trial;
    private final FaultPlan plan;
    private Tried<?> tried;

    private Struck(Trial<?> trial, FaultPlan plan) {
      this.trial = trial;
      this.plan = plan;
    }

    /** Left alone, it ends as the contract demands: one test a requirement. */
    public Stream<DynamicNode> settles() {
      if (plan == null) {
        return Tried.requirements(trial).stream().map(property -> node(property, () ->
            Rulings.check(explored(), property, evidence -> { })));
      }
      return Contract.properties().stream().map(property -> node(property, () -> follow(property)));
    }

    private DynamicNode node(Property property, Runnable check) {
      return DynamicTest.dynamicTest(
          property.id() + ": " + property.title() + " (" + trial.title() + ")", check::run);
    }

    /** The search, for assertions of one's own. Runs once. */
    public synchronized Tried<?> explored() {
      if (tried == null) {
        tried = trial.explore();
      }
      return tried;
    }

    private void follow(Property property) {
      follow(trial.attempt(plan), property);
    }

    private static <S> void follow(Attempt<S> attempt, Property property) {
      Replayed<S> run = attempt.run();
      if (!run.followed()) {
        throw new AssertionFailedError("cannot follow the fault plan on " + attempt.trial().title() + ": "
            + String.join("; ", run.missing()));
      }
      run.violations().stream().filter(v -> v.property().equals(property.id())).findFirst().ifPresent(violation -> {
        CounterExample<S> example = CounterExample.of(attempt, property.id(), violation.why());
        Evidence evidence = Evidence.write(example);
        Telling.tell(example, evidence);
        throw new AssertionFailedError(example.words() + evidence.words());
      });
    }
  }
}
