package dev.plugpull.sim.bootloader.grub;

import static dev.plugpull.sim.bootloader.grub.GrubScripts.condition;
import static dev.plugpull.sim.bootloader.grub.GrubScripts.output;
import static dev.plugpull.sim.bootloader.grub.GrubScripts.status;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The executed quirks of bootloaders.md 1.2, row by row; each was seen in GRUB 2.06. */
class GrubQuirksTest {

  private static final String SYNTAX = "error: syntax error.\nerror: Incorrect command.\nerror: syntax error.\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ $unset = a ]                | yes",
        "[ \"$unset\" = a ]            | no",
        "[ \"\" -ge 1 ]                | no",
        "test                          | yes",
        "[ ]                           | yes",
        "[ -n ]                        | yes",
        "[ 10 -gt 9 ]                  | yes",
        "[ 10 \\> 9 ]                  | no",
        "[ 0x10 -eq 16 ]               | yes",
        "[ 010 -eq 8 ]                 | yes",
        "[ 08 -eq 8 ]                  | yes",
        "[ -5 -lt 3 ]                  | yes",
        "[ a = a -a b = c -o d = d ]   | yes",
        "[ d = d -o a = a -a b = c ]   | yes",
        "[ a = b -a b = b -o c = d ]   | no",
        "[ ! a = b ]                   | yes",
        "[ ( a = a ) -a ! b = b ]      | no",
        "[ a-10 -pgt a-9 ]             | yes",
        "[ a-10 -plt a-9 ]             | no",
        "[ a == a ]                    | yes",
        "[ a != a ]                    | no",
        "true; false                   | no",
        "! false                       | yes",
        "! true                        | no",
      })
  void testExpressions(String condition, String answer) {
    assertThat(condition(condition)).isEqualTo(answer + "\n");
  }

  @Test
  void anUnknownCommandInAnIfIsTakenAsTrue() {
    assertThat(condition("nosuch")).isEqualTo("error: can't find command `nosuch'.\nyes\n");
    assertThat(condition("false; nosuch")).endsWith("yes\n");
    assertThat(condition("! nosuch")).endsWith("yes\n");
    assertThat(status("false\nnosuch")).isEqualTo("0");
  }

  @Test
  void aNumberThatIsNoneIsZeroWithAnError() {
    assertThat(condition("[ abc -eq 0 ]")).isEqualTo("error: unrecognized number.\nyes\n");
  }

  @Test
  void aFunctionReturnsAStatusAndPrintsAnError() {
    assertThat(output("function f {\nreturn 3\n}\nf\necho $?")).isEqualTo("error: false.\n3\n");
    assertThat(output("function f {\nreturn 1\n}\nf\necho $?")).isEqualTo("1\n");
  }

  @Test
  void onlyTheFirstAssignmentOfALineCounts() {
    assertThat(output("x=1 y=2\necho \"$x-$y\"")).isEqualTo("1-\n");
  }

  @Test
  void forSplitsUnquotedAndKeepsQuoted() {
    assertThat(output("O=\"A B\"\nfor i in $O; do echo $i; done")).isEqualTo("A\nB\n");
    assertThat(output("O=\"A B\"\nfor i in \"$O\"; do echo $i; done")).isEqualTo("A B\n");
    assertThat(output("for i in; do echo never; done\necho $?")).isEqualTo("0\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "echo a && echo b",
        "^echo a || echo b^",
        "echo a & echo b",
        "echo a > b",
        "echo a < b",
        "echo \"${x:-d}\"",
        "echo \"cost $\"",
        "if true; then fi",
        "echo a ;; echo b",
        "^[[ a = a ]]^",
        "menuentry a { }",
        "function f { echo a }",
        "echo a } b",
        "fi",
        "{ echo a; }",
        "case a in",
        "; echo a",
      })
  void whatGrubDoesNotKnowIsASyntaxErrorAndTheNextLineRuns(String line) {
    assertThat(output(line + "\necho next")).isEqualTo(SYNTAX + "next\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"true; ; echo b", "true; fi", "true; }"})
  void whatBeginsNoFurtherStatementOfALineIsReportedOnce(String line) {
    assertThat(output(line + "\necho next")).isEqualTo("error: syntax error.\nnext\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"menuentry a { echo b } c", "for 1 in a; do true; done", "for a in b; echo c; done"})
  void aWordInTheWrongPlaceIsReportedTwice(String line) {
    String twice = "error: syntax error.\nerror: Incorrect command.\n".repeat(2) + "error: syntax error.\n";
    assertThat(output(line + "\necho next")).isEqualTo(twice + "next\n");
  }

  @Test
  void aDollarOfItsOwnIsNamedFirst() {
    assertThat(output("echo $/ z\necho next")).isEqualTo("error: $.\n" + SYNTAX + "next\n");
  }

  @Test
  void theRestOfABrokenIfRunsAsCommandsOfItsOwn() {
    String script = "if true && false; then\nset a=1\necho in\nfi\necho \"a=$a\"";
    assertThat(output(script)).isEqualTo(SYNTAX + "in\n" + SYNTAX + "a=1\n");
  }

  @Test
  void aConstructThatTheFileDoesNotCloseIsLost() {
    assertThat(output("echo a\nif true\nthen\necho b")).isEqualTo("a\nerror: out of memory.\n" + SYNTAX);
  }

  @Test
  void aFunctionOnOneLineNeedsADelimiterBeforeItsBrace() {
    assertThat(output("function f { echo a; }\nf")).isEqualTo("a\n");
    assertThat(output("function f { echo a }\nf")).startsWith(SYNTAX);
  }

  @Test
  void quoting() {
    assertThat(output("x=v\necho '$x' \"$x\" \"\\$x\" \\$x a\\ b")).isEqualTo("$x v $x $x a b\n");
    assertThat(output("echo \"a\\ b\" \\* \"\\*\" \"\\\\\"")).isEqualTo("a\\ b * \\* \\\n");
    assertThat(output("echo \"two\nlines\"")).isEqualTo("two\nlines\n");
    assertThat(output("echo a \\\n b")).isEqualTo("a b\n");
    assertThat(output("echo a#b # comment")).isEqualTo("a#b\n");
    assertThat(output("w=W\necho $\"hi ${w} \\$x $nosuch.\"")).isEqualTo("hi W $x .\n");
    assertThat(output("echo \"\" x $empty y")).isEqualTo(" x y\n");
  }

  @Test
  void commentLinesVanishEvenInsideAString() {
    assertThat(output("echo \"a\n#b\nc\"")).isEqualTo("a\nc\n");
  }

  @Test
  void parametersOfFunctions() {
    String script = "function f {\necho $# $1 \"$2\" $*\nfor i in \"$@\"; do echo \"<$i>\"; done\nshift\necho $1\n}\n";
    assertThat(output(script + "f a 'b c' d")).isEqualTo("3 a b c a b c d\n<a>\n<b c>\n<d>\nb c\n");
  }

  @Test
  void loops() {
    assertThat(output("for i in 1 2 3; do if [ $i = 2 ]; then continue; fi; echo $i; done")).isEqualTo("1\n3\n");
    assertThat(output("for i in 1 2; do for k in a b; do echo $i$k; break 2; done; done")).isEqualTo("1a\n");
    assertThat(output("until [ \"$x\" = aa ]; do x=a$x; echo $x; done")).isEqualTo("a\naa\n");
  }

  @Test
  void anIfWithoutAMatchingBranchEndsInSuccess() {
    assertThat(status("false\nif false; then echo x; fi")).isEqualTo("0");
  }

  @Test
  void aBlockIsAnArgumentOfAnyCommand() {
    assertThat(output("echo a { echo b 'x' }")).isEqualTo("a { echo b 'x' }\n");
  }

  @Test
  void specialNamesCannotBeAssigned() {
    assertThat(output("1=3")).isEqualTo("error: invalid variable name `1'.\n");
  }

  @Test
  void anEndlessLoopEndsInVirtualSteps() {
    assertThat(GrubScripts.outcome("while true; do sleep 1; done"))
        .isInstanceOf(dev.plugpull.sim.bootloader.BootOutcome.Endless.class);
    assertThat(GrubScripts.outcome("function f {\nf\n}\nf"))
        .isInstanceOf(dev.plugpull.sim.bootloader.BootOutcome.Hang.class);
  }
}
