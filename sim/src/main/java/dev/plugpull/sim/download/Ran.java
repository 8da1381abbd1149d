package dev.plugpull.sim.download;

/**
 * What an observer saw in one boot.
 *
 * @param revision that ran at the end; 0 for none
 * @param genuine whether its bytes were those that the publisher uploaded
 * @param activity what the client did about the update: {@code done}, {@code failed}, {@code waiting}, {@code doing} or
 *     {@code none}
 * @param inBounds whether exchanges and time of the boot stayed below the limits
 */
record Ran(int revision, boolean genuine, String activity, String why, boolean inBounds) {}
