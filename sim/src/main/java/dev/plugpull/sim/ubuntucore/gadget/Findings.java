package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.List;

/** Collects findings about one file. */
final class Findings {

  private final String file;
  private final List<Finding> found = new ArrayList<>();

  Findings(String file) {
    this.file = file;
  }

  /** Adds a finding with the severity of its rule. */
  void add(GadgetRule rule, int line, String message, String remedy) {
    found.add(new Finding(rule, rule.severity(), file, line, message, remedy));
  }

  void addIn(String otherFile, GadgetRule rule, int line, String message, String remedy) {
    found.add(new Finding(rule, rule.severity(), otherFile, line, message, remedy));
  }

  List<Finding> list() {
    return List.copyOf(found);
  }
}
