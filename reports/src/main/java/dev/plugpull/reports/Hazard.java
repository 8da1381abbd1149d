package dev.plugpull.reports;

/**
 * A danger that exploration reached and that is not the gadget's.
 *
 * @param id id of the hazard in the specification
 * @param condition when it strikes
 * @param count crash states that showed it
 */
public record Hazard(String id, String title, String condition, long count, Party countsAgainst) {}
