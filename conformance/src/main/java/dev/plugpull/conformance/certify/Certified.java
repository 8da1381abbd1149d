package dev.plugpull.conformance.certify;

import dev.plugpull.reports.Certificate;
import java.util.SortedMap;

/**
 * A certificate and the boot scripts that its traces point at.
 *
 * @param scripts name to text
 */
public record Certified(Certificate certificate, SortedMap<String, String> scripts) {}
