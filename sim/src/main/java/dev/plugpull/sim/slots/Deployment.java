package dev.plugpull.sim.slots;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/**
 * What an update agent remembers of a deployment, in one file that is replaced atomically. An unreadable file reads as
 * if nothing was remembered.
 *
 * @param target release that was installed and waits for its first boot, 0 if none
 * @param result how the last one ended: {@code done N} or {@code failed N WHY}, empty if none did
 */
public record Deployment(int target, String result) {
  /** Folder and file on the data partition. */
  public static final String FOLDER = "/data/agent";

  private static final String PATH = FOLDER + "/deployment";

  /** Reads the file. */
  public static Deployment read(Tree tree) {
    Content content = tree.content(PATH);
    String[] lines = (content == null ? "" : content.text().orElse("")).split("\n", -1);
    boolean whole = lines.length == 3 && lines[2].equals("end") && lines[0].matches("[0-9]");
    return whole ? new Deployment(Integer.parseInt(lines[0]), lines[1]) : new Deployment(0, "");
  }

  /** Writes the file; false if there is no room. */
  public boolean save(SlotMachine machine, String point, LiveVolume data) {
    if (equals(read(data.tree()))) {
      return true;
    }
    try {
      SlotWrites.atomic(machine, point, data, PATH, Content.text(target + "\n" + result + "\nend"));
      return true;
    } catch (NoSpaceException e) {
      machine.step("cannot remember the deployment: no space left");
      return false;
    }
  }

  public Deployment waiting(int release) {
    return new Deployment(release, "");
  }

  public Deployment done(int release) {
    return new Deployment(0, "done " + release);
  }

  public Deployment failed(int release, String why) {
    return new Deployment(0, "failed " + release + " " + why);
  }

  public boolean hasFailed(int release) {
    return result.startsWith("failed " + release);
  }

  /** What the agent reports of a device at rest. */
  public Report report(SlotState settled) {
    if (settled.seen() == null) {
      return new Report("", "unknown", "", true);
    }
    int offered = settled.world().number(World.OFFERED);
    String running = Integer.toString(settled.seen().revision());
    if (settled.seen().revision() == offered) {
      return new Report(running, target == 0 ? "done" : "doing", "", true);
    }
    if (settled.world().get(World.ASKED).equals(SlotScenario.ROLLBACK)) {
      return new Report(running, "done", "reverted", true);
    }
    return hasFailed(offered)
        ? new Report(running, "failed", result.substring(result.indexOf(' ', 7) + 1), true)
        : new Report(running, "none", "", true);
  }
}
