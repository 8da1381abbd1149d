package dev.plugpull.sim.store.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.assertion.AssertionDatabase.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that trusts the test root takes real assertions in the order and at the moments the rules allow. */
class AssertionDatabaseTest {

  private static final Clock IN_2025 = new Clock.Believed(Instant.parse("2025-01-01T00:00:00Z"));

  private final Path folder = SharedData.folder("corpus/assertions/test-root");
  private AssertionDatabase empty;

  @BeforeEach
  void trustTheTestRoot() throws Exception {
    empty = AssertionDatabase.of(List.of(one("testrootorg.account"), one("test-root.account-key")), List.of());
  }

  @Test
  void prerequisitesComeFirst() throws Exception {
    assertThatThrownBy(() -> empty.add(one("developer1-24-signed.model"), IN_2025)).hasMessageContaining("not known");
    assertThatThrownBy(() -> empty.add(one("test-store.account-key"), IN_2025).add(one("developer1.account-key"),
        IN_2025)).hasMessageContaining("account developer1 is not known");
    assertThat(developer().add(one("developer1-24-signed.model"), IN_2025).stored()).hasSize(4);
  }

  @Test
  void olderAndEqualRevisionsAreRefusedAndChangeNothing() throws Exception {
    AssertionDatabase third = developer().add(one("developer1-pc-revno3-18.model"), IN_2025);
    for (String file : List.of("developer1-pc-18.model", "developer1-pc-revno2-18.model",
        "developer1-pc-revno3-18.model")) {
      Assertion older = one(file);
      assertThatThrownBy(() -> third.add(older, IN_2025)).hasMessageContaining("not above the known revision 3");
    }
  }

  @Test
  void aWrongClockInThePastRefusesUnlessOnlyALowerLimitIsKnown() throws Exception {
    Instant early = Instant.parse("1970-01-01T00:00:00Z");
    Assertion storeKey = one("test-store.account-key");
    assertThatThrownBy(() -> empty.add(storeKey, new Clock.Believed(early))).hasMessageContaining("valid from");
    assertThat(empty.add(storeKey, new Clock.NotBefore(early)).stored()).containsExactly(storeKey);
  }

  @Test
  void theRootItselfCannotBeReplaced() throws Exception {
    assertThatThrownBy(() -> empty.add(one("test-root.account-key"), IN_2025)).hasMessageContaining("trusted");
  }

  private AssertionDatabase developer() throws Exception {
    return empty.add(one("test-store.account-key"), IN_2025).add(one("developer1.account"), IN_2025)
        .add(one("developer1.account-key"), IN_2025);
  }

  private Assertion one(String file) throws Exception {
    return AssertionStream.decode(Files.readAllBytes(folder.resolve(file))).assertions().getFirst();
  }
}
