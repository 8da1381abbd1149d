/**
 * What becomes of a device that is left alone: {@link dev.plugpull.faultinjection.settling.Settlement}, and the {@link
 * dev.plugpull.faultinjection.settling.Judge} that says what is wrong with it.
 *
 * <p>Fault model: none. From a given state on nothing strikes, so the future is one deterministic chain of boots, which
 * ends in a repeated finished state, in a person's hands, or never.
 */
package dev.plugpull.faultinjection.settling;
