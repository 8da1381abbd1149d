package dev.plugpull.sim.bootloader.grub;

import java.util.List;

/** Commands that steer the interpreter: break, continue, return, shift, setparams, eval, source, configfile, normal. */
final class FlowCommands {

  private FlowCommands() {}

  static int breakLoops(Interpreter in, List<String> arguments, boolean isContinue) {
    long count = 1;
    if (arguments.size() > 1) {
      return in.error(GrubError.BAD_ARGUMENT, "one argument expected");
    }
    if (!arguments.isEmpty()) {
      GrubNumber number = GrubNumber.parse(arguments.getFirst(), 0, 10);
      int trouble = trouble(in, number, arguments.getFirst());
      if (trouble != 0) {
        return trouble;
      }
      count = number.value();
      if (count == 0) {
        return in.error(GrubError.BAD_ARGUMENT, "can't break 0 loops");
      }
    }
    in.breakLoops((int) Math.clamp(count, 0, 1000), isContinue);
    return 0;
  }

  private static int trouble(Interpreter in, GrubNumber number, String text) {
    return switch (number.trouble()) {
      case NOT_A_NUMBER -> in.error(GrubError.BAD_NUMBER, "unrecognized number");
      case TOO_LARGE -> in.error(GrubError.OUT_OF_RANGE, "overflow is detected");
      case NONE ->
          number.end() == text.length() ? 0 : in.error(GrubError.BAD_ARGUMENT, "unrecognized number");
    };
  }

  static int returnValue(Interpreter in, List<String> arguments) {
    if (in.parameters() == null || arguments.size() > 1) {
      return in.error(GrubError.BAD_ARGUMENT, "not in function body");
    }
    if (arguments.isEmpty()) {
      in.returnFromFunction();
      String status = in.variables().get("?");
      return status == null ? 0 : (int) GrubNumber.parse(status, 0, 10).value();
    }
    GrubNumber number = GrubNumber.parse(arguments.getFirst(), 0, 10);
    int trouble = trouble(in, number, arguments.getFirst());
    if (trouble != 0) {
      return trouble;
    }
    in.returnFromFunction();
    return number.value() == 0 ? 0 : in.error((int) number.value(), "false");
  }

  static int shift(Interpreter in, List<String> arguments) {
    List<String> parameters = in.parameters();
    if (parameters == null) {
      return 0;
    }
    long count = 1;
    if (arguments.size() > 1) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (!arguments.isEmpty()) {
      GrubNumber number = GrubNumber.parse(arguments.getFirst(), 0, 10);
      int trouble = trouble(in, number, arguments.getFirst());
      if (number.end() != arguments.getFirst().length()) {
        return GrubError.BAD_ARGUMENT.number;
      }
      count = trouble == 0 ? number.value() : 0;
    }
    if (count < 0 || count > parameters.size()) {
      return GrubError.BAD_ARGUMENT.number;
    }
    in.setParameters(parameters.subList((int) count, parameters.size()));
    return 0;
  }

  static int setParameters(Interpreter in, List<String> arguments) {
    if (in.parameters() == null) {
      return GrubError.INVALID_COMMAND.number;
    }
    in.setParameters(List.copyOf(arguments));
    return 0;
  }

  static int eval(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      return 0;
    }
    String source = String.join(" ", arguments);
    return in.runBody(GrubScript.parseBody("eval", 1, source), in.parameters());
  }

  static int source(Interpreter in, List<String> arguments) {
    if (arguments.size() != 1) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    in.runFile(arguments.getFirst());
    in.clearError();
    return 0;
  }

  static int configFile(Interpreter in, List<String> arguments) {
    if (arguments.size() != 1) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    in.openContext(in.config.variant() == GrubConfig.Variant.FEDORA);
    in.runFile(arguments.getFirst());
    in.clearError();
    if (!in.menu().entries.isEmpty()) {
      new MenuRunner(in).show(true, false);
    }
    in.closeContext();
    return 0;
  }

  static int normal(Interpreter in, List<String> arguments) {
    NormalMode.enter(in, arguments.isEmpty() ? in.variables().get("prefix") + "/grub.cfg" : arguments.getFirst());
    return 0;
  }

  static int sleep(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.SLEEP, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (options.rest.size() != 1) {
      return in.error(GrubError.BAD_ARGUMENT, "one argument expected");
    }
    GrubNumber number = GrubNumber.parse(options.rest.getFirst(), 0, 10);
    if (number.trouble() != GrubNumber.Trouble.NONE) {
      in.error(GrubError.BAD_NUMBER, "unrecognized number");
    }
    in.charge(Math.clamp(number.value(), 0L, 1_000_000L));
    return 0;
  }
}
