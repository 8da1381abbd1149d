/**
 * Update scenarios as JUnit Jupiter tests, one node a requirement of the contract.
 *
 * <p>{@link dev.plugpull.scenarios.junit.UpdateScenario} runs the scenario of a profile file, {@link
 * dev.plugpull.scenarios.junit.UpdateStory} one that is told in Java. Both search once, when the first requirement is
 * asked for, and share the result between the nodes, on however many threads.
 *
 * <p>Fault model: that of {@link dev.plugpull.scenarios.trial}. A requirement that a bound left open fails; one that an
 * excuse covers is reported as aborted, with the clause.
 */
package dev.plugpull.scenarios.junit;
