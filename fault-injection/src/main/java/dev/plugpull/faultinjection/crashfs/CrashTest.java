package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A crash test in three lines:
 *
 * {@snippet :
 * CrashTest.on(ext4())
 *     .run(root -> new Updater(root).install("2"))
 *     .thenRecover(root -> assertThat(new Updater(root).version()).isIn("1", "2"));
 * }
 */
public final class CrashTest {
  private final FileSystemRules rules;
  private final Workload given;
  private final Bounds bounds;

  private CrashTest(FileSystemRules rules, Workload given, Bounds bounds) {
    this.rules = rules;
    this.given = given;
    this.bounds = bounds;
  }

  /** A test on a file system with these rules. */
  public static CrashTest on(FileSystemRules rules) {
    return new CrashTest(rules, root -> {}, Bounds.DEFAULT);
  }

  /** What is on disk, durably, before the workload begins. */
  public CrashTest given(Workload setup) {
    return new CrashTest(rules, setup, bounds);
  }

  /** Most crash states to look at (two million unless told); a long workload gets fewer at each operation. */
  public CrashTest states(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("cannot look at " + most + " crash states: at least one");
    }
    return new CrashTest(rules, given, bounds.states(most));
  }

  /** How many power cuts during recovery follow the first one; one unless told, 0 for none. */
  public CrashTest cutsDuringRecovery(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("cannot cut recovery " + most + " times: negative");
    }
    return new CrashTest(rules, given, bounds.recoveryDepth(most));
  }

  /** Runs the workload, once, and records what it writes. */
  public CrashRun run(Workload workload) {
    String name = CallSite.outer(workload.getClass().getName());
    return run(name, (root, promises) -> workload.run(root));
  }

  /** As {@link #run(Workload)}, for a workload that says what it has promised. */
  public CrashRun run(Workload.Promising workload) {
    return run(CallSite.outer(workload.getClass().getName()), workload);
  }

  private CrashRun run(String workloadClass, Workload.Promising workload) {
    try (CrashFileSystem live = CrashFileSystem.on(rules)) {
      given.run(live.getPath("/"));
      live.settle(workloadClass);
      workload.run(live.getPath("/"), live::promise);
      return live.recorded().within(bounds);
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run the workload: " + e, e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot run the workload: " + e, e);
    }
  }
}
