package dev.plugpull.sim.bootloader.grub;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Scripts drawn from GRUB's grammar, quirks included. They always end: loops count in variables of their own depth, and
 * functions call only functions defined before them.
 */
final class GrubScriptArbitraries {

  /** Variables that the comparison prints at the end. */
  static final List<String> VARIABLES = List.of("a", "b", "c", "two", "empty", "esc", "star", "new", "i", "j");

  private static final Arbitrary<String> NAMES = Arbitraries.of("a", "b", "c", "two", "empty", "unset", "esc", "star");

  private GrubScriptArbitraries() {}

  /** A whole script: statements on lines of their own, some of them broken. */
  static Arbitrary<Snippet> scripts() {
    Arbitrary<Snippet> line =
        Arbitraries.frequencyOf(
            Tuple.of(8, statement(2)),
            Tuple.of(2, Combinators.combine(statement(1), statement(1)).as((x, y) -> Snippet.join("; ", x, y))),
            Tuple.of(2, function()),
            Tuple.of(1, broken()),
            Tuple.of(1, layout()));
    return line.list().ofMinSize(1).ofMaxSize(7).map(lines -> Snippet.join("\n", lines));
  }

  // ---- words

  static Arbitrary<Snippet> word() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, piece()),
        Tuple.of(2, Combinators.combine(piece(), piece()).as((x, y) -> Snippet.join("", x, y).tagged("word:joined"))));
  }

  private static Arbitrary<Snippet> piece() {
    return Arbitraries.oneOf(
        Arbitraries.of("x", "y1", "10", "010", "0x1f", "-3", "a", "A", "a.b", "x,y", "a:b", "-", "--", "a=b", "]")
            .map(text -> Snippet.of(text, "word:plain")),
        Arbitraries.of("if", "then", "fi", "for", "in", "do", "done", "else", "elif", "while", "until", "case",
                "esac", "select", "function")
            .map(text -> Snippet.of(text, "word:reserved as argument")),
        Arbitraries.of("'p q'", "''", "'$a'", "'\\n'", "'#'", "'a\"b'")
        .map(text -> Snippet.of(text, "word:single quoted")),
        NAMES.map(name -> Snippet.of("$" + name, "word:variable")),
        NAMES.map(name -> Snippet.of("${" + name + "}", "word:variable in braces")),
        NAMES.map(name -> Snippet.of("\"$" + name + "\"", "word:quoted variable")),
        NAMES.map(name -> Snippet.of("\"<${" + name + "} \\$ \\\\ \\\" \\x>\"", "word:double quoted")),
        Arbitraries.of("\"\"", "\"p  q\"", "\"#\"", "\"it's\"").map(text -> Snippet.of(text, "word:double quoted")),
        Arbitraries.of("$?", "\"$?\"", "${?}").map(text -> Snippet.of(text, "word:status")),
        Arbitraries.of("$1", "$#", "$*", "$@", "\"$@\"", "\"$*\"", "${2}", "\"$1\"", "$9", "$0")
            .map(text -> Snippet.of(text, "word:parameter")),
        Arbitraries.of("\\$a", "p\\ q", "x\\*", "x\\?", "\\\\", "\\'", "\\\"", "a\\nb", "\\;", "\\{")
            .map(text -> Snippet.of(text, "word:escape")),
        Arbitraries.of("$\"t\"", "$\"t $a\"", "$\"t ${two} \\$b\"", "$\"t \\\\ $? $unset.\"")
            .map(text -> Snippet.of(text, "word:translated")),
        Arbitraries.of("a#b", "x\\\ny", ",a*", ",a?", "/nosuch*").map(text -> Snippet.of(text, "word:odd")),
        Arbitraries.of("(hd0)/d/on*", "(hd0)/d/?ne", "(hd0)/?/on*/..", "(hd0)/d/z*", "(hd0)/d/\\*", "\"(hd0)/d/o*\"")
            .map(text -> Snippet.of(text, "word:file pattern")));
  }

  private static Arbitrary<Snippet> words(int min, int max) {
    return word().list().ofMinSize(min).ofMaxSize(max).map(list -> Snippet.join(" ", list));
  }

  // ---- simple commands

  static Arbitrary<Snippet> simple() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, words(0, 4).map(w -> Snippet.join(" ", Snippet.of("echo", "command:echo"), w))),
        Tuple.of(1, echoOption()),
        Tuple.of(4, assignment()),
        Tuple.of(5, test()),
        Tuple.of(1, Arbitraries.of("true", "false").map(c -> Snippet.of(c, "command:" + c))),
        Tuple.of(1, simpleOf(test()).map(t -> Snippet.join(" ", Snippet.of("!", "production:negation"), t))),
        Tuple.of(1, Arbitraries.of("nosuch", "! nosuch", "nosuch a b", "Echo", "a_very_long_command_name_indeed")
            .map(c -> Snippet.of(c, "quirk:unknown command"))),
        Tuple.of(2, environment()),
        Tuple.of(1, regexp()),
        Tuple.of(2, files()),
        Tuple.of(2, flow()),
        Tuple.of(1, words(0, 2).map(w -> Snippet.join(" ", Snippet.of("f0", "production:function call"), w))),
        Tuple.of(1, words(0, 2).map(w -> Snippet.join(" ", Snippet.of("f1", "production:function call"), w))),
        Tuple.of(1, Arbitraries.of("echo x { echo y 'z' }", "echo {\necho y\n}", "menuentry t { echo a; }",
                "menuentry", "menuentry x", "menuentry 't' --id i { linux /x\nboot }",
                "submenu s { menuentry t { true } }",
                "menuentry --source 'echo' t")
            .map(c -> Snippet.of(c, "production:block"))));
  }

  private static Arbitrary<Snippet> simpleOf(Arbitrary<Snippet> arbitrary) {
    return arbitrary;
  }

  private static Arbitrary<Snippet> echoOption() {
    Arbitrary<Snippet> option =
        Arbitraries.of("echo -n", "echo -e", "echo -ne", "echo -x", "echo --", "echo -e 'a\\nb\\\\ \\q'")
            .map(c -> Snippet.of(c, "command:echo options"));
    return Combinators.combine(option, words(0, 2)).as((x, y) -> Snippet.join(" ", x, y));
  }

  private static Arbitrary<Snippet> assignment() {
    Arbitrary<String> target = Arbitraries.of("a", "b", "c", "new", "empty", "two");
    return Arbitraries.oneOf(
        Combinators.combine(target, word())
        .as((n, w) -> new Snippet(n + "=" + w.text(), w.covers()).tagged("production:assignment")),
        Combinators.combine(target, word())
        .as((n, w) -> new Snippet("set " + n + "=" + w.text(), w.covers()).tagged("command:set")),
        Combinators.combine(target, word(), target, word())
            .as((n, w, m, v) -> new Snippet(n + "=" + w.text() + " " + m + "=" + v.text(), w.covers())
                .tagged("quirk:only the first assignment counts")),
        target.map(n -> Snippet.of("unset " + n, "command:unset")),
        target.map(n -> Snippet.of("export " + n, "command:export")),
        Arbitraries.of("set novalue", "unset", "export", "1=x", "=x", "set =x", "a= b", "?=7", "x-y=1", "@=1")
            .map(c -> Snippet.of(c, "quirk:odd assignment")));
  }

  private static Arbitrary<Snippet> test() {
    Arbitrary<Snippet> operand = word();
    Arbitrary<Snippet> stringOperator =
        Arbitraries.of("=", "==", "!=", "\\<", "\\<=", "\\>", "\\>=").map(o -> Snippet.of(o, "test:" + o));
    Arbitrary<Snippet> numberOperator =
        Arbitraries.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-pgt", "-plt").map(o -> Snippet.of(o, "test:" + o));
    Arbitrary<Snippet> number =
        Arbitraries.oneOf(
            Arbitraries.of("0", "1", "9", "10", "010", "08", "0x10", "-3", "x", "''", "4294967297", "3000000000",
                    "99999999999999999999", "v-9", "v-10", "7x")
                .map(n -> Snippet.of(n, "test:number")),
            word());
    Arbitrary<Snippet> file =
        Arbitraries.of("(hd0)/d", "(hd0)/d/one", "(hd0)/none", "(hd0)/nodir/x", "(hd0)/d/one/x", "(hd0)/", "(hd0)",
                "(hd0)/d/", "(hd0)/d/empty", "(hd0", "''")
            .map(f -> Snippet.of(f, "test:file"));
    Arbitrary<Snippet> primary =
        Arbitraries.oneOf(
            Combinators.combine(operand, stringOperator, operand).as((x, y, z) -> Snippet.join(" ", x, y, z)),
            Combinators.combine(number, numberOperator, number).as((x, y, z) -> Snippet.join(" ", x, y, z)),
            Combinators.combine(Arbitraries.of("-n", "-z").map(o -> Snippet.of(o, "test:" + o)), operand)
                .as((x, y) -> Snippet.join(" ", x, y)),
            Combinators.combine(Arbitraries.of("-e", "-f", "-d", "-s").map(o -> Snippet.of(o, "test:" + o)), file)
                .as((x, y) -> Snippet.join(" ", x, y)),
            operand,
            Arbitraries.of("", "-n", "-z", "!", "a =", "= a", "( a", "a )", "-a", "-o", "a -o", "-e")
                .map(t -> Snippet.of(t, "quirk:incomplete test")));
    Arbitrary<Snippet> joined =
        Combinators.combine(primary, Arbitraries.of("-a", "-o").map(o -> Snippet.of(o, "test:" + o)), primary)
            .as((x, y, z) -> Snippet.join(" ", x, y, z));
    Arbitrary<Snippet> expression =
        Arbitraries.frequencyOf(
            Tuple.of(5, primary),
            Tuple.of(2, joined),
            Tuple.of(1, primary.map(p -> Snippet.join(" ", Snippet.of("!", "test:!"), p))),
            Tuple.of(1, joined.map(p -> new Snippet("( " + p.text() + " )", p.covers()).tagged("test:( )"))),
            Tuple.of(1, Combinators.combine(joined, Arbitraries.of("-a", "-o"), primary)
                .as((x, o, y) -> Snippet.join(" " + o + " ", x, y))));
    return Combinators.combine(expression, Arbitraries.of(true, true, false))
        .as((e, bracket) -> bracket
            ? new Snippet("[ " + e.text() + " ]", e.covers()).tagged("command:[")
            : new Snippet("test " + e.text(), e.covers()).tagged("command:test"));
  }

  private static Arbitrary<Snippet> environment() {
    String file = " -f (hd0)/grub/grubenv";
    Arbitrary<String> names = NAMES.list().ofMinSize(0).ofMaxSize(3).map(list -> String.join(" ", list));
    return Arbitraries.oneOf(
        names.map(n -> Snippet.of("save_env" + file + " " + n, "command:save_env")),
        names.map(n -> Snippet.of("load_env" + file + " " + n, "command:load_env")),
        Arbitraries.of("list_env", "load_env -s", "load_env --file (hd0)/grub/grubenv a", "list_env -x", "save_env")
            .map(c -> Snippet.of(c.contains("grub") ? c : c + file, "command:" + c.substring(0, 8))),
        Arbitraries.of("load_env -f (hd0)/none", "save_env -f (hd0)/d/one a", "load_env -f (hd0)/d/empty",
        "load_env -f")
            .map(c -> Snippet.of(c, "quirk:bad environment block")),
        Arbitraries.of("save_env -f (hd0)/grub/torn a", "load_env -f (hd0)/grub/torn", "list_env -f (hd0)/grub/torn",
                "a=; save_env -f (hd0)/grub/torn a", "save_env -f (hd0)/grub/torn unset")
            .map(c -> Snippet.of(c, "quirk:half-zero block")));
  }

  private static Arbitrary<Snippet> regexp() {
    return Combinators.combine(
            Arbitraries.of("^a", "(a)(b)?", "^([0-9]+)-(.*)$", "[[:alpha:]]+", "x*", "a{2}", "(", "[a-c]|z", "\\\\."),
            word())
        .as((e, w) -> new Snippet("regexp --set new --set 2:c '" + e + "' " + w.text(), w.covers())
            .tagged("command:regexp"));
  }

  private static Arbitrary<Snippet> files() {
    return Arbitraries.of(
            "cat (hd0)/d/one", "cat (hd0)/none", "cat (hd0)/d", "cat (hd0)/d/one/x", "cat (hd0)none", "cat (hd0",
            "source (hd0)/s1.cfg", ". (hd0)/s1.cfg", "source (hd0)/none", "source", "configfile (hd0)/s2.cfg",
            "configfile (hd0)/none", "source (hd0)/bad.cfg", "search --file /d/one --set=new", "search -s new -f /none",
            "search --no-floppy --label BOOT --set new", "search --label none", "search --set=new", "search",
            "search --file --no-floppy --set=new --hint hd0 /d/one", "search --fs-uuid none --set=new",
            "loopback l (hd0)/d/one", "loopback -d nol", "loopback", "loopback l", "loopback l (hd0)/none",
            "eval", "eval \"echo $two; b=7\"", "eval 'echo $a' $b", "eval 'if true; then'", "sleep 0", "sleep",
            "sleep x",
            "insmod echo", "probe --set=new --label (hd0)", "probe -s new -f (hd0)", "boot")
        .map(c -> Snippet.of(c, "command:" + (c.indexOf(' ') < 0 ? c : c.substring(0, c.indexOf(' ')))));
  }

  private static Arbitrary<Snippet> flow() {
    return Arbitraries.of("break", "continue", "break 2", "continue 2", "break 0", "break x", "break 1 2", "return",
            "return 0", "return 1", "return 3", "return x", "return 1 2", "shift", "shift 2", "shift x", "shift 1 2",
            "setparams p q", "setparams")
        .map(c -> Snippet.of(c, "command:" + (c.indexOf(' ') < 0 ? c : c.substring(0, c.indexOf(' ')))));
  }

  // ---- compound commands

  static Arbitrary<Snippet> statement(int depth) {
    if (depth == 0) {
      return simple();
    }
    Arbitrary<Snippet> inner = Arbitraries.lazy(() -> block(depth - 1));
    Arbitrary<Snippet> end = Arbitraries.of("; ", "\n", ";\n").map(t -> Snippet.of(t, "production:delimiter"));
    return Arbitraries.frequencyOf(
        Tuple.of(6, simple()),
        Tuple.of(2, Combinators.combine(inner, inner, end)
            .as((c, t, e) -> around("if ", c, e, "then ", t, e, "fi", "production:if"))),
        Tuple.of(1, Combinators.combine(inner, inner, inner, end)
            .as((c, t, x, e) -> around("if ", c, e, "then\n", t, e, "else ", x, e, "fi", "production:if else"))),
        Tuple.of(1, Combinators.combine(inner, inner, inner, inner, end)
            .as((c, t, d, x, e) -> around("if ", c, e, "then ", t, e, "elif ", d, e, "then ", x, e, "fi",
                "production:elif"))),
        Tuple.of(2, Combinators.combine(words(0, 4), inner, end, Arbitraries.of("i", "j"))
            .as((w, b, e, n) -> around("for " + n + " in ", w, e, "do ", b, e, "done", "production:for"))),
        Tuple.of(1, Combinators.combine(inner, end)
            .as((b, e) ->
            around("w" + depth + "=x; while [ $w" + depth + " != xxx ]; do w" + depth + "=x$w" + depth + "; ",
                b, e, "done", "production:while"))),
        Tuple.of(1, Combinators.combine(inner, inner, end)
            .as((c, b, e) -> around("w" + depth + "=x; until " + c.text() + "; [ $w" + depth + " = xxx ]; do w" + depth
                + "=x$w" + depth + "; ", b, e, "done", "production:until"))));
  }

  private static Arbitrary<Snippet> block(int depth) {
    return statement(depth).list().ofMinSize(1).ofMaxSize(2).map(list -> Snippet.join("; ", list));
  }

  private static Snippet around(Object... parts) {
    StringBuilder text = new StringBuilder();
    Snippet result = Snippet.of("");
    for (int i = 0; i < parts.length - 1; i++) {
      if (parts[i] instanceof Snippet snippet) {
        text.append(snippet.text());
        result = Snippet.join("", result, snippet);
      } else {
        text.append(parts[i]);
      }
    }
    return new Snippet(text.toString(), result.covers()).tagged((String) parts[parts.length - 1]);
  }

  private static Arbitrary<Snippet> function() {
    Arbitrary<Snippet> body = block(1);
    return Combinators.combine(Arbitraries.of("f0", "f1"), body, Arbitraries.of("; ", "\n"))
        .as((name, b, e) ->
        new Snippet("function " + name + " {\n" + withoutCalls(b.text(), name) + e + "}", b.covers())
            .tagged("production:function"));
  }

  /** f0 calls nothing and f1 only f0, so that no call is endless. */
  private static String withoutCalls(String body, String name) {
    String safe = body.replace("f1", "true");
    return name.equals("f0") ? safe.replace("f0", "true") : safe;
  }

  // ---- broken lines and layout

  private static Arbitrary<Snippet> broken() {
    return Arbitraries.of("echo a && echo b", "echo a || echo b", "echo a | cat", "echo a & echo b", "echo a > b",
            "echo a < b", "echo ${a:-d}", "echo \"cost $\"", "echo $/", "if true; then fi", "echo a ;; echo b",
            "[[ a = a ]]", "menuentry a { }", "menuentry a { echo b } c", "fi", "done", "} ", "{ echo a; }",
            "case a in",
            "; echo a", "echo a; ; echo b", "for a in b; echo c; done", "if true then echo a; fi",
            "for 1 in a; do true; done",
            "while true; do done", "function if { true; }", "function f0 { echo a }", "echo a }", "a=1 && b=2",
            "if true; then echo a; fi fi", "if [ a ] && true; then\nset a=broken\necho in\nfi",
            "if true; then function f0 { true; }; fi")
        .map(line -> Snippet.of(line, "quirk:syntax error"));
  }

  private static Arbitrary<Snippet> layout() {
    return Arbitraries.of("", "# comment", "   # it's \"odd\"", "\techo tab", "echo a # b", "echo \"a\n#b\nc\"",
        "echo a \\\n  b",
            "echo 'a\nb'", "echo a;", "echo a;\n\necho b", "echo a\\\nb", "echo a\r")
        .map(line -> Snippet.of(line, "production:layout"));
  }
}
