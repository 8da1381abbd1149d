package dev.plugpull.sim.chromeos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a root partition holds: blocks of data, and after them the hash tree of dm-verity (one block here), which
 * postinst appends ({@code chrome-os.md} 1 and U12).
 */
final class RootImage {
  static final int BLOCK = KernelImage.BLOCK;
  static final int DATA_BLOCKS = 2;
  static final int BLOCKS = DATA_BLOCKS + 1;
  /** Offset of bytes that a program could reach through a file. */
  static final long INSIDE = BLOCK + 64;
  private static final String VERSION = "CHROMEOS_RELEASE_VERSION=";

  private RootImage() {}

  /** Data blocks of a release; the second one is the same in every release, so that a delta payload copies it. */
  static byte[] data(int revision) {
    byte[] data = new byte[DATA_BLOCKS * BLOCK];
    put(data, 0, VERSION + revision + "\n");
    put(data, BLOCK, "fonts, the same in every release\n");
    return data;
  }

  private static void put(byte[] data, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, data, at, bytes.length);
  }

  /** The hash tree over data blocks, as one block. */
  static byte[] hashTree(byte[] data) {
    byte[] tree = new byte[BLOCK];
    for (int i = 0; i < DATA_BLOCKS; i++) {
      byte[] hash = Digest.of(Arrays.copyOfRange(data, i * BLOCK, (i + 1) * BLOCK));
      System.arraycopy(hash, 0, tree, i * Digest.BYTES, hash.length);
    }
    return tree;
  }

  /** Digest of the hash tree: what the kernel's command line names. */
  static String digest(byte[] hashTree) {
    return Digest.hex(hashTree);
  }

  /** True if every block that is read matches the tree, and the tree the digest. */
  static boolean verifies(byte[] partition, String digest) {
    byte[] tree = Arrays.copyOfRange(partition, DATA_BLOCKS * BLOCK, BLOCKS * BLOCK);
    byte[] data = Arrays.copyOf(partition, DATA_BLOCKS * BLOCK);
    return digest(tree).equals(digest) && Arrays.equals(tree, hashTree(data));
  }

  /** The release that a partition says it is, 0 if it says nothing. */
  static int revision(byte[] partition) {
    String text = new String(partition, 0, 64, StandardCharsets.US_ASCII);
    int end = text.indexOf('\n');
    return text.startsWith(VERSION) && end == VERSION.length() + 1 ? text.charAt(VERSION.length()) - '0' : 0;
  }
}
