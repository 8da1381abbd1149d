package dev.plugpull.sim.chromeos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a kernel partition holds: keyblock and preamble in its first block, the body with the command line in its second
 * ({@code chrome-os.md} 4). The root digest stands in the signed body.
 *
 * @param keyVersion of the data key
 * @param revision of the release, from the command line
 * @param rootDigest what dm-verity demands of the root partition
 */
record KernelImage(int keyVersion, int kernelVersion, int revision, String rootDigest, String failure) {
  static final int BLOCK = 4096;
  static final int BLOCKS = 2;
  static final String KERNEL_SUBKEY = "kernel subkey";
  private static final byte[] MAGIC = "CHROMEOS".getBytes(StandardCharsets.US_ASCII);
  static final byte[] VERITY_ERROR = "DMVERROR".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = 16;

  /** The partition's bytes. */
  static byte[] build(int keyVersion, int kernelVersion, int revision, String rootDigest, String key) {
    byte[] body = Arrays.copyOf(
        ("revision=" + revision + " root=/dev/dm-0 dm=verity,PARTUUID=%U/PARTNROFF=1,root_hexdigest=" + rootDigest
            + " kern_guid=%U").getBytes(StandardCharsets.UTF_8), GptCopies.SECTOR);
    byte[] head = ByteBuffer.allocate(HEAD).put(MAGIC).putInt(keyVersion).putInt(kernelVersion).array();
    byte[] preamble = ByteBuffer.allocate(HEAD + Digest.BYTES).put(head).put(Digest.of(body)).array();
    return ByteBuffer.allocate(BLOCKS * BLOCK)
        .put(preamble)
        .put(Digest.signature(key, head))
        .put(Digest.signature(key, preamble))
        .put(BLOCK, body)
        .array();
  }

  /**
   * Verifies a partition as firmware does in normal mode.
   *
   * @param floor version in the TPM: key version and kernel version
   * @return with an empty {@link #failure} if everything held
   */
  static KernelImage verify(byte[] partition, int floor, boolean developer) {
    if (!Arrays.equals(partition, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return refused(new String(partition, 0, MAGIC.length, StandardCharsets.US_ASCII).equals("DMVERROR")
          ? "its root file system failed verification" : "no keyblock");
    }
    ByteBuffer in = ByteBuffer.wrap(partition);
    int keyVersion = in.getInt(8);
    int kernelVersion = in.getInt(12);
    byte[] head = Arrays.copyOf(partition, HEAD);
    byte[] preamble = Arrays.copyOf(partition, HEAD + Digest.BYTES);
    int at = preamble.length;
    boolean keyblock = Arrays.equals(slice(partition, at), Digest.signature(KERNEL_SUBKEY, head));
    if (!keyblock && !developer) {
      return refused("the keyblock is not signed by the kernel subkey");
    }
    if (!developer && (keyVersion << 16 | kernelVersion) < floor) {
      return refused("version " + keyVersion + "." + kernelVersion + " is below the TPM's");
    }
    if (keyblock && !Arrays.equals(slice(partition, at + Digest.BYTES), Digest.signature(KERNEL_SUBKEY, preamble))) {
      return refused("the preamble's signature is wrong");
    }
    byte[] body = Arrays.copyOfRange(partition, BLOCK, BLOCK + GptCopies.SECTOR);
    if (!Arrays.equals(Digest.of(body), slice(partition, HEAD))) {
      return refused("the body does not match its signature");
    }
    String line = new String(body, StandardCharsets.UTF_8);
    return new KernelImage(keyVersion, kernelVersion, Integer.parseInt(word(line, "revision=")),
        word(line, "root_hexdigest="), "");
  }

  private static KernelImage refused(String why) {
    return new KernelImage(0, 0, 0, "", why);
  }

  boolean good() {
    return failure.isEmpty();
  }

  int version() {
    return keyVersion << 16 | kernelVersion;
  }

  private static byte[] slice(byte[] bytes, int at) {
    return Arrays.copyOfRange(bytes, at, at + Digest.BYTES);
  }

  private static String word(String line, String name) {
    int from = line.indexOf(name) + name.length();
    int to = from;
    while (to < line.length() && line.charAt(to) > ' ') {
      to++;
    }
    return line.substring(from, to);
  }
}
