package dev.plugpull.sim.ubuntucore.sealing;

import dev.plugpull.sim.media.Content;

/**
 * A key object: opens its partition where the TPM agrees.
 *
 * @param profile the boots that open it
 * @param version its policy version: once the TPM's counter is above it, nothing opens it
 */
public record SealedKey(PcrProfile profile, int version) {

  /** The file that holds it. */
  public Content content() {
    return Content.parsed("sealed key, policy " + version + "\n" + profile.text() + "\n", this);
  }

  /** The key object in a file; null if the file is missing, short or none. */
  public static SealedKey read(Content content) {
    return content != null && content.value() instanceof SealedKey key ? key : null;
  }
}
