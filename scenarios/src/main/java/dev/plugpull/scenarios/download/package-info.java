/**
 * The family of one small client that downloads, checks, installs and runs: every fault of network and trust, each with
 * power cuts.
 *
 * <p>{@link dev.plugpull.scenarios.download.DownloadFamily} has one scenario a fault; its variants are mistakes of
 * clients.
 *
 * <p>Fault model: that of {@code sim.download}.
 */
package dev.plugpull.scenarios.download;
