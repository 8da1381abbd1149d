package dev.plugpull.sim.ubuntucore.gadget;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Whether snapd would accept a gadget as the successor of another one: the U rules, section 5.3. */
public final class GadgetCompatibility {

  private static final String REMEDY = "keep it as in the gadget that devices run; changes need a new install";

  private final Findings findings;

  private GadgetCompatibility(Findings findings) {
    this.findings = findings;
  }

  /** All reasons why devices with {@code old} could not take {@code next}; lines are those of {@code next}. */
  public static List<Finding> check(GadgetInfo old, GadgetInfo next, Target target) {
    Findings findings = new Findings(next.file());
    GadgetCompatibility compatibility = new GadgetCompatibility(findings);
    compatibility.volumes(old, next);
    for (Volume to : next.volumes()) {
      old.volume(to.name())
          .ifPresent(
              from -> compatibility.volume(VolumeLayout.of(from, target.kind()), VolumeLayout.of(to, target.kind())));
    }
    return findings.list();
  }

  private void volumes(GadgetInfo old, GadgetInfo next) {
    TreeSet<String> before = new TreeSet<>();
    old.volumes().forEach(volume -> before.add(volume.name()));
    TreeSet<String> after = new TreeSet<>();
    next.volumes().forEach(volume -> after.add(volume.name()));
    for (Volume volume : next.volumes()) {
      if (!before.contains(volume.name())) {
        findings.add(GadgetRule.U1, volume.line(), "volume \"" + volume.name() + "\" is new", REMEDY);
      }
    }
    before.removeAll(after);
    before.forEach(name -> findings.add(GadgetRule.U1, 0, "volume \"" + name + "\" is gone", REMEDY));
  }

  private void volume(VolumeLayout from, VolumeLayout to) {
    Volume volume = to.volume();
    same(GadgetRule.U8, volume.line(), "id of volume \"" + volume.name() + "\"", from.volume().id(), volume.id());
    same(GadgetRule.U8, volume.line(), "boot loader of volume \"" + volume.name() + "\"", from.volume().bootloader(),
        volume.bootloader());
    if (!from.volume().isPartial("schema")) {
      same(GadgetRule.U8, volume.line(), "schema of volume \"" + volume.name() + "\"",
          from.volume().effectiveSchema(), volume.isPartial("schema") ? "left open" : volume.effectiveSchema());
    }
    if (from.byOffset().size() != to.byOffset().size()) {
      findings.add(GadgetRule.U2, volume.line(), "volume \"" + volume.name() + "\" had " + from.byOffset().size()
          + " structures and has " + to.byOffset().size(), REMEDY);
      return;
    }
    for (int i = 0; i < to.byOffset().size(); i++) {
      structure(from, to, i);
    }
  }

  private void structure(VolumeLayout fromLayout, VolumeLayout toLayout, int index) {
    PlacedStructure from = fromLayout.byOffset().get(index);
    PlacedStructure to = toLayout.byOffset().get(index);
    if (toLayout.volume().effectiveSchema().equals(Volume.GPT)) {
      same(GadgetRule.U3, to, "name", from.structure().name(), to.structure().name());
    }
    same(GadgetRule.U3, to, "role", from.role(), to.role());
    same(GadgetRule.U3, to, "id", from.structure().id(), to.structure().id());
    types(from, to);
    filesystems(from, to);
    ranges(GadgetRule.U6, to, "size", new long[] {from.structure().effectiveMinSize(), largest(from)},
        new long[] {to.structure().effectiveMinSize(), largest(to)});
    ranges(GadgetRule.U7, to, "offset", new long[] {fromLayout.minOffset(index), fromLayout.maxOffset(index)},
        new long[] {toLayout.minOffset(index), toLayout.maxOffset(index)});
  }

  private static long largest(PlacedStructure placed) {
    return placed.structure().hasOpenSize(placed.volume()) ? Long.MAX_VALUE : placed.structure().size();
  }

  private void types(PlacedStructure from, PlacedStructure to) {
    List<String> before = Arrays.asList(from.structure().type().split(","));
    boolean shared = Arrays.stream(to.structure().type().split(",")).anyMatch(before::contains);
    boolean toMbrRole = from.structure().type().equals(Role.MBR) && to.role().equals(Role.MBR);
    if (!shared && !toMbrRole) {
      findings.add(GadgetRule.U4, to.structure().lines().of("type"), "type of " + to.title() + " changes from \""
          + from.structure().type() + "\" to \"" + to.structure().type() + "\"", REMEDY);
    }
  }

  private void filesystems(PlacedStructure from, PlacedStructure to) {
    int line = to.structure().lines().of("filesystem");
    if (from.hasFilesystem() != to.hasFilesystem()) {
      String change = to.hasFilesystem() ? "gets a file system" : "loses its file system";
      findings.add(GadgetRule.U5, line, to.title() + " " + change, REMEDY);
      return;
    }
    if (to.hasFilesystem()) {
      if (!from.structure().filesystem().isEmpty()) {
        same(GadgetRule.U5, to, "filesystem", from.structure().filesystem(), to.structure().filesystem());
      }
      same(GadgetRule.U5, to, "filesystem-label", from.label(), to.label());
    }
  }

  private void ranges(GadgetRule rule, PlacedStructure to, String key, long[] before, long[] after) {
    if (before[1] < after[0] || before[0] > after[1]) {
      findings.add(rule, to.structure().lines().of(key), key + " of " + to.title() + " may be " + words(after)
          + ", which does not meet the " + words(before) + " of before", REMEDY);
    }
  }

  private static String words(long[] range) {
    if (range[0] == range[1]) {
      return Quantity.words(range[0]);
    }
    String most = range[1] == Long.MAX_VALUE ? "any size" : Quantity.words(range[1]);
    return Quantity.words(range[0]) + " to " + most;
  }

  private void same(GadgetRule rule, PlacedStructure to, String key, String before, String after) {
    same(rule, to.structure().lines().of(key), key + " of " + to.title(), before, after);
  }

  private void same(GadgetRule rule, int line, String what, String before, String after) {
    if (!before.equals(after)) {
      findings.add(rule, line, what + " changes from \"" + before + "\" to \"" + after + "\"", REMEDY);
    }
  }
}
