package dev.plugpull.conformance.certify;

import java.nio.file.Path;

/**
 * How to certify, whatever it is.
 *
 * @param waivers known failures
 * @param strict true if hazards of platform and medium count too
 * @param seed recorded with the result
 * @param scenario only the scenario of this name, empty for all
 * @param realStates durable states to boot in the real boot loader, 0 if nobody asks for that
 * @param out folder of the report, for commands that name files in it
 */
public record Terms(Waivers waivers, boolean strict, long seed, Budget budget, String scenario, int realStates,
    Path out) {

  /** The same, for one scenario only. */
  Terms only(String wanted) {
    return new Terms(waivers, strict, seed, budget, wanted, realStates, out);
  }
}
