package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every script and every block, however damaged. */
class GrubProperties {

  @Provide
  Arbitrary<Map<String, String>> variables() {
    Arbitrary<String> names = Arbitraries.strings().withChars("abc_XY").ofMinLength(1).ofMaxLength(6);
    Arbitrary<String> values = Arbitraries.strings().withChars("ab=#\\\n '\"é").ofMaxLength(40);
    return Arbitraries.maps(names, values).ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> soup =
        Arbitraries.of("if ", "then ", "fi", "for i in ", "do ", "done", "while ", "function f ", "{", "}", ";", "\n",
        " ",
                "\"", "'", "\\", "$", "${", "$a", "#", "&&", "echo ", "[ ", " ]", "a=1", "menuentry x ", "$\"", "*",
                "\r", "é",
                "\0", "return", "break", "(hd0", "/", "load_env ", "-f ", "regexp ", "source ", "configfile ")
            .list().ofMaxSize(60).map(parts -> String.join("", parts));
    Arbitrary<String> valid =
        GrubScriptArbitraries.scripts().map(Snippet::text);
    Arbitrary<String> cut =
        valid.flatMap(text -> Arbitraries.integers().between(0, text.length()).map(end -> text.substring(0, end)));
    return Arbitraries.frequencyOf(Tuple.of(3, soup), Tuple.of(1, valid), Tuple.of(2, cut));
  }

  @Property(tries = 400, seed = "1302561746")
  void whatIsSetIsReadBack(@ForAll("variables") Map<String, String> variables) {
    GrubEnvironment block = GrubEnvironment.empty();
    Map<String, String> expected = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : variables.entrySet()) {
      Optional<GrubEnvironment> next = block.set(entry.getKey(), entry.getValue());
      if (next.isPresent()) {
        block = next.get();
        expected.put(entry.getKey(), entry.getValue());
      }
    }
    assertThat(block.bytes()).hasSize(GrubEnvironment.SIZE);
    assertThat(block.variables()).containsExactlyEntriesOf(expected);
    assertThat(GrubEnvironment.grub(block.content()).orElseThrow()).isEqualTo(block);
    assertThat(GrubEnvironment.grub(block.bytes()).orElseThrow().variables()).isEqualTo(expected);
    for (String name : expected.keySet()) {
      block = block.unset(name);
    }
    assertThat(block).isEqualTo(GrubEnvironment.empty());
  }

  @Property(tries = 400, seed = "2535317438")
  void changingOneVariableLeavesTheOthers(
      @ForAll("variables") Map<String, String> variables, @ForAll("variables") Map<String, String> changes) {
    GrubEnvironment block = GrubEnvironment.empty();
    Map<String, String> expected = new LinkedHashMap<>();
    for (Map<String, String> step : java.util.List.of(variables, changes)) {
      for (Map.Entry<String, String> entry : step.entrySet()) {
        Optional<GrubEnvironment> next = block.set(entry.getKey(), entry.getValue());
        if (next.isPresent()) {
          block = next.get();
          expected.put(entry.getKey(), entry.getValue());
        }
      }
    }
    assertThat(block.variables()).containsExactlyEntriesOf(expected);
  }

  @Property(tries = 500, seed = "4177232223")
  void aDamagedBlockIsReadOrRefusedButNeverBreaks(@ForAll byte[] damage, @ForAll int where) {
    byte[] bytes = GrubEnvironment.empty().set("a", "1").orElseThrow().bytes();
    int offset = Math.floorMod(where, bytes.length);
    System.arraycopy(damage, 0, bytes, offset, Math.min(damage.length, bytes.length - offset));
    Optional<GrubEnvironment> block = GrubEnvironment.grub(bytes);
    block.ifPresent(
        good -> {
          good.variables();
          good.unset("a");
          good.set("a", "22").ifPresent(changed -> assertThat(changed.bytes()).hasSize(bytes.length));
        });
    try {
      GrubEnvironment.snapd(Content.of(bytes));
    } catch (GrubEnvironmentException refused) {
      assertThat(refused).hasMessageStartingWith("cannot read grub environment");
    }
  }

  @Property(tries = 1000, seed = "2828849814")
  void anyTextEndsInAnOutcome(@ForAll("texts") String text) {
    GrubConfig config = GrubConfig.fedora(GrubScripts.PREFIX).withMaxSteps(2000);
    GrubRun run = new Grub(config).boot(GrubScripts.machine(text));
    assertThat(run.outcome()).isNotNull();
    GrubRun again = new Grub(config).boot(GrubScripts.machine(text));
    assertThat(again).isEqualTo(run);
    GrubLint.check(GrubScript.parse("x", text), config, Set.of(), _ -> false)
        .forEach(finding -> assertThat(finding.where()).startsWith("x:"));
    GrubRun rescue = new Grub(config.withEmbedded(text)).boot(GrubScripts.machine(text));
    assertThat(rescue.outcome()).isNotNull();
  }

  @Property(tries = 200, seed = "291853636")
  void aWholeBodyDoesTheSameInAFunction(@ForAll("bodies") String body) {
    String straight = GrubScripts.output(body);
    Assume.that(!straight.contains("syntax error"));
    assertThat(GrubScripts.output("function all {\n" + body + "\n}\nall")).isEqualTo(straight);
  }

  /** Commands without positional parameters, function definitions and returns. */
  @Provide
  Arbitrary<String> bodies() {
    return GrubScriptArbitraries.statement(2)
        .map(Snippet::text)
        .filter(text ->
        !text.matches("(?s).*(\\$[0-9#*@{]|return|shift|setparams|eval|source|configfile|\\$\"|break|continue).*"));
  }
}
