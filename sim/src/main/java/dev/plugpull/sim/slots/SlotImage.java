package dev.plugpull.sim.slots;

import dev.plugpull.sim.media.Hash128;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A system image as a family without verified boot has it: a file system on a raw partition. Its first block is the
 * super block, then comes the kernel, then the rest of the root file system. Each block says which release it belongs
 * to, and nothing in it protects another block.
 */
public final class SlotImage {
  public static final int BLOCK = 4096;
  public static final int BLOCKS = 3;
  public static final int BYTES = BLOCKS * BLOCK;
  /** Offset of bytes that a program could reach through a file. */
  public static final long INSIDE = 2L * BLOCK + 64;

  private static final String[] PARTS = {"super block", "kernel", "root file system"};

  private SlotImage() {}

  /** The image of a release. */
  public static byte[] of(int revision) {
    byte[] image = new byte[BYTES];
    for (int block = 0; block < BLOCKS; block++) {
      byte[] text = text(revision, block).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, image, block * BLOCK, text.length);
    }
    return image;
  }

  private static String text(int revision, int block) {
    return PARTS[block] + " of release " + revision + "\n";
  }

  /** One block of the image of a release. */
  public static byte[] block(int revision, int block) {
    return Arrays.copyOfRange(of(revision), block * BLOCK, (block + 1) * BLOCK);
  }

  /** What a partition holds. */
  public static Found read(byte[] partition) {
    return new Found(revision(partition, 0), revision(partition, 1), revision(partition, 2),
        Hash128.of(partition).toString(), whole(partition));
  }

  private static boolean whole(byte[] partition) {
    int revision = revision(partition, 0);
    return revision > 0 && Arrays.equals(partition, of(revision));
  }

  private static int revision(byte[] partition, int block) {
    for (int revision = SlotScenario.OLD; revision <= SlotScenario.NEXT; revision++) {
      byte[] text = text(revision, block).getBytes(StandardCharsets.US_ASCII);
      int at = block * BLOCK;
      if (Arrays.equals(partition, at, at + text.length, text, 0, text.length)) {
        return revision;
      }
    }
    return 0;
  }

  /**
   * What a partition holds.
   *
   * @param superBlock release whose file system this claims to be, 0 if it is none
   * @param kernel release of the kernel's block
   * @param root release of the rest
   * @param whole true if it is, byte for byte, the image of one release
   */
  public record Found(int superBlock, int kernel, int root, String digest, boolean whole) {
    /** A loader that reads the file system finds a kernel. */
    public boolean loads() {
      return superBlock > 0 && kernel == superBlock;
    }

    /** The kernel can use its root file system. */
    public boolean runs() {
      return loads() && root == superBlock;
    }
  }
}
