package dev.plugpull.scenarios.family;

/** A profile that cannot be used. The message reads {@code cannot read profile: WHERE: why; remedy}. */
public final class UnreadableProfileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;
  private final String remedy;

  /**
   * @param where file, or file and line, or the name of the profile
   * @param why what is wrong, in lower case
   * @param remedy what the reader can do
   */
  public UnreadableProfileException(String where, String why, String remedy) {
    super("cannot read profile: " + where + ": " + why + "; " + remedy);
    this.why = why;
    this.remedy = remedy;
  }

  /** The same, said of the file that holds the profile. */
  UnreadableProfileException in(String file) {
    UnreadableProfileException here = new UnreadableProfileException(file, why, remedy);
    here.initCause(this);
    return here;
  }
}
