package example;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.weakestPosix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.FileSystemRules;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class UpdaterTest {

  private static void updaterSurvives() {
    CrashTest.on(ext4())
        .given(root -> Files.writeString(root.resolve("version"), "1"))
        .run(root -> new Updater(root).install("2"))
        .thenRecover(root -> assertThat(new Updater(root).installed()).isIn("1", "2"));
  }

  private static void safeUpdaterSurvives(FileSystemRules rules) {
    CrashTest.on(rules)
        .given(root -> Files.writeString(root.resolve("version"), "1"))
        .run((root, promises) -> {
          new SafeUpdater(root).install("2");
          promises.promise("2");
        })
        .thenRecover((root, promised) -> assertThat(new SafeUpdater(root).installed())
            .isIn(promised.isEmpty() ? new String[] {"1", "2"} : new String[] {promised}));
  }

  /** The planted bug: REPLACE_EXISTING deletes the old file before it renames the new one. */
  @Test
  void theBugIsFoundAndTheCureNamed() {
    assertThatThrownBy(UpdaterTest::updaterSurvives)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("recovery fails after a power cut on ext4")
        .hasMessageContaining("REPLACE_EXISTING deletes first")
        .hasMessageContaining("Updater.java:")
        .hasMessageContaining("ATOMIC_MOVE in place of the move");
  }

  @Test
  void theFixSurvivesAndKeepsWhatItPromised() {
    safeUpdaterSurvives(ext4());
    safeUpdaterSurvives(weakestPosix());
  }
}
