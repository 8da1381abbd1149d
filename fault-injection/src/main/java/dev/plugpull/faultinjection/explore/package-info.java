/**
 * Graph search over everything that power cuts and other strikes can make of a device.
 *
 * <p>{@link dev.plugpull.faultinjection.explore.Explorer} searches, {@link
 * dev.plugpull.faultinjection.explore.Exploration} is what it found, {@link
 * dev.plugpull.faultinjection.explore.ExplorationBounds} says how far it may go.
 *
 * <p>Fault model: power fails at any crash point of any boot, also of boots that recover from an earlier cut; what the
 * device declares (interruptions, events at rest) strikes there too. Nothing strikes between two crash points, and the
 * next update is tried without faults.
 */
package dev.plugpull.faultinjection.explore;
