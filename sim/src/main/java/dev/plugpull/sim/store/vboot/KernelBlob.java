package dev.plugpull.sim.store.vboot;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.RsaKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes what lies in a kernel partition: keyblock, preamble, padding, body. */
public final class KernelBlob {

  static final byte[] MAGIC = "CHROMEOS".getBytes(StandardCharsets.US_ASCII);
  static final int KEYBLOCK = 112;
  static final int SIGNATURE = 24;
  static final int PREAMBLE = 116;
  static final int BODY_AT = 64 << 10;
  private static final int MAJOR = 2;

  private KernelBlob() {}

  /**
   * A keyblock: it vouches for a data key.
   *
   * @param flags which modes it may be used in, see {@link KernelJudge.Mode}
   * @param subkey signs it
   */
  public static byte[] keyblock(PackedKey dataKey, long flags, RsaKey subkey) {
    int signed = KEYBLOCK + dataKey.dataSize();
    int hashed = 64;
    int signature = subkey.publicKey().bytes();
    ByteBuffer out = ByteBuffer.allocate(signed + hashed + signature).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putInt(MAJOR).putInt(1).putLong(out.capacity());
    // Offsets count from the structure that names them.
    out.putLong(signed + hashed - 24L).putLong(signature).putLong(signed);
    out.putLong(signed - 48L).putLong(hashed).putLong(signed);
    out.putLong(flags);
    dataKey.header(out, PackedKey.HEADER);
    out.put(dataKey.data());
    byte[] content = java.util.Arrays.copyOf(out.array(), signed);
    return out.put(Digests.digest("SHA-512", content)).put(subkey.sign("SHA256", content)).array();
  }

  /**
   * A whole kernel partition.
   *
   * @param version of the kernel; firmware refuses versions below the one in the TPM
   */
  public static byte[] kernel(byte[] keyblock, RsaKey dataKey, long version, byte[] body) {
    int size = dataKey.publicKey().bytes();
    int end = BODY_AT - keyblock.length;
    ByteBuffer out = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
    int signed = PREAMBLE + size;
    out.putLong(end);
    out.putLong(signed - 8L).putLong(size).putLong(signed);
    out.putInt(MAJOR).putInt(2).putLong(version).putLong(0x100000).putLong(0x100000).putLong(0);
    out.putLong(PREAMBLE - 72L).putLong(size).putLong(body.length);
    out.putLong(0).putLong(0).putInt(0);
    out.put(dataKey.sign("SHA256", body));
    byte[] content = java.util.Arrays.copyOf(out.array(), signed);
    out.put(dataKey.sign("SHA256", content));
    return ByteBuffer.allocate(BODY_AT + body.length).put(keyblock).put(out.array()).put(body).array();
  }
}
