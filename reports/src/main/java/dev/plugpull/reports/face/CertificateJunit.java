package dev.plugpull.reports.face;

import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.Requirement;
import dev.plugpull.reports.Scenario;
import dev.plugpull.reports.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * JUnit XML, one test case per requirement and scenario. Unknown is an error, not run is skipped: neither looks like a
 * pass.
 */
public final class CertificateJunit {
  private CertificateJunit() {}

  private record Case(String suite, String name, Verdict verdict, String why) {}

  public static String write(Certificate certificate) {
    List<Case> cases = cases(certificate);
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    String name = safe(certificate.device().name());
    xml.append("<testsuites>\n").append(String.format(Locale.ROOT,
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%.3f\">\n", name,
        cases.size(), count(cases, Verdict.FAIL), count(cases, Verdict.UNKNOWN), count(cases, Verdict.NOT_RUN),
        certificate.exploration().seconds()));
    for (Case test : cases) {
      xml.append("<testcase classname=\"").append(name).append('.').append(safe(test.suite)).append("\" name=\"")
          .append(safe(test.name)).append("\">").append(body(test)).append("</testcase>\n");
    }
    return xml.append("</testsuite>\n</testsuites>\n").toString();
  }

  private static List<Case> cases(Certificate certificate) {
    var cases = new ArrayList<Case>();
    for (Scenario scenario : certificate.scenarios()) {
      for (Scenario.Check check : scenario.checks()) {
        cases.add(new Case(scenario.name(), check.requirement(), check.verdict(), check.why()));
      }
      if (scenario.checks().isEmpty()) {
        cases.add(new Case(scenario.name(), "all requirements", scenario.verdict(), scenario.why()));
      }
    }
    for (Requirement requirement : certificate.requirements()) {
      if (cases.stream().noneMatch(test -> test.name.equals(requirement.id()))) {
        cases.add(new Case("certificate", requirement.id(), requirement.verdict(), requirement.why()));
      }
    }
    cases.add(new Case("certificate", "verdict", certificate.verdict(), certificate.verdictInWords()));
    return cases;
  }

  private static String body(Case test) {
    String why = safe(test.why);
    return switch (test.verdict) {
      case PASS -> "";
      case FAIL -> "<failure type=\"" + safe(test.name) + "\" message=\"" + why + "\"/>";
      case UNKNOWN -> "<error type=\"unknown\" message=\"" + why + "\"/>";
      case NOT_RUN -> "<skipped message=\"" + why + "\"/>";
    };
  }

  private static long count(List<Case> cases, Verdict verdict) {
    return cases.stream().filter(test -> test.verdict == verdict).count();
  }

  private static String safe(String text) {
    var xml = new StringBuilder(text.length());
    Plain.line(text).codePoints().forEach(point -> {
      switch (point) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '"' -> xml.append("&quot;");
        case 0xFFFE, 0xFFFF -> xml.append('\uFFFD');
        default -> xml.appendCodePoint(point);
      }
    });
    return xml.toString();
  }
}
