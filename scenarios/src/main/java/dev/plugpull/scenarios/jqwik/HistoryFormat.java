package dev.plugpull.scenarios.jqwik;

import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.SampleReportingFormat;

/** How jqwik prints a history that fails: its plan in words, and the command that repeats it. */
public final class HistoryFormat implements SampleReportingFormat {

  @Override
  public boolean appliesTo(Object value) {
    return value instanceof Attempt || value instanceof RunningDevice;
  }

  @Override
  public Optional<String> label(Object value) {
    return Optional.of("history of ");
  }

  @Override
  public Object report(Object value) {
    return value instanceof RunningDevice<?> device ? told(device.attempt()) : told((Attempt<?>) value);
  }

  private static <S> Map<Object, Object> told(Attempt<S> attempt) {
    CounterExample<?> example = attempt.run().violations().stream().findFirst()
        .map(v -> CounterExample.of(attempt, v.property(), v.why()))
        .orElseGet(() -> CounterExample.of(attempt, "assertion of the test", "the test's own assertion failed"));
    Evidence evidence = Evidence.write(example);
    Map<Object, Object> told = new LinkedHashMap<>();
    told.put("device", attempt.trial().title());
    told.put("fault plan", attempt.words().lines().toList());
    told.put("repeat", evidence.command().isEmpty() ? "run this test again" : evidence.command());
    told.put("report", evidence.report().toUri());
    return told;
  }
}
