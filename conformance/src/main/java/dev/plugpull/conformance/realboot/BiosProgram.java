package dev.plugpull.conformance.realboot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A program for GRUB on a PC that is a Linux image (boot protocol 2.06) and a Multiboot image in one, and serves as an
 * initial RAM disk too. It writes three texts to port E9, each ended by a zero byte: its identity, its command line,
 * and the identity of its initial RAM disk; then it ends the machine through QEMU's exit port.
 */
final class BiosProgram implements StandIn {
  /** Where QEMU's exit port is. */
  static final String EXIT_PORT = "0xf4";

  private static final int IDENTITY_AT = 8;
  /** Boot sector and setup; what follows runs in 32 bits. */
  static final int SETUP_BYTES = 1024;
  private static final int MULTIBOOT_AT = 0x300;
  private static final int MULTIBOOT_MAGIC = 0x1BADB002;
  private static final int ADDRESSES_GIVEN = 0x10000;
  private static final int LOADED_AT = 0x200000;

  /** Position-independent, 32 bits; the identity follows it. */
  private static final byte[] CODE = HexFormat.of().parseHex(String.join("",
      "fc", // cld
      "bc00700000", // mov esp, 0x7000
      "89c7", // mov edi, eax: the loader's magic
      "89f2", // mov edx, esi: Linux boot parameters
      "e800000000", "5d", // call here; here: pop ebp
      "8db553000000", // lea esi, [ebp + identity - here]
      "e83f000000", // call put
      "81ff02b0ad2b", "7425", // cmp edi, 0x2badb002; je multiboot
      "8bb228020000", // mov esi, [edx + 0x228]: command line
      "e82c000000", // call put
      "8bb218020000", // mov esi, [edx + 0x218]: initial RAM disk
      "8b821c020000", // mov eax, [edx + 0x21c]: its size
      "85c0", "7412", // test eax, eax; je none
      "83c608", // add esi, 8
      "e814000000", // call put
      "eb0c", // jmp done
      "8b7310", // multiboot: mov esi, [ebx + 16]: command line
      "e80a000000", // call put
      "31c0", "e6e9", // none: xor eax, eax; out 0xe9, al
      "b001", "e6f4", // done: mov al, 1; out 0xf4, al
      "ebfe", // stop: jmp stop
      "ac", "e6e9", "84c0", "75f9", "c3")); // put: lodsb; out 0xe9, al; test al, al; jne put; ret

  @Override
  public byte[] program(String identity) {
    byte[] name = identity.getBytes(StandardCharsets.ISO_8859_1);
    int size = SETUP_BYTES + CODE.length + name.length + 1;
    ByteBuffer image = ByteBuffer.allocate((size + 511) / 512 * 512 + 512).order(ByteOrder.LITTLE_ENDIAN);
    image.put(0, "PLUGPULL".getBytes(StandardCharsets.ISO_8859_1));
    image.put(IDENTITY_AT, name);
    image.put(0x1f1, (byte) 1); // sectors of setup beside the boot sector
    image.putShort(0x1fe, (short) 0xaa55);
    image.putShort(0x200, (short) 0x3eeb);
    image.put(0x202, "HdrS".getBytes(StandardCharsets.ISO_8859_1));
    image.putShort(0x206, (short) 0x0206); // protocol
    image.put(0x211, (byte) 1); // loaded high
    image.putInt(0x214, 0x100000); // where it starts
    image.putInt(0x22c, 0x37ffffff); // highest address of the initial RAM disk
    image.putInt(0x238, 2047); // longest command line
    int end = LOADED_AT + image.capacity();
    int[] multiboot = {MULTIBOOT_MAGIC, ADDRESSES_GIVEN, -(MULTIBOOT_MAGIC + ADDRESSES_GIVEN), LOADED_AT + MULTIBOOT_AT,
        LOADED_AT, end, end, LOADED_AT + SETUP_BYTES};
    for (int i = 0; i < multiboot.length; i++) {
      image.putInt(MULTIBOOT_AT + 4 * i, multiboot[i]);
    }
    image.put(SETUP_BYTES, CODE);
    image.put(SETUP_BYTES + CODE.length, name);
    return image.array();
  }
}
