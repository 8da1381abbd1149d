package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import java.io.IOException;
import java.util.List;

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
    VolumeState start = settled();
    Recording recording = new Recording(workloadClass);
    record(start, recording, workload);
    return new CrashRun(rules, start, recording.steps(), workloadClass, bounds);
  }

  private VolumeState settled() {
    Recording recording = new Recording("");
    record(rules.empty(), recording, (root, promises) -> given.run(root));
    LiveVolume volume = rules.empty().open();
    volume.mount();
    List<Step> steps = recording.steps();
    steps.forEach(step -> Replay.apply(volume, step.operation()));
    volume.freeze();
    return volume.settled();
  }

  private static void record(VolumeState start, Recording recording, Workload.Promising workload) {
    boolean foldsCase = start.recovered().root().inode() < 0;
    try (CrashFileSystem live =
        new CrashFileSystem(JimfsStorage.holding(start.recovered()), recording, foldsCase)) {
      try {
        workload.run(live.getPath("/"), value -> {
          synchronized (live) {
            live.record(new Operation.Promise(value), "");
          }
        });
      } finally {
        synchronized (live) {
          recording.stop();
        }
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot run the workload: " + e, e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot run the workload: " + e, e);
    }
  }
}
