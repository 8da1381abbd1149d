package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** File-name patterns: {@code *} and {@code ?} in one path component after the other, once regexp is loaded. */
final class Wildcards {

  private Wildcards() {}

  /** The names that match, sorted by the volume; empty if none does. */
  static List<String> expand(Interpreter in, String pattern) {
    int slash = pattern.indexOf('/');
    String first = slash < 0 ? pattern : pattern.substring(0, slash);
    if (!first.isEmpty() && Patterns.isMagic(first)) {
      return onDevices(in, first, slash < 0 ? "" : pattern.substring(slash));
    }
    FilePath parsed = FilePath.parse(pattern);
    if (parsed == null) {
      return List.of();
    }
    String device = parsed.device() == null ? in.variables().get("root") : Patterns.unescape(parsed.device());
    BootVolume volume = device == null ? null : in.devices().find(device);
    if (volume == null || !parsed.path().startsWith("/")) {
      return List.of();
    }
    String before = parsed.device() == null ? "" : "(" + device + ")";
    List<String> found = new ArrayList<>(List.of("/"));
    List<String> components = components(parsed.path());
    for (int i = 0; i < components.size(); i++) {
      found = step(volume, found, components.get(i), i == components.size() - 1);
    }
    List<String> result = new ArrayList<>(found.size());
    for (String path : found) {
      result.add(before + path);
    }
    return result;
  }

  /** A pattern in the device: names with their parentheses; whole disks only unless the pattern has the first one. */
  private static List<String> onDevices(Interpreter in, String first, String path) {
    Set<String> names = new LinkedHashSet<>();
    for (BootVolume volume : in.devices().volumes()) {
      names.add("(hd" + volume.disk() + ")");
      if (first.startsWith("(")) {
        names.add("(" + in.devices().name(volume) + ")");
      }
    }
    List<String> result = new ArrayList<>();
    for (String name : names) {
      if (matches(first, 0, name, 0)) {
        result.addAll(path.isEmpty() ? List.of(name) : expand(in, name + path));
      }
    }
    return result;
  }

  private static List<String> components(String path) {
    List<String> components = new ArrayList<>();
    for (String component : path.split("/")) {
      if (!component.isEmpty()) {
        components.add(component);
      }
    }
    return components;
  }

  private static List<String> step(BootVolume volume, List<String> found, String component, boolean last) {
    List<String> next = new ArrayList<>();
    for (String directory : found) {
      if (!Patterns.isMagic(component)) {
        String path = directory + Patterns.unescape(component);
        if (!(volume.lookup(path) instanceof BootVolume.Lookup.Missing)) {
          next.add(last ? path : path + "/");
        }
        continue;
      }
      for (String name : volume.list(directory.length() > 1 ? directory.substring(0, directory.length() - 1) : "/")) {
        if (matches(component, 0, name, 0)) {
          next.add(directory + name + (last ? "" : "/"));
        }
      }
    }
    return next;
  }

  private static boolean matches(String pattern, int p, String name, int n) {
    int i = p;
    int k = n;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      if (c == '*') {
        for (int rest = k; rest <= name.length(); rest++) {
          if (matches(pattern, i + 1, name, rest)) {
            return true;
          }
        }
        return false;
      }
      if (k == name.length()) {
        return false;
      }
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        c = pattern.charAt(i);
      } else if (c == '?') {
        c = name.charAt(k);
      }
      if (c != name.charAt(k)) {
        return false;
      }
      i++;
      k++;
    }
    return k == name.length();
  }
}
