package dev.plugpull.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers a certificate part by part; {@link #seal} adds the digest. Not for use by several threads at once. */
public final class CertificateBuilder {
  private final Device device;
  private String tool = "plugpull";
  private Verdict verdict = Verdict.UNKNOWN;
  private boolean partial;
  private boolean strict;
  private String catalogue = "";
  private long seed;
  private String command = "";
  private Exploration exploration = Exploration.NONE;
  private final List<Input> inputs = new ArrayList<>();
  private final Map<String, String> options = new TreeMap<>();
  private final List<String> assumptions = new ArrayList<>();
  private final List<Requirement> requirements = new ArrayList<>();
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<CounterExample> counterExamples = new ArrayList<>();
  private final List<Hazard> hazards = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notLookedAt = new ArrayList<>();
  private LoaderComparison realBootLoader;
  private final List<Excerpt> excerpts = new ArrayList<>();

  public CertificateBuilder(Device device) {
    this.device = device;
  }

  public CertificateBuilder tool(String value) {
    tool = value;
    return this;
  }

  public CertificateBuilder verdict(Verdict value) {
    verdict = value;
    return this;
  }

  public CertificateBuilder partial(boolean value) {
    partial = value;
    return this;
  }

  public CertificateBuilder strict(boolean value) {
    strict = value;
    return this;
  }

  public CertificateBuilder catalogue(String value) {
    catalogue = value;
    return this;
  }

  public CertificateBuilder seed(long value) {
    seed = value;
    return this;
  }

  public CertificateBuilder command(String value) {
    command = value;
    return this;
  }

  /** An option that shapes the result; no path. */
  public CertificateBuilder option(String name, String value) {
    options.put(name, value);
    return this;
  }

  public CertificateBuilder input(String path, String digest) {
    inputs.add(new Input(path, digest));
    return this;
  }

  public CertificateBuilder assumption(String text) {
    assumptions.add(text);
    return this;
  }

  public CertificateBuilder requirement(Requirement value) {
    requirements.add(value);
    return this;
  }

  /** Adds the scenario, and its counts to those of the whole exploration. */
  public CertificateBuilder scenario(Scenario value) {
    scenarios.add(value);
    if (value.verdict() != Verdict.NOT_RUN) {
      exploration = exploration.plus(value.exploration());
    }
    return this;
  }

  public CertificateBuilder counterExample(CounterExample value) {
    counterExamples.add(value);
    return this;
  }

  public CertificateBuilder hazard(Hazard value) {
    hazards.add(value);
    return this;
  }

  public CertificateBuilder finding(Finding value) {
    findings.add(value);
    return this;
  }

  public CertificateBuilder notLookedAt(String text) {
    notLookedAt.add(text);
    return this;
  }

  public CertificateBuilder excerpts(List<Excerpt> values) {
    excerpts.addAll(values);
    return this;
  }

  public CertificateBuilder realBootLoader(LoaderComparison value) {
    realBootLoader = value;
    return this;
  }

  /** The certificate with its digest. */
  public Certificate seal() {
    return with(CertificateJson.digest(with("")));
  }

  private Certificate with(String digest) {
    return new Certificate(Certificate.SCHEMA, tool, verdict, partial, strict, device, inputs, catalogue, seed,
        options, assumptions, requirements, exploration, scenarios, counterExamples, hazards, findings, notLookedAt,
        excerpts, realBootLoader, command, digest);
  }
}
