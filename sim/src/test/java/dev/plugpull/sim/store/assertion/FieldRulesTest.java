package dev.plugpull.sim.store.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Without what its type demands an assertion is unreadable; that the real ones pass is the corpus's test. */
class FieldRulesTest {

  static Set<String> kinds() {
    return Samples.TEXTS.keySet();
  }

  private static Map<String, HeaderValue> headers(String kind) throws AssertionException {
    return new LinkedHashMap<>(AssertionSigner.readHeaders(Samples.TEXTS.get(kind).getBytes(StandardCharsets.UTF_8)));
  }

  /** Every demanded header has its broken twins: it is not there, it is empty, it is a list. */
  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsDemandedMustBeThere(String kind) throws Exception {
    assertThat(Samples.NEEDED.keySet()).isEqualTo(kinds());
    assertThat(Samples.read(Samples.TEXTS.get(kind)).typeName()).isEqualTo(kind.replaceFirst(" .*", ""));
    for (String name : Samples.NEEDED.get(kind).split(" ")) {
      Map<String, HeaderValue> without = headers(kind);
      assertThat(without.remove(name)).as(name).isNotNull();
      assertThatThrownBy(() -> Samples.read(HeaderWriter.write(without) + "\n"))
          .hasMessageStartingWith("cannot read assertion: " + kind.replaceFirst(" .*", "") + ": header '" + name
              + "' is missing; sign it with ");
      for (HeaderValue other : new HeaderValue[] {HeaderValue.of(""), HeaderValue.listOf("x")}) {
        if (name.equals("snap-name") && other instanceof HeaderValue.Text) {
          continue; // taken back
        }
        Map<String, HeaderValue> changed = headers(kind);
        changed.put(name, other);
        assertThatThrownBy(() -> Samples.read(HeaderWriter.write(changed) + "\n")).as(name + " " + other)
            .isInstanceOf(AssertionException.class).hasMessageContaining("'" + name + "'");
      }
    }
  }

  @Test
  void nobodySignsWhatNobodyWouldRead() throws Exception {
    Map<String, HeaderValue> headers = headers("account");
    headers.remove("timestamp");
    assertThatThrownBy(() -> AssertionSigner.sign(headers, new byte[0], Samples.DEVICE, Instant.EPOCH))
        .hasMessageStartingWith("cannot sign").hasMessageContaining("header 'timestamp' is missing");
  }

  @Test
  void aSerialHoldsTheKeyThatItNames() {
    assertThatThrownBy(() -> Samples.read(Samples.TEXTS.get("serial").replace(Samples.DEVICE.id(), Samples.DIGEST)))
        .hasMessageContaining("the id of its device-key, " + Samples.DEVICE.id());
  }

  /** One row a rule: the kind, what is replaced (or a line it ends with), by what, and why that is refused. */
  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
      "model secured; grade: secured; grade: best; one of [dangerous, secured, signed]",
      "model signed; base; gadget: pc|base; must not have 'gadget'",
      "model of 18; base; grade: signed|base; must not have 'grade'",
      "model of 18; base; storage-safety: encrypted|base; must not have 'storage-safety'",
      "model of 18; base; distribution: debian|base; must not have 'distribution'",
      "model classic; classic; kernel: pc-kernel|classic; must not have 'kernel'",
      "model secured; grade; storage-safety: prefer-encrypted|grade; since its grade is secured",
      "model signed; type: gadget; type: gadget|    presence: optional; essential",
      "model signed; type: gadget; type: gadget|    modes:|      - run; essential",
      "model signed; type: gadget; type: app; lists no gadget",
      "model hybrid; type: gadget; type: app; lists no gadget",
      "model signed; name: pc-kernel; name: pc; there twice",
      "model signed; type: gadget; type: kernel; there twice",
      "model signed; `    id: p2p2p2p2p2p2p2p2p2p2p2p2p2p2p2p2|`; ``; 'id' of snap 'pc' is missing",
      "model dangerous; type: gadget; type: gadget|    id: short; a snap id",
      "model signed; type: gadget; type: gadget|    default-channel: stable; a channel that names a track",
      "model signed; type: gadget; type: gadget|    default-channel: 24/soon; a channel that names a track",
      "model signed; type: gadget; type: gadget|    classic: true; an app of a classic model",
      "model signed; type: gadget; type: toy; one of [app, base",
      "model signed; type: gadget; type: gadget|    components:|      c: perhaps; one of [required, optional]",
      "model signed; type: gadget; type: gadget|    components:|      c:|        presence: optional|        x: y;"
          + " nothing else",
      "model signed; name: pc|; name: P|; a snap name",
      "model signed; core24; core99; its id is not well known",
      "model signed; base: core24; base: pc-kernel; 'base' is 'pc-kernel'",
      "model of 18; pc=18; pc=edge; NAME or NAME=TRACK",
      "model of 18; model: box; model: Box; a model name",
      "model signed; snaps:; validation-sets:|  -|    name: s|    mode: maybe|snaps:; 'mode'",
      "model signed; snaps:; validation-sets:|  -|    name: s|snaps:; 'mode' of an entry of 'validation-sets' is",
      "model signed; snaps:; serial-authority: *|snaps:; 'serial-authority'",
      "model signed; 2026-02-01T00:00:00Z; today; a time like",
      "account; 2026-02-01T00:00:00Z; 2026-02-01; a time like",
      "account-key; since; until: 2025-01-01T00:00:00Z|since; before 'since'",
      "account-key; since; name: 1|since; a key name",
      "account-key; since; constraints:|  -|    headers:|      model: x|since; 'type' of 'headers'",
      "serial; brand-id: brand; brand-id: B!; an account id",
      "snap-build; snap-size: 1; snap-size: many; whole number",
      "snap-build; dddd; !!!!; a SHA3-384 digest",
      "snap-revision; snap-revision: 1; snap-revision: 0; from 1 on",
      "snap-revision; snap-size; provenance: -|snap-size; single dashes",
      "snap-declaration; series; aliases:|  -|    name: a|series; 'target' of an entry of 'aliases' is missing",
      "snap-declaration; series; plugs: all|series; 'plugs' is 'all'; sign it with a map",
      "snap-declaration; series; revision-authority:|  -|    account-id: acme|series; 'provenance'",
      "store; store: shop; store: shop|url: ftp://x; an address like",
      "validation; series; revoked: yes|series; true or false",
      "validation; approved-snap-revision: 2; approved-snap-revision: 02; from 1 on",
      "validation-set; name: app; name: app|    presence: maybe; one of [invalid, optional, required]",
      "validation-set; name: app; name: app|    presence: invalid|    revision: 3; presence is invalid",
      "validation-set; name: app; name: app|    revision: 0; from 1 on",
      "validation-set; snaps:; snaps:|  - pc; a list of maps",
      "system-user; a@b.c; nobody; an e-mail address",
      "system-user; models:|  - box|; ``; within a year",
      "system-user; username; serials:|  - 1|username; format 1",
      "system-user; username; password: $1$salt$hash|username; crypt(3)",
      "system-user; username; force-password-change: true|username; a password beside it",
      "system-user; username; user-presence: until-expiration|username; format 2",
      "system-user; 2028-01-01; 2025-01-01; before 'since'",
      "repair; summary; modes:|  - install|summary; a list of run and recover",
      "repair; summary; bases:|  - core18|modes:|  - run|summary; no recovery mode"
  })
  void aRuleBrokenIsNamed(String kind, String what, String by, String why) {
    String good = Samples.TEXTS.get(kind);
    String bad = good.replaceFirst(Pattern.quote(what.replace("|", "\n")),
        Matcher.quoteReplacement(by == null ? "" : by.replace("|", "\n")));
    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> Samples.read(bad)).isInstanceOf(AssertionException.class).hasMessageContaining(why);
  }

  /** What looks much like the rows above, and is allowed. */
  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
      "model dangerous; core24; core99",
      "model secured; grade; storage-safety: encrypted|grade",
      "model signed; snaps:; system-user-authority: *|snaps:",
      "model signed; snaps:; validation-sets:|  -|    name: s|    mode: enforce|    sequence: 3|snaps:",
      "model signed; type: gadget; type: gadget|    components:|      comp: optional|    default-channel: 24/edge/fix",
      "account-key; since; constraints:|  -|    headers:|      type: model|since",
      "snap-declaration; snap-name: app; `snap-name: `",
      "system-user; username; password: $6$rounds=5000$salt$hash|force-password-change: true|username",
      "validation-set; name: app; name: app|    presence: invalid",
      "repair; summary; bases:|  - core22|modes:|  - run|summary"
  })
  void whatIsAllowedIsRead(String kind, String what, String by) throws Exception {
    String text = Samples.TEXTS.get(kind).replaceFirst(Pattern.quote(what),
        Matcher.quoteReplacement(by.replace("|", "\n")));
    assertThat(Samples.read(text).type()).isPresent();
  }

  /** Texts of the greatest length that headers may have are judged in no time and without a deep stack. */
  @ParameterizedTest
  @MethodSource("kinds")
  void longTextsAreJudged(String kind) throws Exception {
    for (String name : headers(kind).keySet()) {
      Map<String, HeaderValue> headers = headers(kind);
      headers.put(name, HeaderValue.of("a-".repeat(60_000) + "a"));
      try {
        Samples.read(HeaderWriter.write(headers) + "\n");
      } catch (AssertionException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
      }
    }
  }
}
