package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.media.Content;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class HushProperties {

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of("if ", "then ", "fi", "; ", "\n", "&&", "||", "&", "|", "'", "\"", "\\", "$", "${", "}", "a",
        "for i in ", "do ", "done", "while ", "else ", "elif ", "#", "=", " ", "echo ", "test ", "{", "!", "(", ")",
        "setenv a ", "run a", "exit", "${a}").list().ofMaxSize(30).map(parts -> String.join("", parts));
  }

  /** Whatever a script contains, a run ends with an outcome, and the same one each time. */
  @Property(tries = 500, seed = "1996484394")
  void anyScriptEndsTheSameWayTwice(@ForAll("noise") String script) {
    for (HushRules rules : new HushRules[] {HushRules.OLD, HushRules.OLD_2023_01, HushRules.MODERN}) {
      Uboot uboot = new Uboot(UbootBoard.standard().withShell(rules).withStepLimit(2000));
      UbootRun first = uboot.source(new FakeMachine(), "s", script);
      assertThat(uboot.source(new FakeMachine(), "s", script)).isEqualTo(first);
      UbootLint.check(uboot.board(), "s", script, null);
    }
  }

  /** A value without special characters comes through setenv, a second reading and echo unchanged. */
  @Property(tries = 200, seed = "2820776965")
  void plainValuesSurvive(@ForAll("plain") String value) {
    for (HushRules rules : new HushRules[] {HushRules.OLD, HushRules.MODERN}) {
      UbootRun run = new Uboot(UbootBoard.standard().withShell(rules))
          .source(new FakeMachine(), "s", "setenv v '" + value + "'; echo \"${v}\"\n");
      assertThat(run.console()).isEqualTo(value + "\n");
    }
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings().withCharRange('a', 'z').withCharRange('0', '9').withChars(" ;=.,:/-_&|$(){}<>")
        .ofMinLength(1).ofMaxLength(20);
  }

  @Provide
  Arbitrary<Map<String, String>> variables() {
    Arbitrary<String> name = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> value = Arbitraries.strings().ascii().excludeChars('\0').ofMinLength(1).ofMaxLength(20);
    return Arbitraries.maps(name, value).ofMaxSize(10);
  }

  @Property(tries = 300, seed = "1808526226")
  void environmentsSurviveTheirImage(@ForAll("variables") Map<String, String> variables, @ForAll Header header) {
    UbootEnvironment before = new UbootEnvironment(new TreeMap<>(variables), header, 0, 2048);
    assertThat(UbootEnvironment.read(before.image(), header)).contains(before);
  }

  @Property(tries = 300, seed = "3884844271")
  void snapdReadsWhatItWrites(@ForAll("variables") Map<String, String> variables) throws Exception {
    SnapdUbootEnvironment before = SnapdUbootEnvironment.create(2048).with(variables);
    assertThat(SnapdUbootEnvironment.readFile(before.image())).isEqualTo(before);
  }

  @Property(tries = 300, seed = "2042802410")
  void anyFlippedBitIsSeen(@ForAll("variables") Map<String, String> variables, @ForAll int where) {
    byte[] image = new UbootEnvironment(new TreeMap<>(variables), Header.PLAIN, 0, 2048).image();
    int bit = Math.floorMod(where, image.length * 8);
    image[bit / 8] ^= (byte) (1 << bit % 8);
    assertThat(UbootEnvironment.crcIsGood(image, Header.PLAIN)).isFalse();
  }

  /** Bytes that claim to be an image or a tree are refused or read, never more. */
  @Property(tries = 500, seed = "2702901155")
  void noImageBreaksTheReader(@ForAll @Size(max = 200) byte[] noise, @ForAll boolean tree) {
    byte[] bytes = new byte[noise.length + 4];
    System.arraycopy(noise, 0, bytes, 4, noise.length);
    java.nio.ByteBuffer.wrap(bytes).putInt(tree ? FlatTree.MAGIC : ScriptImage.LEGACY_MAGIC);
    assertThat(ScriptImage.read(Content.of(bytes), null, true, false)).isNotNull();
    assertThat(ScriptImage.read(Content.of(bytes), "x", false, true)).isNotNull();
    assertThat(EnvironmentText.write(new TreeMap<>(), '\n')).isEmpty();
    EnvironmentText.read(bytes, '\n', true, new TreeMap<>());
  }

  @Property(tries = 50, seed = "1852935170")
  void endlessScriptsAreFound(@ForAll("loops") String script) {
    for (HushRules rules : new HushRules[] {HushRules.OLD, HushRules.MODERN}) {
      assertThat(new Uboot(UbootBoard.standard().withShell(rules)).source(new FakeMachine(), "s", script).outcome())
          .isInstanceOf(BootOutcome.Endless.class);
    }
  }

  @Provide
  Arbitrary<String> loops() {
    return Arbitraries.of("while true; do true; done", "until false; do sleep 1; done", "setenv r run r; run r",
        "setenv r 'run s'; setenv s 'run r'; run r", "while test -z \"${x}\"; do echo; done");
  }
}
