package dev.plugpull.scenarios.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the scenario of a profile file as tests, one a requirement. On a method, whose body runs after its requirement
 * held and may take the {@link dev.plugpull.scenarios.contract.Property} and the {@link
 * dev.plugpull.scenarios.trial.Tried} as parameters; or on a class that implements {@link KeepsTheContract}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@TestTemplate
@ExtendWith(UpdateScenarioExtension.class)
public @interface UpdateScenario {

  /** A file, or a resource beside the test class or at the root of the class path. It names the scenario. */
  String value();

  /** Most durable states that are looked at; when they do not suffice, what is not known to fail is unknown. */
  long workUnits() default Long.MAX_VALUE;
}
