package dev.plugpull.scenarios.contract;

/** Words for the reason that a device itself gives. */
final class Told {
  private Told() {}

  static String because(Story story) {
    if (!story.settled()) {
      return ": " + story.why();
    }
    return story.observation().why().isEmpty() ? "" : ": " + story.observation().why();
  }
}
