/**
 * What is tried on a device, as one table that a person can read.
 *
 * <p>Fault model: in every scenario power may fail at any durable effect, also during recovery; what else may strike is
 * written in the scenario's own line. What stands in no line is not claimed.
 */
package dev.plugpull.scenarios.catalogue;
