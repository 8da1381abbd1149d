package dev.plugpull.sim.ubuntucore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Little kernel's boot selection structure (specification section 4.8): signature, version, fixed fields, checksum.
 *
 * <p>Reduction: the real structure takes dozens of sectors of which most never change; here its fields fill two, the
 * checksum at the end. A torn one is one with a bad checksum in both.
 */
final class LkSelection {
  /** Bytes of a copy; the backup begins where the primary ends. */
  static final int BYTES = 1024;

  /** GPT name of the volume that holds both copies. */
  static final String PARTITION = "snapbootsel";

  /** GPT name of the volume that holds both copies of the selection among recovery systems; of the same form here. */
  static final String RECOVERY_PARTITION = "snaprecoverysel";

  /** GPT name of the volume that holds the boot images, one after the other. */
  static final String IMAGES = "boot-images";

  /** Two boot image partitions, one for the good kernel and one for the next. */
  static final int SLOTS = 2;

  private static final String SIGNATURE = "SBse";
  private static final int CHECKSUM_AT = BYTES - 4;

  private LkSelection() {}

  /** The key under which the structure's matrix says what a boot image partition holds. */
  static String slot(int number) {
    return "bootimg_matrix_" + number;
  }

  /** The slot that holds a kernel, -1 if none does. */
  static int slotOf(SortedMap<String, String> fields, String kernel) {
    for (int i = 0; i < SLOTS; i++) {
      if (!kernel.isEmpty() && fields.getOrDefault(slot(i), "").equals(kernel)) {
        return i;
      }
    }
    return -1;
  }

  /** Encodes it; fields without a value are left out. */
  static byte[] encode(SortedMap<String, String> fields) {
    StringBuilder text = new StringBuilder(SIGNATURE);
    fields.forEach((key, value) -> {
      if (!value.isEmpty()) {
        text.append(key).append('=').append(value).append('\0');
      }
    });
    byte[] bytes = text.append('\0').toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > CHECKSUM_AT) {
      throw new SnapdError("cannot write LK env: the fields are longer than the structure");
    }
    byte[] image = Arrays.copyOf(bytes, BYTES);
    int checksum = checksum(image);
    for (int i = 0; i < 4; i++) {
      image[CHECKSUM_AT + i] = (byte) (checksum >>> (8 * i));
    }
    return image;
  }

  /** Decodes a copy; null if signature or checksum are wrong. */
  static SortedMap<String, String> decode(byte[] image) {
    int stored = 0;
    for (int i = 0; i < 4; i++) {
      stored |= (image[CHECKSUM_AT + i] & 0xFF) << (8 * i);
    }
    String text = new String(image, 0, CHECKSUM_AT, StandardCharsets.UTF_8);
    if (stored != checksum(image) || !text.startsWith(SIGNATURE)) {
      return null;
    }
    SortedMap<String, String> fields = new TreeMap<>();
    for (String entry : text.substring(SIGNATURE.length()).split("\0")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        fields.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return fields;
  }

  private static int checksum(byte[] image) {
    CRC32 crc = new CRC32();
    crc.update(image, 0, CHECKSUM_AT);
    return (int) crc.getValue();
  }
}
