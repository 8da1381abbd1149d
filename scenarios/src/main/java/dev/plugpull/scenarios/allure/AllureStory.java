package dev.plugpull.scenarios.allure;

import dev.plugpull.reports.FaultStep;
import dev.plugpull.reports.TraceStep;
import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import io.qameta.allure.Allure;
import io.qameta.allure.model.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Collectors;

/** Tells the test that runs in this thread's Allure result what a counter-example is. */
public final class AllureStory {
  private AllureStory() {}

  /** The requirement that the test is about. */
  public static void epic(Property requirement) {
    Allure.epic(requirement.id() + ": " + requirement.title());
  }

  /** Steps and attachments of a counter-example whose files were written. */
  public static void tell(CounterExample<?> example, Evidence evidence) {
    Allure.feature(example.trial().title());
    for (TraceStep step : example.story()) {
      boolean fault = step.actor().equals("fault");
      Allure.step(words(step), fault ? Status.BROKEN : Status.PASSED);
    }
    try {
      Allure.addAttachment("report", "text/html", Files.readString(evidence.report()), ".html");
      Allure.addAttachment("fault plan, for ./plugpull replay", "application/json",
          Files.readString(evidence.replay()), ".json");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot attach " + evidence, e);
    }
    Allure.addAttachment("fault plan in words", "text/plain",
        example.steps().stream().map(AllureStory::words).collect(Collectors.joining("\n")), ".txt");
    Allure.addAttachment("trace", "text/plain",
        example.story().stream().map(AllureStory::words).collect(Collectors.joining("\n")), ".txt");
  }

  private static String words(TraceStep step) {
    String actor = step.actor().isEmpty() ? "" : step.actor() + ": ";
    String point = step.point().isEmpty() ? "" : step.point() + " ";
    return "boot " + step.boot() + "  " + actor + point + step.text();
  }

  private static String words(FaultStep step) {
    return "boot " + step.boot() + "  " + step.action() + (step.point().isEmpty() ? "" : " at " + step.point()
        + " (number " + step.occurrence() + ")") + (step.lost().isEmpty() ? "" : ", loses " + step.lost());
  }
}
