package dev.plugpull.conformance.realboot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A flattened image tree with one kernel for a PC, as U-Boot's {@code bootm} takes it; and an empty device tree. */
final class FitImage {
  private static final int MAGIC = 0xd00dfeed;
  private static final int HEADER_BYTES = 40;
  private static final int RESERVED_BYTES = 16;
  private static final int SETUP_AT = 0x90000;
  private static final int LOADED_AT = 0x01000000;

  private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

  private FitImage() {}

  /** An image with this program as its kernel; a PC's build wants setup and the rest apart. */
  static byte[] of(byte[] program) {
    byte[] setup = Arrays.copyOf(program, BiosProgram.SETUP_BYTES);
    byte[] rest = Arrays.copyOfRange(program, BiosProgram.SETUP_BYTES, program.length);
    FitImage tree = new FitImage();
    tree.begin("").text("description", "stand-in").number("timestamp", 0).number("#address-cells", 1).begin("images")
        .image("setup", "x86_setup", setup, SETUP_AT).image("kernel", "kernel", rest, LOADED_AT).end();
    tree.begin("configurations").text("default", "conf").begin("conf").text("description", "conf")
        .text("kernel", "kernel").text("setup", "setup").end().end();
    return tree.end().bytes();
  }

  private FitImage image(String name, String type, byte[] data, int at) {
    return begin(name).text("description", name).property("data", data).text("type", type).text("arch", "x86")
        .text("os", "linux").text("compression", "none").number("load", at).number("entry", at).end();
  }

  /** A device tree with nothing in it. */
  static byte[] emptyTree() {
    return new FitImage().begin("").end().bytes();
  }

  private FitImage begin(String node) {
    word(1);
    padded((node + "\0").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  private FitImage end() {
    word(2);
    return this;
  }

  private FitImage text(String name, String value) {
    return property(name, (value + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  private FitImage number(String name, int value) {
    return property(name, ByteBuffer.allocate(4).putInt(value).array());
  }

  private FitImage property(String name, byte[] value) {
    if (!names.containsKey(name)) {
      names.put(name, strings.size());
      strings.writeBytes((name + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    word(3);
    word(value.length);
    word(names.get(name));
    padded(value);
    return this;
  }

  private void word(int value) {
    structure.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
  }

  private void padded(byte[] bytes) {
    structure.writeBytes(bytes);
    structure.writeBytes(new byte[(4 - bytes.length % 4) % 4]);
  }

  private byte[] bytes() {
    word(9);
    int at = HEADER_BYTES + RESERVED_BYTES;
    int total = at + structure.size() + strings.size();
    return ByteBuffer.allocate(total).putInt(MAGIC).putInt(total).putInt(at).putInt(at + structure.size())
        .putInt(HEADER_BYTES).putInt(17).putInt(16).putInt(0).putInt(strings.size()).putInt(structure.size())
        .position(at).put(structure.toByteArray()).put(strings.toByteArray()).array();
  }
}
