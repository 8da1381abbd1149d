/**
 * Assertions that read as sentences. {@link dev.plugpull.scenarios.assertj.PlugpullAssertions} has them all; a failing
 * one says what, when, and the command that repeats it.
 *
 * <p>Fault model: none of its own. An assertion about every history fails when a bound ended the search before all were
 * looked at.
 */
package dev.plugpull.scenarios.assertj;
