package dev.plugpull.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static CertificateBuilder builder(double seconds, String path, String command) {
    var exploration = new Exploration(1, 2, 3, 4, 5, 0, true, 1, 9, seconds);
    return new CertificateBuilder(Samples.device())
        .verdict(Verdict.PASS)
        .input(path, "sha256:aa")
        .command(command)
        .scenario(new Scenario("kernel refresh", Verdict.PASS, "", exploration, Outcomes.of(Outcome.OLD), 0,
            List.of(), CrashMap.EMPTY));
  }

  @Test
  void timesAndPathsDoNotCount() {
    assertThat(builder(0.4, "/a", "x").seal().digest()).isEqualTo(builder(9.1, "/b/c", "y").seal().digest());
  }

  @Test
  void theOrderInWhichThreadsFoundThingsDoesNotCount() {
    Hazard one = new Hazard("H-1", "t", "c", 1, Party.PLATFORM);
    Hazard two = new Hazard("H-2", "t", "c", 1, Party.MEDIUM);
    assertThat(builder(1, "a", "").hazard(one).hazard(two).seal().digest())
        .isEqualTo(builder(1, "a", "").hazard(two).hazard(one).seal().digest());
  }

  @Test
  void everythingElseCounts() {
    String digest = builder(1, "a", "").seal().digest();
    assertThat(List.of(
            builder(1, "a", "").verdict(Verdict.FAIL).seal().digest(),
            builder(1, "a", "").partial(true).seal().digest(),
            builder(1, "a", "").strict(true).seal().digest(),
            builder(1, "a", "").seed(8).seal().digest(),
            builder(1, "a", "").option("series", "22").seal().digest(),
            builder(1, "a", "").option("command", "y").seal().digest(),
            builder(1, "a", "").input("b", "sha256:bb").seal().digest(),
            builder(1, "a", "").assumption("x").seal().digest(),
            builder(1, "a", "").notLookedAt("x").seal().digest()))
        .doesNotContain(digest)
        .doesNotHaveDuplicates();
  }
}
