/**
 * systemd-boot counting with sysupdate as a family: what a profile may say, and what is tried.
 *
 * <p>Fault model: that of {@code dev.plugpull.sim.systemdboot}; power may fail anywhere in every scenario, and
 * what else may strike stands in the scenario's own line.
 */
package dev.plugpull.scenarios.systemdboot;
