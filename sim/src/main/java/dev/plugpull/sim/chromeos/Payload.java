package dev.plugpull.sim.chromeos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A payload of version 2 ({@code chrome-os.md} 7.2): operations on partitions, each with digests of what it reads and
 * writes, under one signature.
 *
 * @param target release
 * @param operations in order: kernel, then root
 * @param kernel what the kernel's partition holds afterwards
 * @param root what the data blocks of the root partition hold afterwards
 */
record Payload(int target, List<Operation> operations, byte[] kernel, byte[] root) {

  /**
   * One operation.
   *
   * @param block that it begins with
   * @param copy true if the blocks are copied from the running slot (SOURCE_COPY), false if its data is in the payload
   * @param data what its blocks hold afterwards
   */
  record Operation(boolean kernel, int block, boolean copy, byte[] data) {
    long offset() {
      return (long) block * KernelImage.BLOCK;
    }
  }

  Payload {
    operations = Collections.unmodifiableList(new ArrayList<>(operations));
  }

  static Payload of(int target, byte[] kernel, byte[] root, boolean delta) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation(true, 0, false, kernel));
    for (int i = 0; i < RootImage.DATA_BLOCKS; i++) {
      operations.add(new Operation(false, i, delta && i > 0, block(root, i)));
    }
    return new Payload(target, operations, kernel, root);
  }

  private static byte[] block(byte[] image, int index) {
    return Arrays.copyOfRange(image, index * KernelImage.BLOCK, (index + 1) * KernelImage.BLOCK);
  }

  /** Identifies the payload in the client's records. */
  String hash() {
    return "payload-" + target;
  }
}
