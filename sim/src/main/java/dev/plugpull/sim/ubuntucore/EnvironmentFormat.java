package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
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

  /** True if {@link #decode} takes this content. */
  default boolean readable(Content content) {
    try {
      return content.bytes().isPresent() && decode(content.bytes().get()) != null;
    } catch (SnapdError e) {
      return false;
    }
  }
}
