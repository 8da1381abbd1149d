/**
 * Fault plans: what struck a device, told so that people read it and machines repeat it.
 *
 * <p>{@link dev.plugpull.faultinjection.plan.FaultPlan} names its points by boot, name and occurrence and its losses by
 * the words of the lost writes, so that a plan outlives edits of the model that do not touch them. {@link
 * dev.plugpull.faultinjection.plan.Replay} repeats a plan, {@link dev.plugpull.faultinjection.plan.Shrinker} makes it
 * smaller.
 *
 * <p>Fault model: a plan may no longer fit the device; then a replay says which step was not reached or which write was
 * not found, and never answers from another place.
 */
package dev.plugpull.faultinjection.plan;
