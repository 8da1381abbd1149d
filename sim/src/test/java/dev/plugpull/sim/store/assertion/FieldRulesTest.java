package dev.plugpull.sim.store.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that a type does not allow make an assertion unreadable; that the real ones pass is the corpus's test. */
class FieldRulesTest {

  private static final String ID = "a".repeat(32);

  private static Assertion decode(String text) throws AssertionException {
    return Assertion.decode((text.replace("|", "\n") + "\nsign-key-sha3-384: k\n\nc2ln\n").replace("ID", ID)
        .getBytes(StandardCharsets.UTF_8));
  }

  private static final String MODEL = "type: model|authority-id: b|series: 16|brand-id: b|model: m|";
  private static final String SNAPS =
      "snaps:|  -|    name: pc|    id: ID|    type: gadget|    default-channel: 24/edge";

  /** One row a rule: what is added, and why it is refused; each good twin is read. */
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "grade: secured|SNAPS; grade: best|SNAPS; none of [dangerous, secured, signed]",
      "SNAPS; gadget: pc|SNAPS; must not have 'gadget'",
      "kernel: pc-kernel; kernel: pc-kernel|grade: signed; only with 'snaps'",
      "storage-safety: encrypted|grade: secured|SNAPS; storage-safety: prefer-encrypted|grade: secured|SNAPS; secured",
      "classic: true|distribution: debian|SNAPS; classic: true|SNAPS; distribution",
      "SNAPS|  -|    name: app|    id: ID|    presence: optional; SNAPS|    presence: optional; essential",
      "SNAPS; snaps:|  -|    name: pc|    type: gadget; id of 32",
      "grade: dangerous|snaps:|  -|    name: pc; grade: dangerous|snaps:|  -|    name: pc|    id: short; id of 32",
      "SNAPS; SNAPS|  -|    name: app|    id: ID|    default-channel: stable; name a track",
      "SNAPS; SNAPS|  -|    name: app|    id: ID|    classic: true; only as an app of a classic model",
      "SNAPS; snaps:|  - pc; no list of maps",
      "SNAPS; snaps:|  -|    id: ID; no name",
      "validation-sets:|  -|    name: s|    mode: enforce; validation-sets:|  -|    name: s|    mode: maybe; 'mode'",
      "timestamp: 2026-01-01T00:00:00Z; timestamp: today; RFC 3339"
  })
  void ofAModel(String good, String bad, String why) throws Exception {
    assertThat(decode(MODEL + good.replace("SNAPS", SNAPS)).typeName()).isEqualTo("model");
    assertThatThrownBy(() -> decode(MODEL + bad.replace("SNAPS", SNAPS))).isInstanceOf(AssertionException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "account|account-id: a; validation: verified; validation: perhaps; none of",
      "account-key|public-key-sha3-384: k; since: 2026-01-01T00:00:00Z; since: 2026-01-01T00:00:00Z|"
          + "until: 2025-01-01T00:00:00Z; before 'since'",
      "system-user|brand-id: b|email: e; since: 2026-01-01T00:00:00Z|until: 2027-01-01T00:00:00Z; since: never;"
          + " RFC 3339",
      "snap-build|snap-sha3-384: d; snap-size: 0; snap-size: many; whole number",
      "snap-revision|snap-sha3-384: d; snap-revision: 1; snap-revision: 0; from 1 on",
      "validation|series: 16|snap-id: s|approved-snap-id: t|approved-snap-revision: 2; revoked: true; revoked: yes;"
          + " none of",
      "validation-set|series: 16|account-id: a|name: n|sequence: 1; snaps:|  -|    name: x|    presence: invalid;"
          + " snaps:|  -|    name: x|    presence: maybe; none of",
      "validation-set|series: 16|account-id: a|name: n|sequence: 1; snaps:|  -|    name: x|    revision: 3;"
          + " snaps:|  -|    name: x|    revision: 0; from 1 on"
  })
  void ofOtherTypes(String type, String good, String bad, String why) throws Exception {
    String head = "type: " + type.replaceFirst("\\|", "|authority-id: a|") + "|";
    assertThat(decode(head + good).typeName()).isEqualTo(type.substring(0, type.indexOf('|')));
    assertThatThrownBy(() -> decode(head + bad)).isInstanceOf(AssertionException.class).hasMessageContaining(why);
  }
}
