package dev.plugpull.faultinjection.disk.nbd;

import dev.plugpull.faultinjection.disk.FaultDisk;
import java.nio.charset.StandardCharsets;

/**
 * A disk under a name.
 *
 * @param name at most 4096 bytes of UTF-8
 * @param description for people, may be empty
 */
public record Export(String name, String description, FaultDisk disk) {
  /** Largest payload of a read or write, in bytes; what the protocol lets clients assume. */
  static final int MAX_PAYLOAD = 32 << 20;
  static final int PREFERRED_BYTES = 4096;
  private static final int SECTOR_BYTES = 512;

  public Export {
    if (bytes(name) > Nbd.MAX_STRING || bytes(description) > Nbd.MAX_STRING) {
      throw new IllegalArgumentException("cannot export a disk under a name of more than 4096 bytes");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Unit that clients who asked for it must keep to, in bytes: a sector, unless the disk ends inside one. */
  int minBlockBytes() {
    return disk.size() % SECTOR_BYTES == 0 ? SECTOR_BYTES : 1;
  }

  int transmissionFlags() {
    int flags = Nbd.HAS_FLAGS | Nbd.SEND_FLUSH | Nbd.SEND_FUA | Nbd.SEND_DF | Nbd.CAN_MULTI_CONN;
    return flags | (disk.readOnly() ? Nbd.READ_ONLY : Nbd.SEND_TRIM | Nbd.SEND_WRITE_ZEROES);
  }
}
