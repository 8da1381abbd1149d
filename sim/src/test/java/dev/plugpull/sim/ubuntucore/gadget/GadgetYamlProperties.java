package dev.plugpull.sim.ubuntucore.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** Whatever a gadget.yaml says, it is judged or refused with a reason; and what a person may change freely is free. */
class GadgetYamlProperties {

  /** Only what never ends takes so long, also on a machine that does other work. */
  private static final Duration ENDLESS = Duration.ofMinutes(5);

  @Property(tries = 400, seed = "1174266357")
  void anyBytesAreJudgedOrRefused(@ForAll byte[] bytes) {
    judgedOrRefused(bytes);
  }

  @Property(tries = 1000, seed = "2803384220")
  void anyChangeOfAGoodOneIsJudgedOrRefused(@ForAll("changed") String text) {
    judgedOrRefused(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void judgedOrRefused(byte[] bytes) {
    Assertions.assertTimeoutPreemptively(ENDLESS, () -> GadgetYamlFuzzHarness.fuzzerTestOneInput(bytes));
  }

  /** A good gadget of which one piece is replaced, up to three times. */
  @Provide
  Arbitrary<String> changed() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of("", "\n", " ", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "<<: *a", "~", "\t", "\"", "'",
                "!!binary ", "size: 9223372036854775807", "offset: 8796093022207M", "offset: 0", "partial: [size]",
                "type: bare", "role: mbr", "schema: emmc", "filesystem: none", "content:", "# ", "---\n", "...\n"),
            Arbitraries.strings().ofMaxLength(5));
    return Combinators.combine(
            Arbitraries.of(Gadgets.GRUB, Gadgets.UBOOT_18),
            Arbitraries.integers().between(0, 1500).list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.integers().between(0, 30),
            piece)
        .as(GadgetYamlProperties::change);
  }

  private static String change(String text, List<Integer> places, int length, String piece) {
    String changed = text;
    for (int place : places) {
      int from = place % (changed.length() + 1);
      changed = changed.substring(0, from) + piece + changed.substring(Math.min(changed.length(), from + length));
    }
    return changed;
  }

  @Property(tries = 200, seed = "1122164289")
  void namesAreFree(@ForAll("name") String volume, @ForAll("name") String structure) {
    String text = Gadgets.GRUB.replace("  pc:", "  " + volume + ":").replace("name: bios", "name: " + structure);
    assertThat(Gadgets.judge(text, Gadgets.UC22)).isEmpty();
  }

  @Provide
  Arbitrary<String> name() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(2).ofMaxLength(20)
        .filter(name -> !List.of("mbr", "null", "true", "false").contains(name));
  }

  @Property(tries = 200, seed = "842922087")
  void sizesMeanWhatTheySay(@ForAll("small") long number) {
    assertThat(Quantity.parse(Long.toString(number))).isEqualTo(number);
    assertThat(Quantity.parse(number + "M")).isEqualTo(number << 20);
    assertThat(Quantity.parse(number + "G")).isEqualTo(number << 30);
  }

  @Provide
  Arbitrary<Long> small() {
    return Arbitraries.longs().between(0, 1L << 32);
  }
}
