/**
 * Raspberry Pi tryboot as a family: what a profile may say, and what is tried.
 *
 * <p>Fault model: that of {@code dev.plugpull.sim.tryboot}; power may fail anywhere in every scenario, and what
 * else may strike stands in the scenario's own line.
 */
package dev.plugpull.scenarios.tryboot;
