package dev.plugpull.scenarios.junit;

import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.scenarios.trial.Tried;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes one invocation a requirement; the search itself runs when the first of them does. */
final class UpdateScenarioExtension implements TestTemplateInvocationContextProvider {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(UpdateScenarioExtension.class);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return annotation(context).isPresent();
  }

  private static Optional<UpdateScenario> annotation(ExtensionContext context) {
    Optional<UpdateScenario> own = AnnotationSupport.findAnnotation(context.getTestMethod(), UpdateScenario.class);
    return own.isPresent() ? own : AnnotationSupport.findAnnotation(context.getTestClass(), UpdateScenario.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
    UpdateScenario scenario = annotation(context).orElseThrow(() -> new ExtensionConfigurationException(
        "cannot find a scenario: annotate the method or its class with @UpdateScenario(FILE)"));
    Trial<?> trial = ScenarioFile.trial(scenario.value(), context.getRequiredTestClass())
        .within(ExplorationBounds.DEFAULT.withWorkUnits(scenario.workUnits()));
    ExtensionContext.Store store = context.getStore(SPACE);
    return Tried.requirements(trial).stream().map(requirement -> new OneRequirement(trial, requirement, store));
  }

  private record OneRequirement(Trial<?> trial, Property requirement, ExtensionContext.Store store)
      implements TestTemplateInvocationContext, BeforeTestExecutionCallback, ParameterResolver {

    @Override
    public String getDisplayName(int index) {
      return requirement.id() + ": " + requirement.title() + " (" + trial.title() + ")";
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    private Tried<?> tried() {
      return store.computeIfAbsent("tried", key -> trial.explore(), Tried.class);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
      Rulings.check(tried(), requirement, evidence -> context.publishReportEntry(Map.of(
          "plugpull.replay", evidence.command(), "plugpull.report", evidence.report().toUri().toString())));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == Property.class || type == Tried.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Property.class ? requirement : tried();
    }
  }
}
