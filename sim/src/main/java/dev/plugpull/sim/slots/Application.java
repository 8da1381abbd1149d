package dev.plugpull.sim.slots;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/** ISO: an application keeps something of its own beside the system, and no update of the system may touch it. */
public final class Application {
  /** Path on the data partition. */
  public static final String PATH = "/data/app/state";
  public static final Content DATA = Content.text("written by an application");

  private Application() {}

  /** A system that takes what lies on the data partition for its own. */
  public static void rewrite(SlotMachine machine, LiveVolume data) {
    if (DATA.equals(data.tree().content(PATH))) {
      SlotWrites.atomic(machine, "app.rewritten", data, PATH, Content.text("written by the new system"));
    }
  }

  /** True if it is not what the application wrote. */
  public static boolean changed(Tree data) {
    return !DATA.equals(data.content(PATH));
  }
}
