package dev.plugpull.faultinjection.explore;

/**
 * How much was looked at.
 *
 * @param durableStates distinct canonical states between two boots
 * @param crashPoints crash points of all boots at which power was cut
 * @param crashStates contents that a cut could leave, each counted once in the boot in which it can arise
 * @param inferred those of them behind the moment at which a boot was ended: as many as the one had that it goes on
 *     like
 * @param combinations combinations of volume states whose fingerprint was looked up to find them
 * @param boots boots of the model, with those of following updates
 * @param pruned crash states that turned out to be a known durable state
 * @param boundedWindows windows, and products of windows, of which not every choice was tried
 * @param depth faults and events on the way to the node that needs most of them
 * @param fixpoint true if every node was expanded
 * @param workUnits nodes that were expanded, in a fixed order
 */
public record Counts(
    long durableStates,
    long crashPoints,
    long crashStates,
    long inferred,
    long combinations,
    long boots,
    long pruned,
    long boundedWindows,
    int depth,
    boolean fixpoint,
    long workUnits) {}
