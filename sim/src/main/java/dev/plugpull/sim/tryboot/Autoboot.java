package dev.plugpull.sim.tryboot;

import dev.plugpull.sim.media.Content;

/**
 * {@code autoboot.txt} ({@code bootloaders.md} part 4), always of the same length.
 *
 * @param partition that is booted
 * @param line name of its command-line file
 * @param tried partition that is booted with the try flag
 * @param triedLine name of that one's command-line file
 */
record Autoboot(char partition, String line, char tried, String triedLine) {
  static final String PATH = "/autoboot.txt";

  /** Reads the file; the first partition if it is missing or garbled. */
  static Autoboot read(Content content) {
    String[] words = (content == null ? "" : content.text().orElse("")).split("\\s+");
    boolean whole = words.length == 7 && words[0].equals("[all]") && words[4].equals("[tryboot]");
    return whole
        ? new Autoboot(words[2].charAt(15), words[3].substring(8), words[5].charAt(15), words[6].substring(8))
        : new Autoboot('2', line('2'), '3', line('3'));
  }

  /** Name of a slot's command-line file. */
  static String line(char partition) {
    return "/cmdline-" + partition + ".txt";
  }

  Content content() {
    return Content.text("[all]\ntryboot_a_b=1\nboot_partition=" + partition + "\ncmdline=" + line
        + "\n[tryboot]\nboot_partition=" + tried + "\ncmdline=" + triedLine + "\n");
  }

  Autoboot swapped() {
    return new Autoboot(tried, triedLine, partition, line);
  }
}
