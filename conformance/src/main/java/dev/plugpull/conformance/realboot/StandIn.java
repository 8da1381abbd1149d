package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.media.Content;

/** What lies on the disk in place of content that the model knows by name only. */
interface StandIn {
  /** Bytes that are left of an image that is cut off: less than any loader takes for a whole one. */
  int CUT_BYTES = 256;

  /** A program that reports its identity and what it was handed, and ends the machine. */
  byte[] program(String identity);

  /** What is written for a content at a path. */
  default byte[] bytes(String path, Content content) {
    if (!content.isOpaque() && !path.endsWith(".efi")) {
      return content.bytes().orElseThrow();
    }
    byte[] whole = program(identity(content));
    return content.isPart() ? java.util.Arrays.copyOf(whole, CUT_BYTES) : whole;
  }

  /** What a stand-in calls itself. */
  static String identity(Content content) {
    String name = content.isOpaque() ? content.name() : "bytes " + content.hash();
    return name.length() > MOST_NAME ? "#" + content.hash() : name;
  }

  /** Longer names are replaced by a fingerprint. */
  int MOST_NAME = 200;
}
