package dev.plugpull.sim.docker;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.Locale;

/** Which containers the daemon starts when it starts (flatpak-docker.md B3, restartmanager.go). */
public enum RestartPolicy {
  NO,
  ON_FAILURE,
  UNLESS_STOPPED,
  ALWAYS;

  /** As command lines and profiles write it, such as {@code unless-stopped}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Content hostConfig() {
    return Content.text("restart " + word() + "\n");
  }

  /** The policy of a container; {@link #NO} if the file that has it is missing or no JSON. */
  static RestartPolicy of(Tree tree, Container container) {
    Content content = tree.content(container.hostPath());
    for (RestartPolicy policy : values()) {
      if (policy.hostConfig().equals(content)) {
        return policy;
      }
    }
    return NO;
  }

  /** True if the daemon starts this container; what ran without an end of its own counts as failed. */
  boolean starts(Container container) {
    return container.startedBefore() && !container.dead() && switch (this) {
      case NO -> false;
      case ON_FAILURE -> container.running();
      case UNLESS_STOPPED -> !container.stoppedByHand();
      case ALWAYS -> true;
    };
  }
}
