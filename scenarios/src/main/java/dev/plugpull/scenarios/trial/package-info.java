/**
 * A device in one scenario, tried: every power cut, or one fault plan. What the test kit's packages for JUnit, jqwik
 * and AssertJ share; needs none of them.
 *
 * <p>{@link dev.plugpull.scenarios.trial.Trial} is what can be tried, {@link dev.plugpull.scenarios.trial.Tried} what
 * came of it, {@link dev.plugpull.scenarios.trial.Attempt} one history with its fault plan, and {@link
 * dev.plugpull.scenarios.trial.CounterExample} what a failing test shows: what, when, and the command that repeats it.
 *
 * <p>Fault model: that of the device and of its volumes. A search that a bound ended proves nothing: what it did not
 * find violated is unknown, and a test that asks for it fails.
 */
package dev.plugpull.scenarios.trial;
