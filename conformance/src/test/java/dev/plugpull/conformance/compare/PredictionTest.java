package dev.plugpull.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.machine.Target;
import dev.plugpull.conformance.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the models of the targets say, before any machine is tried. */
class PredictionTest {
  private static Target target;
  private static List<Prediction> today;

  @TempDir
  private Path folder;

  @BeforeAll
  static void predict() throws IOException {
    target = Home.find().target("ostree-grub");
    today = Predictor.all(TargetModel.of(target));
  }

  @Test
  void whatIsWrittenDownIsWhatTheModelSaysToday() throws IOException {
    assertThat(Files.readString(PredictionFile.of(target)))
        .as("./plugpull vm predict ostree-grub writes it anew").isEqualTo(PredictionFile.text(target, today));
    assertThat(PredictionFile.read(PredictionFile.of(target), target)).isEqualTo(today);
  }

  @Test
  void bothWindowsArePredictedAndOnlyWhereTheyAre() {
    Prediction debian = today.getFirst();
    assertThat(debian.in("before")).containsExactly(Outcome.OLD);
    assertThat(debian.in("pull")).containsExactly(Outcome.OLD);
    assertThat(debian.in("deploy"))
        .containsExactly(Outcome.OLD, Outcome.NEW, Outcome.BRICK_ONCE, Outcome.BRICK_FOR_GOOD);
    assertThat(debian.in("upgrade")).isEqualTo(debian.in("deploy"));
    assertThat(debian.reasons().get(Outcome.BRICK_ONCE)).contains("ostree-prepare-root");
    assertThat(debian.reasons().get(Outcome.BRICK_FOR_GOOD)).contains("prompt");
  }

  /** The broken twins of the prediction: each window goes with the step that opens it. */
  @Test
  void aFreezeAfterTheRenameClosesTheOutageAndNotThePrompt() {
    assertThat(today.get(1).in("deploy")).containsExactly(Outcome.OLD, Outcome.NEW, Outcome.BRICK_FOR_GOOD);
    assertThat(today.get(2).in("deploy")).containsExactly(Outcome.OLD, Outcome.NEW);
    assertThat(today.get(3).in("deploy")).containsExactly(Outcome.OLD, Outcome.NEW);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "profile: p.yaml    | profile: q.yaml         | :1: 'profile' names q.yaml, which is not there",
      "profile: p.yaml    | profile: model.yaml     | :1: 'profile' names a profile that cannot be used",
      "scenario: upgrade  | scenario: downgrade     | :2: 'scenario' is 'downgrade'; known are upgrade,",
      "steps: {pull: [P]} | steps: [pull]           | :3: 'steps' must be a map",
      "steps: {pull: [P]} | steps: {}               | :3: 'steps' must name the points of at least one step",
      "steps: {pull: [P]} | stages: {}              | :3: the model has the unknown key 'stages'; known are profile,",
      "departures: []     | departures: [no-such]   | has no variant 'no-such'",
  })
  void aModelThatCannotBeReadSaysWhy(String from, String to, String sentence) throws IOException {
    String good = """
        profile: p.yaml
        scenario: upgrade
        steps: {pull: [P]}
        variants:
          - {name: x, departures: []}
        """;
    Files.writeString(folder.resolve("p.yaml"), "family: ostree\n");
    Path file = Files.writeString(folder.resolve("model.yaml"), good);
    assertThat(TargetModel.read(file).devices()).hasSize(2);
    Files.writeString(file, good.replace(from.strip(), to.strip()));
    assertThatThrownBy(() -> TargetModel.read(file)).isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read " + file).hasMessageContaining(sentence.strip());
  }

  @Test
  void aStepWithoutPointsAndAFamilyThatCannotBeLeftAloneAreNoPrediction() throws IOException {
    Files.writeString(folder.resolve("p.yaml"), "family: download\n");
    Path other = Files.writeString(folder.resolve("other.yaml"),
        "profile: p.yaml\nscenario: refresh\nsteps: {pull: [P]}\n");
    assertThatThrownBy(() -> Predictor.all(TargetModel.read(other))).hasMessageStartingWith("cannot predict")
        .hasMessageContaining("without asking for its update again");
    Files.writeString(folder.resolve("q.yaml"), "family: ostree\n");
    Path empty = Files.writeString(folder.resolve("empty.yaml"),
        "profile: q.yaml\nscenario: upgrade\nsteps: {fly: [Z]}\n");
    assertThatThrownBy(() -> Predictor.all(TargetModel.read(empty))).hasMessageContaining("belongs to step 'fly'");
  }

  @Test
  void aDamagedPredictionSaysWhere() throws IOException {
    String text = PredictionFile.text(target, today.subList(0, 1));
    Path file = folder.resolve("predictions.yaml");
    assertThatThrownBy(() -> PredictionFile.read(file, target)).hasMessageContaining("./plugpull vm predict");
    Files.writeString(file, text.replace("target: ostree-grub", "target: other"));
    assertThatThrownBy(() -> PredictionFile.read(file, target)).hasMessageContaining(":2: 'target' is 'other'");
    Files.writeString(file, text.replace("pull: old", "pull: gold"));
    assertThatThrownBy(() -> PredictionFile.read(file, target))
        .hasMessageStartingWith("cannot read " + file + ":").hasMessageContaining("'gold', which is no outcome");
  }
}
