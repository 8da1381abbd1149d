package dev.plugpull.sim.bootloader.uboot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Parsed scripts by their text, shared by all runs of a board: a script is parsed once. */
final class ScriptCache {

  /** More than any device has; scripts that generate text are then parsed each time. */
  private static final int LIMIT = 4096;

  private final Map<String, List<HushUnit>> scripts = new ConcurrentHashMap<>();
  private final Map<String, List<HushUnit>> variables = new ConcurrentHashMap<>();
  private final Map<String, ModernHush.Program> modern = new ConcurrentHashMap<>();

  List<HushUnit> script(String text) {
    return get(scripts, text, OldHushParser::script);
  }

  List<HushUnit> variable(String text) {
    return get(variables, text, OldHushParser::variable);
  }

  ModernHush.Program modern(String text) {
    return get(modern, text, ModernHushParser::parse);
  }

  private static <T> T get(Map<String, T> map, String text, Function<String, T> parse) {
    T known = map.get(text);
    if (known != null) {
      return known;
    }
    T parsed = parse.apply(text);
    if (map.size() < LIMIT) {
      map.put(text, parsed);
    }
    return parsed;
  }
}
