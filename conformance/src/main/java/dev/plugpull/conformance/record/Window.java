package dev.plugpull.conformance.record;

import java.util.List;

/**
 * A stretch of cuts with one bad outcome.
 *
 * @param from first position
 * @param to last position
 * @param files owners of the requests that open the window and that close it
 * @param state the first crash state of the window, by id
 * @param ends how the boots of that state ended
 * @param why more about it, or empty
 */
record Window(int from, int to, Outcome outcome, List<String> files, String state, List<String> ends, String why) {}
