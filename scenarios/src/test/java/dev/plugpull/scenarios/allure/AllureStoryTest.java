package dev.plugpull.scenarios.allure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.scenarios.trial.TwoSlots;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("Allure has one life cycle for the whole JVM")
class AllureStoryTest {

  @Test
  void aCounterExampleBecomesStepsAndAttachments(@TempDir Path results) throws IOException {
    CounterExample<?> example = Trial.of(TwoSlots.careless(), TwoSlots.UPDATE).explore().counterExample("NOBRICK")
        .orElseThrow();
    AllureLifecycle before = Allure.getLifecycle();
    AllureLifecycle own = new AllureLifecycle(new FileSystemResultsWriter(results));
    Allure.setLifecycle(own);
    try {
      own.scheduleTestCase(new TestResult().setUuid("one").setName("one"));
      own.startTestCase("one");
      AllureStory.epic(Contract.properties().getFirst());
      AllureStory.tell(example, Evidence.write(example));
      own.stopTestCase("one");
      own.writeTestCase("one");
    } finally {
      Allure.setLifecycle(before);
    }
    String result = Files.readString(results.resolve("one-result.json"));
    assertThat(result).contains("\"epic\"", "NOBRICK: ", "switch old system makes the slot active", "power fails at");
    try (Stream<Path> files = Files.list(results)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).anyMatch(name -> name.endsWith("-attachment.html"));
      assertThat(names).anyMatch(name -> name.endsWith("-attachment.json"));
      assertThat(names.stream().filter(name -> name.endsWith("-attachment.txt"))).hasSize(2);
    }
  }
}
