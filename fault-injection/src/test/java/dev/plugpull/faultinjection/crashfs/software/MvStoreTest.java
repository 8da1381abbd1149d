package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.btrfs;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.weakestPosix;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.xfs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashReport;
import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.FileSystemRules;
import dev.plugpull.faultinjection.crashfs.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** H2's MVStore commits, is cut anywhere and opened again. */
class MvStoreTest {
  private static final int COMMITS = 3;

  static FileSystemRules[] holding() {
    return new FileSystemRules[] {ext4(), xfs(), btrfs(), weakestPosix()};
  }

  static FileSystemRules[] journalled() {
    return new FileSystemRules[] {ext4(), xfs()};
  }

  private static MVStore open(Path root) {
    H2Path.use(root);
    return new MVStore.Builder().fileName(H2Path.SCHEME + ":/store.mv").autoCommitDisabled().open();
  }

  private static Workload.Promising committing(boolean sync) {
    return (root, promises) -> {
      MVStore store = open(root);
      MVMap<Integer, String> map = store.openMap("map");
      for (int i = 1; i <= COMMITS; i++) {
        map.put(i, "value " + i);
        store.commit();
        if (sync) {
          store.sync();
          promises.promise(Integer.toString(i));
        }
      }
      store.closeImmediately();
    };
  }

  private static void opens(Path root, String promised) {
    int least = promised.isEmpty() ? 0 : Integer.parseInt(promised);
    if (!Files.exists(root.resolve("store.mv"))) {
      assertThat(least).as("commits promised although there is no file").isZero();
      return;
    }
    MVStore store = open(root);
    try {
      MVMap<Integer, String> map = store.openMap("map");
      assertThat(map.sizeAsLong()).isBetween((long) least, (long) COMMITS);
      for (int i = 1; i <= map.sizeAsLong(); i++) {
        assertThat(map.get(i)).isEqualTo("value " + i);
      }
    } finally {
      store.closeImmediately();
    }
  }

  private static void made(Path root) {
    MVStore store = open(root);
    store.openMap("map");
    store.commit();
    store.close();
  }

  @ParameterizedTest
  @MethodSource("holding")
  void aStoreThatIsThereKeepsWhatItPromised(FileSystemRules rules) {
    CrashReport report =
        CrashTest.on(rules).given(MvStoreTest::made).run(committing(true)).thenRecover(MvStoreTest::opens);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.distinct()).isGreaterThanOrEqualTo(10);
  }

  /** Without sync nothing is promised, and the last commits may go; what is left opens. */
  @ParameterizedTest
  @MethodSource("holding")
  void aStoreThatIsThereOpensWithoutSync(FileSystemRules rules) {
    CrashTest.on(rules).given(MvStoreTest::made).run(committing(false)).thenRecover(MvStoreTest::opens);
  }

  /** The two copies of the header are one write of two blocks: with only the first on disk, the store does not open. */
  @ParameterizedTest
  @MethodSource("journalled")
  void aStoreThatIsBeingMadeMayNeverOpenAgain(FileSystemRules rules) {
    assertThatThrownBy(() -> CrashTest.on(rules).run(committing(true)).thenRecover(MvStoreTest::opens))
        .hasMessageContaining("MVStoreException")
        .hasMessageContaining("write 8192 bytes to /store.mv at 0");
  }
}
