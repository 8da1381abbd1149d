package dev.plugpull.sim.docker;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an observer saw of a boot.
 *
 * @param refusal why the daemon did not start; empty if it did
 * @param failure what the orchestrator said of the update; empty if it had nothing to complain of
 * @param running folders of the containers that the daemon had started
 */
record Seen(String refusal, String failure, SortedSet<String> running) {

  Seen {
    running = Collections.unmodifiableSortedSet(new TreeSet<>(running));
  }
}
