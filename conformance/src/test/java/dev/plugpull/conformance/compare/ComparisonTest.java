package dev.plugpull.conformance.compare;

import static dev.plugpull.conformance.record.Outcome.BRICK_FOR_GOOD;
import static dev.plugpull.conformance.record.Outcome.BRICK_ONCE;
import static dev.plugpull.conformance.record.Outcome.NEW;
import static dev.plugpull.conformance.record.Outcome.OLD;
import static dev.plugpull.conformance.record.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plugpull.conformance.machine.Health;
import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.record.CrashReport;
import dev.plugpull.conformance.record.Outcome;
import dev.plugpull.conformance.record.Recording;
import dev.plugpull.conformance.record.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes of a machine beside a model's sets: a model that lacks an outcome must be told apart. */
class ComparisonTest {
  private static final List<String> PHASES = List.of("before", "pull", "deploy", "after");

  @TempDir
  private Path folder;

  private static Prediction predicting(String name, Outcome... inDeploy) {
    Map<String, SortedSet<Outcome>> phases = new LinkedHashMap<>();
    phases.put("before", new TreeSet<>(List.of(OLD)));
    phases.put("pull", new TreeSet<>(List.of(OLD)));
    phases.put("deploy", new TreeSet<>(List.of(inDeploy)));
    phases.put("after", new TreeSet<>(List.of(NEW)));
    TreeMap<Outcome, String> reasons = new TreeMap<>(Map.of(BRICK_ONCE, "no such link"));
    return new Prediction(name, phases, List.of(), reasons, 9, 0);
  }

  private static List<Comparison.Judged> machine(Outcome... inDeploy) {
    List<Comparison.Judged> judged = new ArrayList<>();
    judged.add(new Comparison.Judged("pull", "prefix:1", OLD, List.of("healthy")));
    for (Outcome outcome : inDeploy) {
      judged.add(new Comparison.Judged("deploy", "prefix:" + (judged.size() + 1), outcome, List.of("end | of it")));
    }
    return judged;
  }

  private static Comparison compare(Prediction prediction, Outcome... inDeploy) {
    return Comparison.of(prediction, PHASES, machine(inDeploy));
  }

  private static Comparison.Phase deploy(Comparison of) {
    return of.phases().get(2);
  }

  @Test
  void agreesWhereTheMachineStaysInTheSet() {
    Comparison is = compare(predicting("m", OLD, NEW, BRICK_ONCE), OLD, OLD, NEW);
    assertThat(is.contradicted()).isFalse();
    assertThat(is.states()).isEqualTo(4);
    assertThat(deploy(is).words()).isEqualTo("agreed");
    assertThat(deploy(is).seen()).containsExactly(Map.entry(OLD, 2), Map.entry(NEW, 1));
    assertThat(deploy(is).neverSeen()).containsExactly(BRICK_ONCE);
    assertThat(is.phases().getFirst().words()).isEqualTo("not looked at");
    assertThat(is.neverSeen()).as("before: old; deploy: brick once; after: new").isEqualTo(3);
  }

  @Test
  void aModelWithoutTheWindowIsToldApart() {
    Comparison is = compare(predicting("m", OLD, NEW, BRICK_FOR_GOOD), OLD, BRICK_ONCE, NEW, BRICK_ONCE);
    assertThat(is.contradicted()).isTrue();
    assertThat(deploy(is).outside()).containsExactly(BRICK_ONCE);
    assertThat(deploy(is).examples()).containsEntry(BRICK_ONCE, "prefix:3");
    assertThat(ModelAgainstMachine.told(is))
        .isEqualTo("the machine is outside its set: brickOnce in phase deploy");
  }

  @Test
  void anOutcomeInTheWrongPhaseIsToldApart() {
    List<Comparison.Judged> late = List.of(new Comparison.Judged("pull", "prefix:1", NEW, List.of("healthy")));
    assertThat(Comparison.of(predicting("m", OLD, NEW), PHASES, late).contradicted()).isTrue();
  }

  @Test
  void aPhaseThatTheModelDoesNotKnowIsNoAgreement() {
    List<Comparison.Judged> other = List.of(new Comparison.Judged("fly", "prefix:1", OLD, List.of("healthy")));
    assertThat(Comparison.of(predicting("m", OLD), List.of("fly"), other).contradicted()).isTrue();
  }

  @Test
  void anUndecidedStateContradictsNothingAndProvesNothing() {
    Comparison is = compare(predicting("m", OLD), UNKNOWN);
    assertThat(is.contradicted()).isFalse();
    assertThat(deploy(is).words()).isEqualTo("not looked at");
  }

  private ModelAgainstMachine found(long flushes, Outcome... inDeploy) throws IOException {
    CrashReport run = new CrashReport(Home.find().target("ostree-grub"), Tier.QUICK,
        new Recording(folder.resolve("0007"), "", Health.of("a"), Health.of("b"), 1), List.of(), 0, 0, flushes,
        Double.NaN, Double.NaN, List.of(), List.of("torn requests"));
    return new ModelAgainstMachine(run, compare(predicting("ours", OLD, NEW, BRICK_ONCE), inDeploy),
        List.of(compare(predicting("variant", OLD, NEW), inDeploy)));
  }

  @Test
  void theVerdictIsOnTheTargetsOwnModelOnly() throws IOException {
    assertThat(found(9, OLD, BRICK_ONCE).verdict()).isEqualTo("pass");
    assertThat(found(9, OLD, BRICK_FOR_GOOD).verdict()).isEqualTo("fail");
    assertThat(found(0, OLD, BRICK_ONCE).verdict()).as("no flush was seen").isEqualTo("unknown");
    assertThat(found(9, OLD, BRICK_FOR_GOOD).lines()).anySatisfy(line -> assertThat(line)
        .contains("a defect of the model or a new bug: brickForGood", "--state prefix:3"));
    assertThat(found(9, OLD, BRICK_ONCE).lines()).contains(
        "variant 'variant': the machine is outside its set: brickOnce in phase deploy", "not looked at: torn requests");
  }

  @Test
  void theJsonFitsItsSchema() throws IOException {
    try (InputStream schema = ModelAgainstMachine.class.getResourceAsStream("comparison.schema.json")) {
      var reader = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
      String json = found(9, OLD, BRICK_ONCE).json();
      assertThat(reader.validate(json, InputFormat.JSON)).isEmpty();
      assertThat(reader.validate(json.replace("\"pass\"", "\"fine\""), InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void aSectionOfThePageIsReplacedAndTheRestStays() throws IOException {
    Path page = folder.resolve("page.md");
    ComparisonPage.write(page, found(9, OLD, BRICK_ONCE));
    String first = Files.readString(page);
    assertThat(first).startsWith("# Model against machine\n").contains("| deploy | old, new, brickOnce |",
        "| brickOnce | no such link | `prefix:3` end \\| of it |", "| variant | nothing |");
    Files.writeString(page, first + "\n## By hand\n");
    ComparisonPage.write(page, found(9, OLD, NEW));
    assertThat(Files.readString(page)).endsWith("\n## By hand\n").contains("1 old, 1 new")
        .doesNotContain("1 brickOnce");
    ComparisonPage.write(page, found(9, OLD, BRICK_ONCE));
    assertThat(Files.readString(page)).isEqualTo(first + "\n## By hand\n");
    Files.writeString(page, first.replaceAll("<!-- end .*\n", ""));
    assertThatThrownBy(() -> ComparisonPage.write(page, found(9, OLD))).hasMessageStartingWith("cannot write " + page);
  }
}
