package dev.plugpull.scenarios.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each property fails on its broken story and on no fixed one. */
class ContractTest {

  /** A device as it was seen, changed one aspect at a time. */
  private record Seen(
      Outcome outcome, Map<String, String> running, Map<String, String> reported, String change, boolean good,
      boolean verified, boolean belowFloor, Map<String, String> data, boolean baseChanged, boolean foreign, long used,
      boolean bounded) {
    static final Seen NEW = new Seen(
        Outcome.NEW, Map.of("kernel", "2"), Map.of("kernel", "2"), "done", true, true, false, Map.of("app", "kept"),
        false, false, 10, true);
    static final Seen ROLLED_BACK = new Seen(
        Outcome.OLD, Map.of("kernel", "1"), Map.of("kernel", "1"), "failed", false, true, false, Map.of("app", "kept"),
        false, false, 10, true);

    Seen outcome(Outcome other) {
      return new Seen(other, running, reported, change, good, verified, belowFloor, data, baseChanged, foreign, used,
          bounded);
    }

    Seen change(String other) {
      return new Seen(outcome, running, reported, other, good, verified, belowFloor, data, baseChanged, foreign, used,
          bounded);
    }

    Seen good(boolean other) {
      return new Seen(outcome, running, reported, change, other, verified, belowFloor, data, baseChanged, foreign, used,
          bounded);
    }

    Observation observation() {
      return new Observation(outcome, new TreeMap<>(running), new TreeMap<>(reported), change, "", good, true, verified,
          belowFloor, new TreeMap<>(data), baseChanged, "d", "b", foreign, used, 10, bounded);
    }
  }

  private static Story settled(Seen seen) {
    return new Story(Story.Ending.SETTLED, "", false, false, 1, false, seen.observation(), null);
  }

  private static Story undisturbed(Seen seen) {
    return new Story(Story.Ending.SETTLED, "", false, false, 1, true, seen.observation(), null);
  }

  private static Story ends(Story.Ending ending, boolean assumed) {
    return new Story(ending, "boot loader prompt", assumed, true, 3, false, Seen.NEW.observation(), null);
  }

  private static Story withNext(Story next) {
    return new Story(Story.Ending.SETTLED, "", false, false, 1, false, Seen.NEW.observation(), next);
  }

  /** Property, broken story, fixed story. */
  private record Twin(String property, Story broken, Story fixed) {}

  private static final Seen BELOW = new Seen(
      Outcome.NEW, Map.of(), Map.of(), "done", true, true, true, Map.of(), false, false, 10, true);
  private static final Seen UNVERIFIED = new Seen(
      Outcome.NEW, Map.of(), Map.of(), "done", true, false, false, Map.of(), false, false, 10, true);
  private static final Seen LOST = new Seen(
      Outcome.NEW, Map.of(), Map.of(), "done", true, true, false, Map.of("app", "lost"), false, false, 10, true);
  private static final Seen CHANGED_BASE = new Seen(
      Outcome.NEW, Map.of(), Map.of(), "done", true, true, false, Map.of(), true, false, 10, true);
  private static final Seen FOREIGN = new Seen(
      Outcome.NEW, Map.of(), Map.of(), "done", true, true, false, Map.of(), false, true, 10, true);
  private static final Seen FULL = new Seen(
      Outcome.NEW, Map.of(), Map.of(), "done", true, true, false, Map.of(), false, false, 11, true);
  private static final Seen ENDLESS = new Seen(
      Outcome.NEW, Map.of(), Map.of(), "done", true, true, false, Map.of(), false, false, 10, false);
  private static final Seen LIES = new Seen(
      Outcome.NEW, Map.of("kernel", "1"), Map.of("kernel", "2"), "done", true, true, false, Map.of(), false, false, 10,
      true);

  private static List<Twin> twins() {
    return List.of(
        new Twin("NOBRICK", ends(Story.Ending.STUCK, false), ends(Story.Ending.STUCK, true)),
        new Twin("NOBRICK", ends(Story.Ending.LOOP, false), settled(Seen.NEW)),
        new Twin("ATOM", settled(Seen.NEW.outcome(Outcome.MIXED)), settled(Seen.NEW)),
        new Twin("PROGRESS", undisturbed(Seen.ROLLED_BACK.good(true)), settled(Seen.ROLLED_BACK.good(true))),
        new Twin("ROLLBACK", settled(Seen.NEW.good(false)), settled(Seen.ROLLED_BACK)),
        new Twin("ROLLBACK", settled(Seen.ROLLED_BACK.change("done")), settled(Seen.ROLLED_BACK)),
        new Twin("CONV", settled(Seen.NEW.outcome(Outcome.OLD).change("doing")), settled(Seen.ROLLED_BACK)),
        new Twin("CONV", settled(Seen.NEW.outcome(Outcome.OLD).change("none")), settled(Seen.NEW.change("none"))),
        new Twin("NEXT", withNext(ends(Story.Ending.LOOP, false)), withNext(settled(Seen.NEW))),
        new Twin("NEXT", withNext(settled(Seen.NEW.outcome(Outcome.OLD))), withNext(settled(Seen.NEW))),
        new Twin("DURAB", settled(Seen.NEW.outcome(Outcome.OLD)), settled(Seen.NEW)),
        new Twin("INTEG", settled(UNVERIFIED), settled(Seen.NEW)),
        new Twin("ANTIRB", settled(BELOW), settled(Seen.NEW)),
        new Twin("DATA", settled(LOST), settled(Seen.NEW)),
        new Twin("RO", settled(CHANGED_BASE), settled(Seen.NEW)),
        new Twin("ISO", settled(FOREIGN), settled(Seen.NEW)),
        new Twin("TRUTH", settled(LIES), settled(Seen.NEW)),
        new Twin("TRUTH", settled(LIES.change("failed")), settled(LIES.change("doing"))),
        new Twin("SPACE", settled(FULL), settled(Seen.NEW)),
        new Twin("BOUND", settled(ENDLESS), settled(Seen.NEW)));
  }

  @TestFactory
  Stream<DynamicTest> everyPropertyFailsOnItsBrokenTwinOnly() {
    return twins().stream().map(twin -> DynamicTest.dynamicTest(twin.property(), () -> {
      assertThat(violated(twin.broken())).as("broken").contains(twin.property());
      assertThat(violated(twin.fixed())).as("fixed").doesNotContain(twin.property());
    }));
  }

  @Test
  void everyPropertyHasATwin() {
    assertThat(twins().stream().map(Twin::property))
        .containsAll(Contract.properties().stream().map(Property::id).toList());
  }

  @Test
  void predictableRemembersWhatItSaw() {
    Predictable predictable = new Predictable();
    assertThat(predictable.contradicts(Seen.NEW.observation())).isEmpty();
    assertThat(predictable.contradicts(Seen.NEW.observation())).isEmpty();
    Observation same = Seen.NEW.observation();
    Observation other = new Observation(same.outcome(), same.running(), same.reported(), same.change(), same.why(),
        true, true, true, false, same.data(), false, "other", "b", false, 10, 10, true);
    assertThat(predictable.contradicts(other)).isPresent();
  }

  @Test
  void predictableComparesVersionsNotRemarksAndRecordsOfEndedUpdatesOnly() {
    Predictable predictable = new Predictable();
    assertThat(predictable.contradicts(seen("2", "done", "content", "records"))).isEmpty();
    assertThat(predictable.contradicts(seen("2 incomplete", "done", "less content", "records")))
        .hasValueSatisfying(why -> assertThat(why).contains("different content"));
    assertThat(predictable.contradicts(seen("3", "done", "less content", "records"))).isEmpty();
    assertThat(predictable.contradicts(seen("2", "done", "content", "other records")))
        .hasValueSatisfying(why -> assertThat(why).contains("different records"));
    assertThat(predictable.contradicts(seen("2", "failed", "content", "other records"))).isEmpty();
    assertThat(predictable.contradicts(seen("2", "doing", "content", "one"))).isEmpty();
    assertThat(predictable.contradicts(seen("2", "doing", "content", "two"))).isEmpty();
  }

  private static Observation seen(String kernel, String change, String content, String records) {
    Observation like = Seen.NEW.observation();
    return new Observation(like.outcome(), new TreeMap<>(Map.of("kernel", kernel)), like.reported(), change, "", true,
        true, true, false, like.data(), false, content, records, false, 10, 10, true);
  }

  private static List<String> violated(Story story) {
    return Contract.judge(story).stream().map(Contract.Violated::property).toList();
  }
}
