package dev.plugpull.sim.bootloader.grub;

import java.util.List;

/** Commands on variables: set, unset, export, increment, decrement, regexp. */
final class VariableCommands {

  private VariableCommands() {}

  static int set(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      in.variables().sorted().forEach((name, value) -> in.print(name + "=" + value + "\n"));
      return 0;
    }
    String assignment = arguments.getFirst();
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      return in.error(GrubError.BAD_ARGUMENT, "not an assignment");
    }
    in.variables().set(assignment.substring(0, equals), assignment.substring(equals + 1));
    return 0;
  }

  static int unset(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "one argument expected");
    }
    in.variables().unset(arguments.getFirst());
    return 0;
  }

  static int export(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "one argument expected");
    }
    for (String name : arguments) {
      in.variables().export(name);
    }
    return 0;
  }

  /** The Red Hat module; where it is missing the command is unknown and a counter never changes. */
  static int increment(Interpreter in, List<String> arguments, int by) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "no variable specified");
    }
    if (arguments.size() > 1) {
      return in.error(GrubError.BAD_ARGUMENT, "too many arguments");
    }
    String name = arguments.getFirst();
    String old = in.variables().get(name);
    if (old == null) {
      return in.error(GrubError.FILE_NOT_FOUND, "No such variable \"" + name + "\"");
    }
    int start = 0;
    while (start < old.length() && GrubNumber.isSpace(old.charAt(start))) {
      start++;
    }
    boolean negative = start < old.length() && old.charAt(start) == '-';
    GrubNumber number = GrubNumber.parse(old, negative ? start + 1 : start, 0);
    if (number.trouble() == GrubNumber.Trouble.NOT_A_NUMBER) {
      return in.error(GrubError.BAD_NUMBER, "unrecognized number");
    }
    if (number.trouble() == GrubNumber.Trouble.TOO_LARGE) {
      return in.error(GrubError.OUT_OF_RANGE, "overflow is detected");
    }
    long value = negative ? -number.value() : number.value();
    in.variables().set(name, Long.toString(value + by));
    return 0;
  }

  static int regexp(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.REGEXP, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (options.rest.size() != 2) {
      return in.error(GrubError.BAD_ARGUMENT, "two arguments expected");
    }
    List<String> groups = PosixRegex.match(options.rest.get(0), options.rest.get(1));
    if (groups == null) {
      return in.error(GrubError.TEST_FAILURE, "No match");
    }
    for (String target : options.all("set")) {
      int colon = target.indexOf(':');
      GrubNumber number = GrubNumber.parse(target, 0, 10);
      if (colon >= 0 && number.end() != colon) {
        return in.error(GrubError.BAD_ARGUMENT, "invalid variable name format " + target);
      }
      long group = colon < 0 ? 1 : number.value();
      String value = group >= 0 && group < groups.size() ? groups.get((int) group) : null;
      in.restore(target.substring(colon + 1), value);
    }
    return 0;
  }
}
