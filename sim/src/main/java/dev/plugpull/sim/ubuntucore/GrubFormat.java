package dev.plugpull.sim.ubuntucore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code grubenv} as snapd handles it: exactly 1024 bytes, signature, {@code key=value} lines, padded with hashes. */
final class GrubFormat implements EnvironmentFormat {
  private static final int BYTES = 1024;
  private static final String SIGNATURE = "# GRUB Environment Block\n";

  @Override
  public SortedMap<String, String> decode(byte[] image) {
    if (image.length != BYTES) {
      throw new SnapdError("cannot read grubenv: it has " + image.length + " bytes, not 1024");
    }
    String text = new String(image, StandardCharsets.UTF_8);
    if (!text.startsWith(SIGNATURE)) {
      throw new SnapdError("cannot read grubenv: no signature");
    }
    SortedMap<String, String> variables = new TreeMap<>();
    for (String line : text.substring(SIGNATURE.length()).split("\n")) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  @Override
  public byte[] encode(SortedMap<String, String> variables, byte[] before) {
    StringBuilder text = new StringBuilder(SIGNATURE);
    for (Map.Entry<String, String> entry : variables.entrySet()) {
      text.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > BYTES) {
      throw new SnapdError("cannot write grubenv: more than 1024 bytes");
    }
    byte[] image = Arrays.copyOf(bytes, BYTES);
    Arrays.fill(image, bytes.length, BYTES, (byte) '#');
    return image;
  }
}
