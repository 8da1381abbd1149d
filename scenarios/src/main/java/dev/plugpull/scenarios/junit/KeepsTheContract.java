package dev.plugpull.scenarios.junit;

import org.junit.jupiter.api.TestTemplate;

/** For a class that carries {@link UpdateScenario}: then the class needs no body. */
public interface KeepsTheContract {

  /** One node a requirement. */
  @TestTemplate
  default void keeps() {
    // the extension asks the requirement before the body
  }
}
