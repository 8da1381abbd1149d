package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;

/** A model assertion as a file; models are told apart by a number. */
final class ModelFile {
  /** On ubuntu-boot: the model that is measured at each boot. */
  static final String PATH = "/device/model";

  private static final String NAME = "model ";

  private ModelFile() {}

  static Content of(int number) {
    return Content.opaque(NAME + number, 1200);
  }

  /** The number of the model, 0 if the file is missing or not whole. */
  static int read(Content content) {
    boolean whole = content != null && !content.isPart() && content.name().startsWith(NAME);
    return whole ? Integer.parseInt(content.name().substring(NAME.length())) : 0;
  }
}
