package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.faultinjection.fingerprint.FingerprintMap;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;

/** Sends crash states to the recovery check, each distinct one once, and remembers what came of it. */
final class Judge {
  private static final int PASSED = 0;

  private final RecoveryCheck.Promised check;
  private final String workloadClass;
  private final Bounds bounds;
  private final FingerprintMap known = new FingerprintMap(1024);
  private final List<Verdict> failures = new ArrayList<>();
  private long checked;
  private long inRecovery;
  private long boundedPoints;

  Judge(RecoveryCheck.Promised check, String workloadClass, Bounds bounds) {
    this.check = check;
    this.workloadClass = workloadClass;
    this.bounds = bounds;
  }

  long checked() {
    return checked;
  }

  long checkedInRecovery() {
    return inRecovery;
  }

  long boundedPoints() {
    return boundedPoints;
  }

  void countBounded() {
    boundedPoints++;
  }

  Bounds bounds() {
    return bounds;
  }

  private static long salt(String promised, int depth) {
    return promised.isEmpty() && depth == 0 ? 0 : Hash128.of(promised).hi() + depth * 0x9E3779B97F4A7C15L;
  }

  /** The verdict on a state; {@code depth}: how many cuts during recovery went before. */
  Verdict judge(VolumeState state, String promised, int depth) {
    Hash128 hash = state.hash();
    long hi = hash.hi() ^ salt(promised, depth);
    int before = known.get(hi, hash.lo());
    if (before >= 0) {
      return before == PASSED ? Verdict.PASS : failures.get(before - 1);
    }
    Verdict verdict = look(state, promised, depth);
    int code = PASSED;
    if (!verdict.passed()) {
      failures.add(verdict);
      code = failures.size();
    }
    known.putIfAbsent(hi, hash.lo(), code);
    return verdict;
  }

  private Verdict look(VolumeState state, String promised, int depth) {
    checked++;
    inRecovery += depth > 0 ? 1 : 0;
    Tree tree = state.recovered();
    Recording recording = new Recording(workloadClass);
    if (depth >= bounds.recoveryDepth()) {
      recording.stop();
    }
    CrashFileSystem files = new CrashFileSystem(new TreeStorage(tree), recording, CrashFileSystem.foldsCase(state));
    Throwable thrown = run(files, promised);
    recording.stop();
    if (thrown != null) {
      return new Verdict(thrown, null);
    }
    if (recording.steps().isEmpty()) {
      return Verdict.PASS;
    }
    if (inRecovery >= bounds.states()) {
      boundedPoints++;
      return Verdict.PASS;
    }
    Exploration.Outcome further = new Exploration(this, depth + 1, promised).firstFailure(state, recording.steps());
    return further.failure() == null ? Verdict.PASS : new Verdict(null, further.failure());
  }

  private Throwable run(CrashFileSystem view, String promised) {
    try (view) {
      check.check(view.getPath("/"), promised);
      return null;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      return e;
    }
  }
}
