package dev.plugpull.faultinjection.crashfs;

import java.lang.StackWalker.StackFrame;
import java.util.List;

/**
 * The line of code that issued an operation.
 *
 * @param issuer first line outside the JDK and this package; empty when unknown
 * @param user nearest line of the class that holds the workload; equals {@code issuer} when there is none
 */
record CallSite(String issuer, String user) {
  static final CallSite UNKNOWN = new CallSite("", "");

  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String OWN = CallSite.class.getPackageName() + ".";

  /** Where the calling thread is now, seen from the class that holds the workload. */
  static CallSite here(String workloadClass) {
    List<StackFrame> frames = WALKER.walk(stream -> stream.filter(CallSite::isForeign).limit(200).toList());
    if (frames.isEmpty()) {
      return UNKNOWN;
    }
    String issuer = words(frames.getFirst());
    for (StackFrame frame : frames) {
      if (outer(frame.getClassName()).equals(workloadClass)) {
        return new CallSite(issuer, words(frame));
      }
    }
    return new CallSite(issuer, issuer);
  }

  /** The class that a lambda or a nested class stands in. */
  static String outer(String className) {
    int dollar = className.indexOf('$');
    return dollar < 0 ? className : className.substring(0, dollar);
  }

  private static boolean isForeign(StackFrame frame) {
    String name = frame.getClassName();
    boolean jdk = name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    boolean own = name.startsWith(OWN) && name.indexOf('.', OWN.length()) < 0;
    return !jdk && !own;
  }

  private static String words(StackFrame frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  String words() {
    return user.equals(issuer) ? issuer : user + ", through " + issuer;
  }
}
