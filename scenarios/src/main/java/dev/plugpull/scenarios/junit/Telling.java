package dev.plugpull.scenarios.junit;

import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;

/** Tells Allure where it is on the class path; nobody needs it. */
final class Telling {
  private static final boolean ALLURE = isThere();

  private Telling() {}

  private static boolean isThere() {
    try {
      Class.forName("io.qameta.allure.Allure", false, Telling.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static void epic(Property requirement) {
    if (ALLURE) {
      dev.plugpull.scenarios.allure.AllureStory.epic(requirement);
    }
  }

  static void tell(CounterExample<?> example, Evidence evidence) {
    if (ALLURE) {
      dev.plugpull.scenarios.allure.AllureStory.tell(example, evidence);
    }
  }
}
