package dev.plugpull.sim.ubuntucore;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code androidboot.env}: lines of {@code key=value}, without any checksum; P1 protects it. */
final class AndroidFormat implements EnvironmentFormat {

  @Override
  public SortedMap<String, String> decode(byte[] image) {
    SortedMap<String, String> variables = new TreeMap<>();
    for (String line : new String(image, StandardCharsets.UTF_8).split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  @Override
  public byte[] encode(SortedMap<String, String> variables, byte[] before) {
    StringBuilder text = new StringBuilder();
    variables.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
