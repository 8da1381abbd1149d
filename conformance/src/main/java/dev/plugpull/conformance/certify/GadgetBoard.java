package dev.plugpull.conformance.certify;

import dev.plugpull.sim.ubuntucore.CoreBoard;
import java.util.List;
import java.util.SortedMap;

/**
 * A device as built from a gadget.
 *
 * @param board with the vendor's own scripts
 * @param reference the same board with the reference script in place of the vendor's: the gadget's twin for blame
 * @param loaderTitle for people, such as {@code u-boot, boot.sel on vfat}
 * @param scripts the vendor's boot scripts: name as traces show it, to text
 * @param assumptions what was taken for granted
 * @param notLookedAt what the gadget needs and is not modelled, or not there
 */
record GadgetBoard(
    CoreBoard board,
    CoreBoard reference,
    String loaderTitle,
    SortedMap<String, String> scripts,
    List<ScriptFinding> findings,
    List<String> assumptions,
    List<String> notLookedAt) {

  /** Something that the static look at a boot script found. */
  record ScriptFinding(String where, String what, String remedy) {}

  /** Why a gadget cannot be made into a device; not an error of the gadget. */
  static final class NotModelled extends Exception {
    private static final long serialVersionUID = 1;

    NotModelled(String what) {
      super(what);
    }
  }
}
