package dev.plugpull.scenarios.jqwik;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Boot scripts that a loader can parse: what vendors write about the state of an update, in any order and nesting. They
 * shrink to fewer and flatter statements, which parse as well.
 */
public final class BootScripts {
  private static final int DEPTH = 2;
  private static final int STATEMENTS = 6;
  private static final String[] VARIABLES = {"kernel_status", "snap_kernel", "snap_try_kernel", "boot_count"};
  private static final String[] VALUES = {"", "try", "trying", "pc-kernel_1.snap", "pc-kernel_2.snap", "3"};

  private BootScripts() {}

  /** Scripts for U-Boot's shell. */
  public static Arbitrary<String> uboot() {
    return script(DEPTH, true);
  }

  /** Scripts for GRUB. */
  public static Arbitrary<String> grub() {
    return script(DEPTH, false);
  }

  private static Arbitrary<String> script(int depth, boolean uboot) {
    return statement(depth, uboot).list().ofMinSize(1).ofMaxSize(STATEMENTS)
        .map(list -> list.stream().collect(Collectors.joining("\n", "", "\n")));
  }

  private static Arbitrary<String> statement(int depth, boolean uboot) {
    Arbitrary<String> simple = uboot ? ubootCommand() : grubCommand();
    if (depth == 0) {
      return simple;
    }
    Arbitrary<List<String>> body = statement(depth - 1, uboot).list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<String> branch = Combinators.combine(condition(uboot), body, body).as((condition, yes, no) ->
        "if " + condition + "; then\n" + indented(yes) + "else\n" + indented(no) + "fi");
    Arbitrary<String> loop = Combinators.combine(values(), values(), body).as((one, two, inside) ->
        "for x in a" + one + " b" + two + "; do\n" + indented(inside) + "done");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(5, simple), net.jqwik.api.Tuple.of(2, branch), net.jqwik.api.Tuple.of(1, loop));
  }

  private static String indented(List<String> lines) {
    return lines.stream().flatMap(String::lines).map(line -> "  " + line + "\n").collect(Collectors.joining());
  }

  private static Arbitrary<String> variables() {
    return Arbitraries.of(VARIABLES);
  }

  private static Arbitrary<String> values() {
    return Arbitraries.of(VALUES);
  }

  private static Arbitrary<String> condition(boolean uboot) {
    return Combinators.combine(variables(), values(), Arbitraries.of("=", "!=")).as((name, value, operator) ->
        uboot ? "test \"${" + name + "}\" " + operator + " \"" + value + "\""
            : "[ \"${" + name + "}\" " + operator + " \"" + value + "\" ]");
  }

  private static Arbitrary<String> ubootCommand() {
    return Arbitraries.oneOf(
        Combinators.combine(variables(), values()).as((name, value) -> "setenv " + name + " \"" + value + "\""),
        Combinators.combine(variables(), variables()).as((to, from) -> "setenv " + to + " \"${" + from + "}\""),
        Arbitraries.of("saveenv", "true", "echo starting ${snap_kernel}",
            "load mmc 0:1 ${kernel_addr_r} /${snap_kernel}/kernel.img",
            "env export -c -s 1000 ${loadaddr} kernel_status snap_kernel snap_try_kernel",
            "save mmc 0:1 ${loadaddr} /uboot/ubuntu/boot.sel ${filesize}"));
  }

  private static Arbitrary<String> grubCommand() {
    return Arbitraries.oneOf(
        Combinators.combine(variables(), values()).as((name, value) -> "set " + name + "=\"" + value + "\""),
        Combinators.combine(variables(), variables()).as((to, from) -> "set " + to + "=\"${" + from + "}\""),
        variables().map(name -> "save_env " + name),
        Arbitraries.of("load_env", "true", "echo \"starting ${snap_kernel}\"", "unset kernel_status"));
  }
}
