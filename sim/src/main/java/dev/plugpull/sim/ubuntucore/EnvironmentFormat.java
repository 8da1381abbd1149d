package dev.plugpull.sim.ubuntucore;

import java.util.SortedMap;

/** The byte format of a loader environment as snapd reads and writes it. */
interface EnvironmentFormat {

  /**
   * Decodes an image.
   *
   * @throws SnapdError if snapd would refuse it (wrong size, bad signature, bad checksum)
   */
  SortedMap<String, String> decode(byte[] image);

  /**
   * Encodes variables into an image of the same size as the one before.
   *
   * @throws SnapdError if they do not fit
   */
  byte[] encode(SortedMap<String, String> variables, byte[] before);
}
