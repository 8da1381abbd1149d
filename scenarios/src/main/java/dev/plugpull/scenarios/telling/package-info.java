/**
 * What was found, told in the records that reports are made of: fault plans, timelines and crash maps.
 *
 * <p>{@link dev.plugpull.scenarios.telling.FaultSteps} also reads a stored plan back, so that a counter-example can be
 * repeated from its file.
 *
 * <p>Fault model: none of its own. A plan that is stored and read back must strike the device in the same way.
 */
package dev.plugpull.scenarios.telling;
