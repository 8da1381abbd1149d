/**
 * The {@code plugpull} command: one class a subcommand, {@link dev.plugpull.conformance.cli.Plugpull} is the door.
 *
 * <p>Fault model: arguments and files are whatever a person or a script gives. What cannot be used is said in one
 * sentence with a remedy, exit code 2; output files are written aside and renamed.
 */
package dev.plugpull.conformance.cli;
