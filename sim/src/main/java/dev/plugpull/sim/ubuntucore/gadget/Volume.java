package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;

/**
 * One disk of a gadget, as written.
 *
 * @param schema {@code gpt}, {@code mbr}, {@code emmc}, or empty
 * @param bootloader empty if none is named
 * @param id disk id, or empty
 * @param partial which properties are left open: {@code schema}, {@code structure}, {@code size}, {@code filesystem}
 */
public record Volume(
    String name,
    String schema,
    String bootloader,
    String id,
    List<String> partial,
    List<Structure> structures,
    int line) {

  public static final String GPT = "gpt";
  public static final String MBR = "mbr";
  public static final String EMMC = "emmc";

  /** The schema in force: {@code gpt} if none is written and it is not left open. */
  public String effectiveSchema() {
    return schema.isEmpty() && !isPartial("schema") ? GPT : schema;
  }

  public boolean isEmmc() {
    return schema.equals(EMMC);
  }

  /** True if a property is left open. */
  public boolean isPartial(String property) {
    return partial.contains(property);
  }
}
