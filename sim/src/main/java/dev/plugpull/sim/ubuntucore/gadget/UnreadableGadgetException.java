package dev.plugpull.sim.ubuntucore.gadget;

/**
 * Input that Plugpull cannot read, as opposed to a gadget that snapd would refuse.
 *
 * <p>The message reads {@code cannot read gadget: WHERE: why; remedy} (or {@code kernel}) and is fit for a person.
 */
public final class UnreadableGadgetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String where;
  private final String why;
  private final String remedy;

  /**
   * @param where file, or file and line as {@code file:line}
   * @param why what is wrong, in lower case
   * @param remedy what the reader can do
   */
  public UnreadableGadgetException(String where, String why, String remedy) {
    this("gadget", where, why, remedy);
  }

  private UnreadableGadgetException(String what, String where, String why, String remedy) {
    super("cannot read " + what + ": " + where + ": " + why + "; " + remedy);
    this.where = where;
    this.why = why;
    this.remedy = remedy;
  }

  /** The same about a kernel snap: {@code cannot read kernel: ...}. */
  UnreadableGadgetException ofKernel() {
    UnreadableGadgetException kernel = new UnreadableGadgetException("kernel", where, why, remedy);
    kernel.initCause(this);
    return kernel;
  }

  /** File, or {@code file:line}. */
  public String where() {
    return where;
  }

  /** What is wrong, in lower case. */
  public String why() {
    return why;
  }

  /** What the reader can do. */
  public String remedy() {
    return remedy;
  }
}
