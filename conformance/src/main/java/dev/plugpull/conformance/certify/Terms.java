package dev.plugpull.conformance.certify;

import java.nio.file.Path;

/**
 * How to certify, whatever it is.
 *
 * @param waivers known failures
 * @param strict true if hazards of platform and medium count too
 * @param seed recorded with the result
 * @param scenario only the scenario of this name, empty for all
 * @param out folder of the report, for commands that name files in it
 */
public record Terms(Waivers waivers, boolean strict, long seed, Budget budget, String scenario, Path out) {}
