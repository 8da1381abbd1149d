package dev.plugpull.scenarios.junit;

import static dev.plugpull.scenarios.junit.UpdateStory.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.trial.Tried;
import dev.plugpull.scenarios.trial.TwoSlots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.engine.TestTag;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What a project sees that uses the kit in its own tests: run by JUnit inside this test. */
class UpdateScenarioTest {

  private static final int REQUIREMENTS = Contract.properties().size();

  @UpdateScenario("good.yaml")
  static class Good implements KeepsTheContract {}

  @UpdateScenario("careless.yaml")
  static class Careless implements KeepsTheContract {}

  @UpdateScenario("known.yaml")
  static class Known implements KeepsTheContract {}

  @UpdateScenario("mended.yaml")
  static class Mended implements KeepsTheContract {}

  @UpdateScenario("excused.yaml")
  static class Excused implements KeepsTheContract {}

  @UpdateScenario("nowhere.yaml")
  static class Nowhere implements KeepsTheContract {}

  @Nightly
  @UpdateScenario(value = "good.yaml", workUnits = 2)
  static class Bounded implements KeepsTheContract {}

  static class OnMethods {
    static final Set<String> SEEN = new ConcurrentSkipListSet<>();
    static final Set<Integer> SEARCHES = new ConcurrentSkipListSet<>();

    @Quick
    @UpdateScenario("good.yaml")
    void keeps(Property requirement, Tried<?> tried) {
      SEEN.add(requirement.id());
      SEARCHES.add(System.identityHashCode(tried.exploration()));
    }
  }

  static class Stories {
    @TestFactory
    Stream<DynamicNode> good() {
      return device(TwoSlots.good()).publishes(TwoSlots.UPDATE).refreshes().cutAnywhere().settles();
    }

    @TestFactory
    Stream<DynamicNode> careless() {
      return device(TwoSlots.careless()).publishes(TwoSlots.UPDATE).refreshes().cutAnywhere().settles();
    }

    @TestFactory
    Stream<DynamicNode> carelessButLeftAlone() {
      return device(TwoSlots.careless()).publishes(TwoSlots.UPDATE).refreshes().struckBy(FaultPlan.NOTHING).settles();
    }

    @TestFactory
    Stream<DynamicNode> anExcuse() {
      return device(TwoSlots.careless()).publishes(TwoSlots.UPDATE).refreshes().excusing("NOBRICK", "not sold")
          .cutAnywhere().settles();
    }
  }

  private static EngineExecutionResults run(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(type)).execute();
  }

  @Test
  void aScenarioIsOneNodeARequirement() {
    EngineExecutionResults results = run(Good.class);
    results.testEvents().assertStatistics(stats -> stats.started(REQUIREMENTS).succeeded(REQUIREMENTS));
    assertThat(names(results)).anyMatch(name -> name.startsWith("NOBRICK: ") && name.contains("good slots, update"));
  }

  private static List<String> names(EngineExecutionResults results) {
    return results.testEvents().started().map(event -> event.getTestDescriptor().getDisplayName()).toList();
  }

  @Test
  void aFailingNodeSaysWhatWhenAndTheCommandAndLeavesItsFiles() throws IOException {
    EngineExecutionResults results = run(Careless.class);
    String message = messages(results).get("NOBRICK");
    assertThat(message)
        .contains("NOBRICK violated: ", "careless slots, update", "power fails at", "./plugpull replay ", "file:");
    Path replay = Path.of(message.split("plugpull replay ")[1].lines().findFirst().orElseThrow());
    assertThat(Files.readString(replay)).contains("\"faultPlan\"", "careless.yaml", "sha256:");
    Path report = Path.of(java.net.URI.create(message.split("report {3}")[1].lines().findFirst().orElseThrow()));
    assertThat(Files.readString(report)).contains("NOBRICK", "careless slots");
    assertThat(results.testEvents().reportingEntryPublished().stream()).as("entries for the IDE").isNotEmpty();
  }

  /** Requirement to message of its failing node. */
  private static Map<String, String> messages(EngineExecutionResults results) {
    Map<String, String> messages = new TreeMap<>();
    results.testEvents().failed().stream()
        .forEach(event -> messages.put(requirement(event), thrown(event).getMessage()));
    return messages;
  }

  private static String requirement(Event event) {
    return event.getTestDescriptor().getDisplayName().split(":")[0];
  }

  private static Throwable thrown(Event event) {
    return event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class).getThrowable().orElseThrow();
  }

  @Test
  void aDeviceThatIsKnownToBeBrokenMustBeBroken() {
    run(Known.class).testEvents().assertStatistics(stats -> stats.started(1).succeeded(1));
    assertThat(messages(run(Mended.class)).get("NOBRICK")).contains("known to be violated", "take violates: out");
  }

  @Test
  void anExcusedRequirementIsAbortedAloud() {
    EngineExecutionResults results = run(Excused.class);
    assertThat(results.testEvents().aborted().stream().map(UpdateScenarioTest::requirement)).containsExactly("NOBRICK");
    assertThat(results.testEvents().aborted().stream().map(event -> thrown(event).getMessage()))
        .allMatch(message -> message.contains("the vendor says so"));
  }

  @Test
  void whatABoundLeftOpenFails() {
    EngineExecutionResults results = run(Bounded.class);
    results.testEvents().assertStatistics(stats -> stats.failed(REQUIREMENTS));
    assertThat(messages(results).values()).allMatch(message -> message.startsWith("cannot tell whether "));
  }

  @Test
  void tiersAreTags() {
    assertThat(tags(run(Bounded.class))).contains("nightly");
    assertThat(tags(run(OnMethods.class))).contains("quick");
  }

  private static List<String> tags(EngineExecutionResults results) {
    return results.testEvents().started().stream()
        .flatMap(event -> event.getTestDescriptor().getTags().stream()).map(TestTag::getName).distinct().toList();
  }

  @Test
  void aMissingFileEndsInOneSentence() {
    assertThat(run(Nowhere.class).containerEvents().failed().stream().map(event -> thrown(event).getMessage()))
        .anyMatch(message -> message.contains("nowhere.yaml: there is no such file or resource; put it beside"));
  }

  @Test
  void methodsTakeTheRequirementAndOneSearchOnManyThreads() {
    OnMethods.SEEN.clear();
    OnMethods.SEARCHES.clear();
    EngineTestKit.engine("junit-jupiter").selectors(selectClass(OnMethods.class))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
        .execute().testEvents().assertStatistics(stats -> stats.succeeded(REQUIREMENTS));
    assertThat(OnMethods.SEEN).hasSize(REQUIREMENTS);
    assertThat(OnMethods.SEARCHES).as("searches").hasSize(1);
  }

  @Test
  void aStoryInJavaDoesTheSame() {
    EngineExecutionResults results = run(Stories.class);
    assertThat(results.testEvents().started().count()).isEqualTo(4L * REQUIREMENTS);
    assertThat(results.testEvents().aborted().stream().map(UpdateScenarioTest::requirement)).containsExactly("NOBRICK");
    assertThat(results.testEvents().failed().stream().map(UpdateScenarioTest::requirement)).contains("NOBRICK");
    assertThat(messages(results).get("NOBRICK")).contains("./plugpull replay ");
    assertThat(results.testEvents().failed().stream().map(event -> event.getTestDescriptor().getUniqueId().toString()))
        .allMatch(id -> id.contains("careless()") || id.contains("anExcuse()"));
  }

  /** An interface's template method is no test of its own. */
  @Test
  void theInterfaceDeclaresATemplate() throws NoSuchMethodException {
    assertThat(KeepsTheContract.class.getDeclaredMethod("keeps").isAnnotationPresent(TestTemplate.class)).isTrue();
  }
}
