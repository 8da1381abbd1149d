package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotWrites;

/**
 * update_engine's records: one file a key, truncated and written, never renamed, never synced ({@code chrome-os.md}
 * 7.1). After a cut a key can be missing, empty or old.
 */
final class Prefs {
  static final String FOLDER = "/var/lib/update_engine/prefs";

  /** Payload that the checkpoints belong to. Empty or missing: nothing can be resumed. */
  static final String RESPONSE = "update-check-response-hash";
  /** First operation that was not done; -1 while the other checkpoint records are being written. */
  static final String NEXT_OPERATION = "update-state-next-operation";
  /** Offset in the payload of the next operation's data, and state of the payload's digest there. */
  static final String NEXT_DATA = "update-state-next-data-offset";
  static final String HASH_CONTEXT = "update-state-sha-256-context";
  static final String SIGNATURE = "update-state-signature-blob";
  static final String MANIFEST = "manifest-metadata-size";
  /** How often the payload was resumed; reduction <em>clamp</em>: the real limit of 10 is {@link #MOST_RESUMES}. */
  static final String RESUMES = "resumed-update-failures";
  static final int MOST_RESUMES = 1;
  /** Version that was installed and waits for a reboot, and the slot it was installed from. */
  static final String TARGET = "target-version-unique-id";
  static final String INSTALLED_FROM = "target-version-installed-from";
  /** How the last update ended: {@code done N} or {@code failed N WHY}. */
  static final String RESULT = "last-update-result";
  /** Boot in which an update was completed; a reader compares it with its own boot. */
  static final String COMPLETED = "update-completed-on-boot-id";

  private final SlotMachine machine;
  private final LiveVolume state;

  Prefs(SlotMachine machine) {
    this.machine = machine;
    this.state = machine.volume(Part.STATE.ordinal());
  }

  String get(String key) {
    return get(state.tree(), key);
  }

  static String get(Tree tree, String key) {
    Content content = tree.content(FOLDER + "/" + key);
    return content == null ? "" : content.text().orElse("");
  }

  int number(String key) {
    return parse(get(key));
  }

  /**
   * The release whose update can be resumed, 0 if none: the records must be of one payload and of one checkpoint.
   */
  static int resumable(Tree tree, Releases releases) {
    int next = parse(get(tree, NEXT_OPERATION));
    for (int target : releases.targets()) {
      boolean fits = get(tree, RESPONSE).equals(releases.payload(target).hash())
          && next > 0
          && next <= releases.payload(target).operations().size()
          && parse(get(tree, NEXT_DATA)) == next
          && get(tree, HASH_CONTEXT).equals("context " + next)
          && parse(get(tree, RESUMES)) < MOST_RESUMES;
      if (fits) {
        return target;
      }
    }
    return 0;
  }

  int resumable(Releases releases) {
    return resumable(state.tree(), releases);
  }

  static int parse(String text) {
    return text.matches("-?[0-9]{1,6}") ? Integer.parseInt(text) : -1;
  }

  void set(String point, String key, String value) {
    try {
      SlotWrites.plain(machine, point, state, FOLDER + "/" + key, Content.text(value));
    } catch (NoSpaceException e) {
      machine.step("cannot save " + key + ": no space left");
    }
  }

  void delete(String point, String... keys) {
    for (String key : keys) {
      SlotWrites.remove(machine, point, state, FOLDER + "/" + key);
    }
  }
}
