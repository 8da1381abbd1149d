package dev.plugpull.sim.bootloader.grub;

/**
 * The source text between the braces of a block, parsed when it is first run.
 *
 * <p>The parsed form is a function of the text alone, so a race between threads only does the work twice.
 */
final class BlockSource {

  final String text;
  private final String file;
  private final int line;
  private GrubScript script;

  BlockSource(String file, int line, String text) {
    this.file = file;
    this.line = line;
    this.text = text;
  }

  GrubScript script() {
    GrubScript parsed = script;
    if (parsed == null) {
      parsed = GrubScript.parseBody(file, line, text);
      script = parsed;
    }
    return parsed;
  }
}
