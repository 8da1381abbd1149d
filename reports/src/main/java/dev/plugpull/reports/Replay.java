package dev.plugpull.reports;

import java.util.List;
import java.util.Map;

/** All that the `replay` command needs of one counter-example, in a file of its own. */
public record Replay(int schema, String tool, Device device, List<Input> inputs, String catalogue, long seed,
    Map<String, String> options, CounterExample counterExample) {
  /** The replay of a counter-example of the certificate. */
  public static Replay of(Certificate certificate, CounterExample example) {
    return new Replay(certificate.schema(), certificate.tool(), certificate.device(), certificate.inputs(),
        certificate.catalogue(), certificate.seed(), certificate.options(), example);
  }
}
