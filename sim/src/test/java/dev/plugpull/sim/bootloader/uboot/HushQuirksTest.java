package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the quirks table in {@code bootloaders.md} 2.3, for both parsers. */
class HushQuirksTest {

  static String console(HushRules rules, String script) {
    UbootBoard board = UbootBoard.standard().withShell(rules).withEnvironment(java.util.Map.of());
    return new Uboot(board).source(new FakeMachine(), "test", script).console();
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', delimiter = '~', ignoreLeadingAndTrailingWhitespace = true, value = {
      "quoted list in for ~ setenv O A B; for i in \"${O}\"; do echo [${i}]; done ~ [A]/[B] ~ [A B]",
      "empty word in for ~ for i in \"\"; do echo [${i}]; done ~ `` ~ []",
      "false and-or ~ false && echo x || echo y ~ `` ~ y",
      "true or-and ~ true || echo n && echo m ~ `` ~ m",
      "true or false and ~ true || false && echo z ~ `` ~ z",
      "status of an untaken if ~ if false; then true; fi; echo $? ~ 1 ~ 0",
      "default value ~ echo ${x:-d} ~ d ~ -d}",
      "default value, set ~ setenv x v; echo ${x:-d} ~ v ~ v-d}",
      "assigned default ~ echo ${x:=d}; echo ${x} ~ d/d ~ `=d}/`",
      "alternative ~ echo ${x:+d} ~ d ~ +d}",
      "minus without colon ~ echo [${x-d}] ~ [] ~ [d}]",
      "braces ~ { echo a; echo b; } ~ Unknown command '{' - try 'help'/b/Unknown command '}' - try 'help' ~ a/b",
      "negation ~ ! false ~ Unknown command '!' - try 'help' ~ ``",
      "negation in if ~ if ! false; then echo yes; fi ~ Unknown command '!' - try 'help' ~ yes",
      "no substitution ~ echo $(cmd) ~ $(cmd) ~ syntax error",
      "no arithmetic ~ echo $((1+2)) ~ $((1+2)) ~ syntax error",
      "no redirection ~ echo a > b ~ a > b ~ a > b",
      "backslash in double quotes ~ echo \"\\$x\" ~ \\$x ~ $x",
      "unknown command status ~ nosuch; echo $? ~ Unknown command 'nosuch' - try 'help'/1"
          + " ~ Unknown command 'nosuch' - try 'help'/1",
      "unknown command chain ~ nosuch && echo x || echo y ~ Unknown command 'nosuch' - try 'help'"
          + " ~ Unknown command 'nosuch' - try 'help'/y",
      "unset in test ~ if test ${unset} = a; then echo T; fi ~ T ~ T",
      "test -n unset ~ if test -n ${unset}; then echo T; else echo F; fi ~ F ~ F",
      "test left to right ~ if test 1 = 1 -a 2 = 3 -o 4 = 4; then echo T; fi ~ T ~ T",
      "test hex digit ~ if test a -gt 0; then echo T; else echo F; fi ~ F ~ F",
      "test 0x ~ setenv n a; if test 0x${n} -gt 0; then echo T; fi ~ T ~ T",
      "setexpr is hexadecimal ~ setexpr n 10 - 1; echo ${n} ~ f ~ f",
      "exit in a run variable ~ setenv r 'echo in; exit 3; echo no'; run r; echo $? ~ in/3 ~ in/3",
      "single pipe ~ echo a | b ~ syntax error ~ ``",
      "local hidden by environment ~ setenv e env; e=local; echo ${e} ~ env ~ env",
      "local is not in the environment ~ l=1; echo ${l}; printenv l ~ 1/## Error: \"l\" not defined"
          + " ~ 1/## Error: \"l\" not defined",
      "break does not exist ~ for i in 1 2; do break; echo ${i}; done"
          + " ~ Unknown command 'break' - try 'help'/1/Unknown command 'break' - try 'help'/2"
          + " ~ Unknown command 'break' - try 'help'/1/Unknown command 'break' - try 'help'/2",
  })
  void row(String name, String script, String old, String modern) {
    assertThat(console(HushRules.OLD, script)).as("old: " + name).isEqualTo(lines(old));
    assertThat(console(HushRules.MODERN, script)).as("modern: " + name).isEqualTo(lines(modern));
  }

  private static String lines(String cell) {
    return cell.isEmpty() ? "" : cell.endsWith("/") ? cell.replace('/', '\n') + "\n" : cell.replace('/', '\n') + "\n";
  }

  /** Found by a generated script: this ended in an exception. */
  @org.junit.jupiter.api.Test
  void aReservedWordOutOfPlaceInsideAnIfIsOnlyASyntaxError() {
    assertThat(console(HushRules.OLD, "if true; then echo a\ndo; echo b\nfi\necho c\n")).startsWith("syntax error\n");
  }
}
