package dev.plugpull.sim.ubuntucore.gadget;

/**
 * One thing that is wrong with a gadget.
 *
 * @param severity whether snapd refuses the gadget for it
 * @param file path for messages
 * @param line from 1; 0 if it concerns the whole file
 * @param message what is wrong, in lower case
 * @param remedy what the vendor can do
 */
public record Finding(GadgetRule rule, Severity severity, String file, int line, String message, String remedy) {

  /** How much a finding weighs. */
  public enum Severity {
    /** snapd, or the tool that builds the image, refuses the gadget. */
    ERROR,
    /** snapd accepts it; it is probably not what the vendor meant. */
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line}, or the file alone. */
  public String where() {
    return line > 0 ? file + ":" + line : file;
  }

  @Override
  public String toString() {
    return where() + ": " + rule.id() + ": " + message + "; " + remedy;
  }
}
