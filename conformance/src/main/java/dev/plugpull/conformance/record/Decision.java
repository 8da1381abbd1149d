package dev.plugpull.conformance.record;

import java.io.IOException;

/**
 * How often a crash state is booted until it is clear what it is. A trial that stood still says nothing and is
 * repeated; of those that say something, a good one decides, and a bad one must repeat itself. If time ran out on a
 * machine that was running, the next two must agree: a busy host delays an emulator now and then.
 *
 * @param trial that decided, or the last one
 * @param why of an outcome that is not that of the trial, or empty
 */
record Decision(Trial trial, Outcome outcome, String why) {
  /** So often a state that stands still is tried before it is left undecided. */
  static final int MOST_STALLS = 4;

  /** Tries a state once more, from the beginning. */
  interface Try {
    Trial next() throws IOException;
  }

  /** Tries until one says something, or too many have stood still. */
  static Trial observed(Try state) throws IOException {
    Trial trial = state.next();
    for (int i = 1; trial.stalled() && i < MOST_STALLS; i++) {
      trial = state.next();
    }
    return trial;
  }

  /** Decides. */
  static Decision of(Try state) throws IOException {
    Trial trial = observed(state);
    if (trial.stalled()) {
      return undecided(trial);
    }
    String why = "";
    boolean late = !trial.answers();
    if (late) {
      why = "a boot ran out of time, two more agree";
      trial = observed(state);
    }
    if (!trial.stalled() && trial.outcome().good() && !late) {
      return new Decision(trial, trial.outcome(), why);
    }
    Trial again = observed(state);
    if (trial.stalled() || again.stalled()) {
      return undecided(again.stalled() ? again : trial);
    }
    return again.outcome() == trial.outcome() ? new Decision(trial, trial.outcome(), why)
        : new Decision(trial, Outcome.UNKNOWN, "repeated from the crash state, it came back as "
            + again.outcome().word() + ": " + String.join("; then ", again.ends()));
  }

  private static Decision undecided(Trial stalled) {
    return new Decision(stalled, Outcome.UNKNOWN, "each of " + MOST_STALLS + " tries stood still without using the"
        + " processor until its time was over: a busy host, an emulator that lost a request, or a guest that waits for"
        + " somebody (name what its console shows then under 'dead')");
  }

  /** True if there is nothing that a later run could not find out by trying again. */
  boolean tryAgainLater() {
    return trial.stalled();
  }
}
