package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Part;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The start of the system as it was installed, before any update. A script that does not even manage that, and runs
 * commands that only the board's own U-Boot may have, tells nothing about updates: its gadget is no broken one.
 */
final class CleanStart extends QuietListener<CoreState> {
  private static final Pattern UNKNOWN = Pattern.compile("Unknown command '([^']*)'.*");

  private final SortedSet<String> unknown = new TreeSet<>();

  private CleanStart() {}

  /**
   * Starts it.
   *
   * @param declared commands that the board's U-Boot is known to lack
   * @throws GadgetBoard.NotModelled if it does not start, for want of commands that it may have
   */
  static void require(GadgetBoard board, Collection<String> declared) throws GadgetBoard.NotModelled {
    CoreDevice device = board.board().device(
        CoreScenario.refresh("installed system", Part.BASE), Platform.SNAPD, true);
    CleanStart start = new CleanStart();
    BootEnd<CoreState> end = device.boot(device.start(), start);
    start.unknown.removeAll(declared);
    if (end instanceof BootEnd.Stuck<CoreState> stuck && stuck.why().startsWith("boot loader")
        && !start.unknown.isEmpty()) {
      throw new GadgetBoard.NotModelled("the script does not start the installed system, before any update ("
          + stuck.why() + "), and runs " + String.join(", ", start.unknown)
          + ", which only the board's own U-Boot may have: nothing is said about updates;"
          + " commands that it has not either belong below missing of --board");
    }
  }

  @Override
  public boolean tracing() {
    return true;
  }

  @Override
  public void step(String actor, String what, String where) {
    Matcher matcher = UNKNOWN.matcher(what);
    if (matcher.matches()) {
      unknown.add(matcher.group(1));
    }
  }
}
