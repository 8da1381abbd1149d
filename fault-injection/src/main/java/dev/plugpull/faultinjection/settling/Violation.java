package dev.plugpull.faultinjection.settling;

/**
 * A property that does not hold.
 *
 * @param property id of the contract, such as {@code NOBRICK}
 * @param why in words; equal reasons are told once
 */
public record Violation(String property, String why) {}
