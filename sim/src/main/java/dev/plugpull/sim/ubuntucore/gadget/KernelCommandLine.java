package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;

/**
 * The {@code kernel-cmdline} of a gadget.
 *
 * @param allow patterns that {@code system.kernel.cmdline-append} may use
 * @param append arguments put behind the static ones
 * @param remove patterns taken out of the default line
 */
public record KernelCommandLine(List<Argument> allow, List<Argument> append, List<Argument> remove) {

  public static final KernelCommandLine NONE = new KernelCommandLine(List.of(), List.of(), List.of());

  /** One argument or pattern as written. */
  public record Argument(String text, int line) {
    /** The name before the equals sign. */
    public String parameter() {
      int equals = text.indexOf('=');
      return equals < 0 ? text : text.substring(0, equals);
    }
  }
}
