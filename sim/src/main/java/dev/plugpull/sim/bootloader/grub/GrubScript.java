package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed GRUB script. Parsing never fails: a statement with a syntax error is kept as a fault, as GRUB drops it and
 * goes on at the next line.
 *
 * <p>Immutable; parse once and run as often as needed.
 */
public final class GrubScript {

  final String file;
  final List<ScriptUnit> units;

  private GrubScript(String file, List<ScriptUnit> units) {
    this.file = file;
    this.units = List.copyOf(units);
  }

  /**
   * Parses a configuration file.
   *
   * @param file its name in findings and traces
   */
  public static GrubScript parse(String file, String text) {
    return new GrubScript(file, units(file, Lines.ofFile(text), true));
  }

  /** The script in a file's content; opaque content is an empty script. */
  public static GrubScript of(String file, Content content) {
    if (content.value() instanceof GrubScript script) {
      return script;
    }
    return parse(file, content.bytes().map(b -> new String(b, StandardCharsets.ISO_8859_1)).orElse(""));
  }

  /** The inside of a block; unlike a file it ends at its first syntax error. */
  static GrubScript parseBody(String file, int line, String text) {
    return new GrubScript(file, units(file, Lines.ofBody(text, line), false));
  }

  private static List<ScriptUnit> units(String file, Lines lines, boolean goesOn) {
    List<ScriptUnit> units = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      ScriptUnit unit = new ScriptParser(file, lines, line).parse();
      if (unit.fault() != null || unit.commands() != null || !unit.functions().isEmpty()) {
        units.add(unit);
      }
      if (unit.fault() != null && !goesOn) {
        break;
      }
    }
    return units;
  }
}
