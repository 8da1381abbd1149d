package dev.plugpull.sim.bootloader.uboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Scripts from the grammar of hush and the commands that boot scripts use. {@code @M} stands for the memory prefix. */
final class HushScripts {

  /** Productions, commands and quirks, each with how it is recognised in a script; for the coverage report. */
  static final Map<String, Pattern> FEATURES = features();

  private HushScripts() {}

  /** One script; {@code withExpressions} adds {@code setexpr}, which not every build has. */
  static Draw<String> scripts(boolean withExpressions) {
    return statement(3, withExpressions).list(1, 6).map(list -> String.join("\n", list) + "\n");
  }

  private static Draw<String> value() {
    return Draw.of("1", "0", "a", "b", "A B", "10", "0x10", "010", "ff", "-1", "try", "trying", "x=y", "a  b",
        "run", "$a", "a;b", "#c", "a#b", "it's", "q\"q", "b\\s", "*", "a&b", "done", "if", "{");
  }

  private static Draw<String> word() {
    return Draw.frequencyOf(
        Draw.weight(6, Draw.of("1", "0", "a", "b", "10", "0x10", "010", "ff", "try", "trying", "x", "if", "done", "=")),
        Draw.weight(6, reference()),
        Draw.weight(4, reference().map(text -> "\"" + text + "\"")),
        Draw.weight(2,
        Draw.both(reference(), Draw.of("1", "a b", "-", " "), (text, more) -> "\"" + text + more + "\"")),
        Draw.weight(1, Draw.of("''", "\"\"", "'a b'", "'$a'", "\"a b\"", "\"\\$a\"", "a\\ b", "\\$a", "'a\\b'",
            "\"a\\\\b\"", "a'b'c", "\"it's\"", "'\"'", "\"*?[\"", "$", "$1", "a$", "{", "}", "!", "[", "a=b")),
        Draw.weight(1, reference().map(text -> "p" + text + "s")));
  }

  private static Draw<String> reference() {
    return Draw.of("${a}", "${b}", "${c}", "$a", "$b", "${l}", "$l", "${u}", "$u", "$?", "${a:-d}", "${u:-d}",
        "${u:=d}", "${l:+e}", "${u:+e}", "${u-d}", "${a:x}", "${b:-}", "${u:-d e}");
  }

  private static Draw<String> words(int most) {
    return word().list(0, most).map(list -> String.join(" ", list));
  }

  private static Draw<String> setting() {
    return Draw.both(Draw.of("a", "b", "c"), value(), Draw.between(0, 9), (name, value, how) -> switch (how) {
          case 0 -> "setenv " + name;
          case 1 -> "setenv " + name + " \"\"";
          case 2 -> "setenv " + name + " " + plain(value) + " x";
          case 3 -> "env set " + name + " " + plain(value);
          default -> "setenv " + name + " " + quote(value);
        });
  }

  private static String plain(String value) {
    return value.matches("[A-Za-z0-9]+") ? value : "v";
  }

  private static String quote(String value) {
    return value.contains("'") ? "\"" + value + "\"" : "'" + value + "'";
  }

  private static Draw<String> assignment() {
    return Draw.both(Draw.of("l", "m", "a"), word(), Draw.of("", "", "; echo $?", " echo in"),
        (name, word, more) -> name + "=" + word + more);
  }

  private static Draw<String> test() {
    Draw<String> binary = Draw.both(word(),
        Draw.of("=", "!=", "-eq", "-ne", "-lt", "-gt", "-le", "-ge", "<", ">"), word(), (left, operator, right) -> left
        + " " + operator + " " + right);
    Draw<String> unary = Draw.both(Draw.of("-n", "-z"), word(), (op, word) -> op + " " + word);
    Draw<String> one = Draw.oneOf(binary, binary, unary);
    Draw<String> two = Draw.both(one, Draw.of("-a", "-o"), one, (left, join, right) -> left + " " + join + " " + right);
    Draw<String> three =
        Draw.both(two, Draw.of("-a", "-o"), one, (left, join, right) -> left + " " + join + " " + right);
    return Draw.frequencyOf(Draw.weight(6, one), Draw.weight(2, two), Draw.weight(1, three),
        Draw.weight(1, one.map(text -> "! " + text)), Draw.weight(1, words(3))).map(text -> "test " + text);
  }

  private static Draw<String> integerTest() {
    return Draw.both(Draw.of("itest", "itest.b", "itest.w", "itest.s"),
        Draw.of("1", "10", "0x10", "ff", "1ff", "abc", "*@M000000", "*@M000004", "${a}"),
        Draw.of("-eq", "==", "-ne", "!=", "-lt", "<", "-gt", ">", "-ge", ">=", "-le", "<=", "<>"),
        Draw.of("1", "10", "16", "ff", "abc", "*@M000000"), (name, left, op, right) -> {
          boolean string = name.endsWith(".s");
          return name + " " + (string ? left.replace("*", "") : left) + " " + op + " "
              + (string ? right.replace("*", "") : right);
        });
  }

  private static Draw<String> memory() {
    return Draw.of(
        "mw.b @M000000 41 8", "mw.l @M000004 1234abcd 2", "mw.w @M000002 ff", "cp.b @M000000 @M000100 10",
        "cmp.b @M000000 @M000100 8", "md.b @M000000 10", "md.l @M000000 4", "crc32 @M000000 10",
        "mw.b @M000000 0 20", "cp.l @M000000 @M000010 2", "cmp.l @M000000 @M000010 2", "md.w @M000000 8");
  }

  private static Draw<String> environment() {
    return Draw.of(
        "env export -t @M010000 a b c; md.b @M010000 10; env import -t @M010000 ${filesize}",
        "env export -t -s 100 @M010000 a b; setenv a; setenv b; env import -t @M010000 100",
        "env export -b @M020000 a b c; env import -b @M020000 ${filesize} b",
        "env export -c @M060000 a b; crc32 @M060000 40; env import -c @M060000 ${filesize}",
        "env export -c -s 200 @M060000 a; env import -c @M060000 200; env import -c @M060000 1ff",
        "env export -t @M010000 a b; setenv a zz; env import @M010000",
        "env export -b @M020000 c; env import -d -b @M020000 ${filesize} a b c",
        "env exists a; echo $?", "env exists u && echo yes", "env delete a; echo $?", "env print b",
        "printenv a u; echo $?", "env import -c @M060000; echo $?",
        "mw.b @M010000 0 40; env export -t @M010000 a; env import -t @M010000 -",
        "env export -t @M010000 a b c; fatwrite @D 0 @M010000 out.txt ${filesize}; load @D 0 @M010800 out.txt",
        "env export -c -s 400 @M060000 a b c; @D write @M060000 6000 2; @D read @M070000 6000 2; md.b @M070000 8",
        "size @D 0 out.txt; echo $?; printenv filesize", "load @D 0 @M010000 missing.txt; echo $?",
        "test -e @D 0 out.txt; echo $?", "test -e @D 0 missing.txt || echo gone",
        "mw.b @M010000 61 10; fatwrite @D 0 @M010000 two.txt 8; load @D 0 @M010100 two.txt 4 2; md.b @M010100 4");
  }

  private static Draw<String> expressions() {
    Draw<String> number = Draw.of("1", "10", "0x10", "ff", "${a}", "*@M000000", "abc", "zz");
    Draw<String> arithmetic = Draw.both(Draw.of("setexpr", "setexpr.b", "setexpr.w"),
        Draw.of("a", "b"), number, Draw.of("+", "-", "*", "^", "\"&\"", "'|'", "x"), number,
        (name, variable, left, op, right) -> String.join(" ", name, variable, left, op, right));
    Draw<String> assign = Draw.both(Draw.of("setexpr", "setexpr.b"), number, (name, value) -> name + " c " + value);
    Draw<String> regex = Draw.both(Draw.of("sub", "gsub"),
        Draw.of("a", "o", "^a", "a$", "[ab]", "(a)(b)", "x+", "zz"), Draw.of("", "X", "'\\\\1'", "aa"),
        Draw.of("", " aab", " foobar", " \"a b a\""), (kind, pattern, with, text) -> "setexpr c " + kind + " '"
        + pattern + "' "
            + (with.isEmpty() ? "\"\"" : with) + text);
    return Draw.oneOf(arithmetic, arithmetic, assign, regex);
  }

  private static Draw<String> simple(boolean withExpressions) {
    return Draw.frequencyOf(
        Draw.weight(8, words(4).map(text -> "echo " + text)),
        Draw.weight(6, setting()),
        Draw.weight(3, assignment()),
        Draw.weight(5, test()),
        Draw.weight(2, integerTest()),
        Draw.weight(2, memory()),
        Draw.weight(3, environment()),
        Draw.weight(withExpressions ? 6 : 0, expressions()),
        Draw.weight(3, Draw.of("true", "false", "nosuch", "echo $?", "echo -n x", "test", "showvar l", "exit 2",
            "# comment", "", "echo a # comment", "echo a#b", "ech x", "false;", "true ;true", "${u}", "${u} ${u}",
            "${a}", "$l x", "\"\"", "echo \\", "echo a \\\nb", "setenv a=b c", "run u", "${u}echo x", "env exists a",
            "break", "continue")));
  }

  private static Draw<String> chain(Draw<String> part) {
    return Draw.both(part, Draw.of(" && ", " || "), part, Draw.of(" && ", " || ", "; "), part,
        (a, first, b, second, c) -> a + first + b + second + c).filter(text -> !text.contains("#"));
  }

  private static Draw<String> statement(int depth, boolean withExpressions) {
    Draw<String> simple = (simple(withExpressions));
    if (depth == 0) {
      return simple;
    }
    Draw<String> inner = (statement(depth - 1, withExpressions));
    Draw<String> condition = (Draw.frequencyOf(Draw.weight(6, test()), Draw.weight(1, chain(test())),
        Draw.weight(2, Draw.of("true", "false", "nosuch", "${u}", "true; false")), Draw.weight(1, integerTest())));
    Draw<String> end = Draw.of("; ", "\n");
    return Draw.frequencyOf(
        Draw.weight(12, simple),
        Draw.weight(4, chain(simple)),
        Draw.weight(2, Draw.both(simple, simple, (a, b) -> a.contains("#") ? a : a + "; " + b)),
        Draw.weight(4, conditional(condition, inner, end)),
        Draw.weight(3, forLoop(inner, end)),
        Draw.weight(2, whileLoop(inner, "n" + depth)),
        Draw.weight(2, runVariable(inner)),
        Draw.weight(1, Draw.of("fi; echo x", "then", "if true; then echo a; fi echo b", "for i in a; b; do echo; done",
            "if true; then", "echo \"open", "echo 'open", "echo a & b", "echo a | b", "for in a; do echo; done",
            "if true then echo a; fi", "done; echo y", "while false; do", "echo ${open", "{ echo a; }",
            "if true; then; echo a; fi", "if true; then fi", "for i in a b do echo; done", "! false && echo x",
            "for i\nin a; do echo $i; done", "if false; then elif true; then echo e; fi", "f() { echo a; }")));
  }

  private static Draw<String> conditional(Draw<String> condition, Draw<String> inner, Draw<String> end) {
    return Draw.both(condition, inner, condition, inner, Draw.between(0, 3), end,
        (first, then, second, otherwise, form, stop) -> {
          String head = "if " + first + stop + "then " + then + "\n";
          return switch (form) {
            case 0 -> head + "fi";
            case 1 -> head + "else " + otherwise + "\nfi";
            case 2 -> head + "elif " + second + stop + "then " + otherwise + "\nfi";
            default -> head + "elif " + second + stop + "then " + otherwise + "\nelse " + then + "\nfi; echo $?";
          };
        });
  }

  private static Draw<String> forLoop(Draw<String> inner, Draw<String> end) {
    return Draw.both(Draw.of("i", "i", "a"), words(3), inner, end, (name, list, body, stop) -> "for " + name + " in "
        + list.replace("if", "x").replace("done", "y") + stop
            + "do echo [${" + name + "}]; " + body + "\ndone");
  }

  /** Each depth has a counter of its own, so that a loop in a loop ends. */
  private static Draw<String> whileLoop(Draw<String> inner, String n) {
    return Draw.both(inner, Draw.of(true, false), (body, until) -> until
        ? "setenv " + n + "; until test \"${" + n + "}\" = xx; do setenv " + n + " ${" + n + "}x; " + body + "\ndone"
        : "setenv " + n + " x; while test \"${" + n + "}\" != xxx; do setenv " + n + " ${" + n + "}x; " + body
            + "\ndone");
  }

  private static Draw<String> runVariable(Draw<String> inner) {
    return Draw.both(inner, Draw.of("run r", "run r; echo $?", "run r || echo failed", "run u r"),
        (body, how) -> body.contains("'") || body.contains("setenv n1") ? "echo skipped"
            : "setenv r '" + body + "'; " + how);
  }

  private static Map<String, Pattern> features() {
    Map<String, Pattern> features = new TreeMap<>();
    for (String text : List.of("production: if=(^|[;\\s])if ", "production: elif=elif ", "production: else=else ",
        "production: for=for ", "production: while=while ", "production: until=until ", "production: and=&&",
        "production: or=\\|\\|", "production: sequence=;", "production: comment=(^|\\s)#", "production: run=run r",
        "production: assignment=(^|[\\s;])[lma]=", "expansion: ${x}=\\$\\{[abcu]\\}", "expansion: $x=\\$[abu]\\b",
        "expansion: $?=\\$\\?", "expansion: :-=:-", "expansion: assigning default=:=", "expansion: :+=:\\+",
        "quoting: double=\"", "quoting: single='", "quoting: backslash=\\\\",
        "quirk: unset in command word=(^|\\n)\\$\\{u\\}",
        "quirk: quoted list=for \\w in \"", "quirk: unknown command=nosuch", "quirk: exit=exit 2", "quirk: break=break",
        "quirk: syntax error=(fi echo|then$|\"open|'open|echo a & b|echo a \\| b)", "quirk: braces=\\{ echo",
        "quirk: negation=! false", "quirk: quote in value=it's", "quirk: hash in value=#c")) {
      String pattern = text.substring(text.indexOf('=', text.indexOf(": ") + 2) + 1);
      String name = text.substring(0, text.length() - pattern.length() - 1);
      features.put(name, Pattern.compile(pattern, Pattern.MULTILINE));
    }
    for (String command : List.of("echo", "setenv", "env set", "env export -t", "env export -b", "env export -c",
        "env import -t", "env import -b", "env import -c", "env import -d", "env exists", "env delete", "env print",
        "printenv", "test", "itest", "itest\\.b", "itest\\.s", "mw\\.b", "mw\\.l", "cp\\.b", "cmp\\.b", "md\\.b",
        "md\\.l",
        "crc32", "fatwrite", "load", "size", "showvar", "setexpr", "setexpr\\.b", "setexpr c gsub", "setexpr c sub")) {
      features.put("command: " + command.replace("\\", ""), Pattern.compile("(^|[\\s;])" + command + "\\b"));
    }
    return features;
  }

  /** How often each feature stands in some scripts. */
  static Map<String, Integer> coverage(List<String> scripts) {
    Map<String, Integer> counts = new TreeMap<>();
    FEATURES.forEach((name, pattern) ->
        counts.put(name, (int) scripts.stream().filter(script -> pattern.matcher(script).find()).count()));
    return counts;
  }

  static List<String> fill(List<String> scripts, RealUboot.Build build) {
    List<String> filled = new ArrayList<>();
    scripts.forEach(script -> filled.add(script.replace("@M", build.memory).replace("@D", build.device)));
    return filled;
  }
}
