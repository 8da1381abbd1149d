package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The options of one call of a command, and the arguments that are none. */
final class Options {

  /** What a command declares. {@code shortName} is 0 if there is none. */
  record Option(String name, char shortName, boolean hasValue, boolean valueOptional) {
    static Option flag(String name, char shortName) {
      return new Option(name, shortName, false, false);
    }

    static Option value(String name, char shortName) {
      return new Option(name, shortName, true, false);
    }

    static Option optionalValue(String name, char shortName) {
      return new Option(name, shortName, true, true);
    }
  }

  /** All options of a command and how it treats words that look like options and are none. */
  record Declared(List<Option> options, boolean onlyAtStart, boolean acceptsDash) {
    Declared(Option... options) {
      this(List.of(options), false, false);
    }

    private Option byName(String name) {
      for (Option option : options) {
        if (option.name().equals(name)) {
          return option;
        }
      }
      return null;
    }

    private Option byLetter(char letter) {
      for (Option option : options) {
        if (option.shortName() == letter) {
          return option;
        }
      }
      return null;
    }
  }

  private final Map<String, List<String>> values = new TreeMap<>();
  final List<String> rest = new ArrayList<>();

  private final Interpreter in;
  private final Declared declared;
  private final List<String> arguments;
  private int at;

  private Options(Interpreter in, Declared declared, List<String> arguments) {
    this.in = in;
    this.declared = declared;
    this.arguments = arguments;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The last value given, null if none was. */
  String value(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.getLast();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Null, with the error pending, if the arguments do not fit. */
  static Options parse(Interpreter in, Declared declared, List<String> arguments) {
    Options options = new Options(in, declared, arguments);
    for (; options.at < arguments.size(); options.at++) {
      String argument = arguments.get(options.at);
      if ((!options.rest.isEmpty() && declared.onlyAtStart()) || argument.length() < 2 || argument.charAt(0) != '-') {
        options.rest.add(argument);
      } else if (argument.equals("--")) {
        options.rest.addAll(arguments.subList(options.at + 1, arguments.size()));
        break;
      } else if (!(argument.charAt(1) == '-' ? options.takeLong(argument) : options.takeShort(argument))) {
        return null;
      }
    }
    return options;
  }

  private boolean takeShort(String argument) {
    if (declared.acceptsDash()) {
      for (int i = 1; i < argument.length(); i++) {
        if (declared.byLetter(argument.charAt(i)) == null) {
          rest.add(argument);
          return true;
        }
      }
    }
    for (int i = 1; i < argument.length(); i++) {
      Option option = declared.byLetter(argument.charAt(i));
      boolean last = i == argument.length() - 1;
      if (option == null) {
        return fail("unknown argument `-" + argument.charAt(i) + "'");
      }
      if (!last && option.hasValue() && !option.valueOptional()) {
        return fail("missing mandatory option for `" + option.name() + "'");
      }
      String value = null;
      if (last && option.hasValue() && at + 1 < arguments.size()) {
        String next = arguments.get(at + 1);
        if (!option.valueOptional() || next.length() < 2 || next.charAt(0) != '-') {
          at++;
          value = next;
        }
      }
      if (!put(option, value, argument)) {
        return false;
      }
    }
    return true;
  }

  private boolean takeLong(String argument) {
    int equals = argument.indexOf('=');
    String value = equals < 0 ? null : argument.substring(equals + 1);
    Option option = declared.byName(equals < 0 ? argument.substring(2) : argument.substring(2, equals));
    if (option == null) {
      if (declared.acceptsDash()) {
        rest.add(argument);
        return true;
      }
      return fail("unknown argument `" + argument + "'");
    }
    if (value == null && option.hasValue() && at + 1 < arguments.size() && !arguments.get(at + 1).startsWith("-")) {
      at++;
      value = arguments.get(at);
    }
    return put(option, value, argument);
  }

  private boolean put(Option option, String value, String argument) {
    if (option.hasValue() && value == null && !option.valueOptional()) {
      return fail("missing mandatory option for `" + option.name() + "'");
    }
    if (!option.hasValue() && value != null) {
      return fail(
          "a value was assigned to the argument `" + argument + "' while it doesn't require an argument");
    }
    List<String> all = values.computeIfAbsent(option.name(), _ -> new ArrayList<>());
    all.add(value);
    return true;
  }

  private boolean fail(String message) {
    in.error(GrubError.BAD_ARGUMENT, message);
    return false;
  }
}
