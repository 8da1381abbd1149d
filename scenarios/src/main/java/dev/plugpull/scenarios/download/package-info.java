/**
 * The family of small clients that download, check, install and run a snap or a commit, whole or by deltas: every fault
 * of network and trust, each with power cuts.
 *
 * <p>{@link dev.plugpull.scenarios.download.DownloadFamily} has one scenario a fault; its variants are mistakes of
 * clients.
 *
 * <p>Fault model: that of {@code sim.download}.
 */
package dev.plugpull.scenarios.download;
