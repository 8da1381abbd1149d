package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges the content of a gadget by the C rules.
 *
 * <p>In a source tree content that the build makes is absent; that is said, and is no finding.
 */
public final class ContentRules {

  /** Marker file of each boot loader. */
  private static final Map<String, String> MARKER =
      Map.of(
          "grub", "grub.conf", "u-boot", "uboot.conf", "piboot", "piboot.conf", "lk", "lk.conf", "android-boot",
          "androidboot.conf");

  /**
   * What came out.
   *
   * @param notLookedAt what could not be judged, in words
   */
  public record Result(List<Finding> findings, List<String> notLookedAt) {}

  private final GadgetPackage source;
  private final GadgetInfo gadget;
  private final Target target;
  private final Optional<KernelInfo> kernel;
  private final Findings findings;
  private final List<String> notLookedAt = new ArrayList<>();
  private final List<GadgetFiles.Entry> symbolicLinks;

  private ContentRules(GadgetPackage source, GadgetInfo gadget, Target target, Optional<KernelInfo> kernel) {
    this.source = source;
    this.gadget = gadget;
    this.target = target;
    this.kernel = kernel;
    this.findings = new Findings(gadget.file());
    this.symbolicLinks =
        source.files().entries().stream().filter(entry -> entry.kind() == GadgetFiles.Kind.LINK).toList();
  }

  /**
   * Judges content.
   *
   * @param kernel the kernel that goes with the gadget, empty if not known
   */
  public static Result check(GadgetPackage source, GadgetInfo gadget, Target target, Optional<KernelInfo> kernel) {
    ContentRules rules = new ContentRules(source, gadget, target, kernel);
    for (VolumeLayout layout : GadgetValidator.layouts(gadget, target)) {
      layout.inFileOrder().forEach(rules::structure);
    }
    rules.kernelAssets();
    rules.marker();
    KernelArgumentRules.checkFiles(
        gadget.kernelCommandLine(), source.text("cmdline.extra"), source.text("cmdline.full"), rules.findings);
    return new Result(rules.findings.list(), List.copyOf(rules.notLookedAt));
  }

  private void structure(PlacedStructure placed) {
    boolean encryptable = placed.role().equals(Role.DATA) || placed.role().equals(Role.SAVE);
    if (encryptable && target.encrypted() && !placed.structure().content().isEmpty()) {
      findings.add(GadgetRule.C6, placed.structure().content().getFirst().line(), placed.title() + " with role "
          + placed.role() + " has content, but it will be encrypted", "put the files into another structure");
    }
    if (!placed.hasFilesystem()) {
      new ImageFit(placed).check();
      return;
    }
    for (VolumeContent content : placed.structure().content()) {
      if (content.isKernelReference()) {
        kernelReference(placed, content);
      } else if (!content.source().isEmpty()) {
        fileContent(placed, content);
      }
      managed(placed, content);
    }
  }

  private void fileContent(PlacedStructure placed, VolumeContent content) {
    Optional<GadgetFiles.Entry> found = find(content.source(), content);
    if (found.isEmpty()) {
      absent(placed, content, "source", content.source());
      return;
    }
    GadgetFiles.Entry entry = found.get();
    if (content.source().endsWith("/") && entry.kind() != GadgetFiles.Kind.DIRECTORY) {
      findings.add(GadgetRule.C2, content.lines().of("source"), "source \"" + content.source() + "\" of "
          + placed.title() + " ends in a slash, but is not a folder", "remove the slash");
    }
    links(placed, content, entry);
  }

  private Optional<GadgetFiles.Entry> find(String path, VolumeContent content) {
    try {
      String name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      return source.standIn(name).or(() -> Optional.of(name)).flatMap(source.files()::find);
    } catch (UnreadableGadgetException e) {
      findings.add(GadgetRule.C8, content.line(), e.where() + ": " + e.why(), e.remedy());
      return source.files().find("");
    }
  }

  private void absent(PlacedStructure placed, VolumeContent content, String key, String path) {
    if (source.form() == GadgetPackage.Form.SOURCE_TREE) {
      notLookedAt.add(path + " of " + placed.title() + ": built content that is not in the source tree");
      return;
    }
    findings.add(GadgetRule.C1, content.lines().of(key), key + " \"" + path + "\" of " + placed.title()
        + " is not in the gadget", "put the file into the gadget or correct the name");
  }

  /** The updater walks the source as listed, so a link is looked for at the path itself and below it. */
  private void links(PlacedStructure placed, VolumeContent content, GadgetFiles.Entry entry) {
    String path = content.source().endsWith("/") ? content.source() : content.source() + "/";
    for (GadgetFiles.Entry other : symbolicLinks) {
      boolean named = (other.path() + "/").equals(path);
      boolean below = entry.kind() == GadgetFiles.Kind.DIRECTORY && (other.path() + "/").startsWith(path);
      if (named || below) {
        findings.add(GadgetRule.C8, content.lines().of("source"), "\"" + other.path() + "\" in the content of "
            + placed.title() + " is a symbolic link, which the updater refuses",
            "replace the link by the file it points to");
      }
    }
  }

  private void kernelReference(PlacedStructure placed, VolumeContent content) {
    int line = content.lines().of("source");
    String said = "kernel reference \"" + content.source() + "\" of " + placed.title();
    KernelReference reference;
    try {
      reference = KernelReference.parse(content.source());
    } catch (IllegalArgumentException e) {
      findings.add(GadgetRule.C3, line, said + " is not valid: " + e.getMessage(), "write $kernel:ASSET/path");
      return;
    }
    if (kernel.isEmpty()) {
      notLookedAt.add(content.source() + " of " + placed.title() + ": the kernel snap is not known");
      return;
    }
    KernelInfo.Asset asset = kernel.get().assets().get(reference.asset());
    if (asset == null || !asset.covers(reference.path())) {
      findings.add(GadgetRule.C3, line, said + " does not resolve: "
          + (asset == null ? "the kernel has no asset \"" + reference.asset() + "\""
              : "the asset does not list \"" + reference.path() + "\""),
          "use what the kernel's meta/kernel.yaml lists");
    }
  }

  /** snapd is content with one consumed asset per volume, and with one volume that consumes any. */
  private void kernelAssets() {
    if (kernel.isEmpty()) {
      return;
    }
    List<String> needed =
        kernel.get().assets().entrySet().stream().filter(e -> e.getValue().update()).map(Map.Entry::getKey).toList();
    List<String> used = new ArrayList<>();
    for (Volume volume : gadget.volumes()) {
      for (Structure structure : volume.structures()) {
        for (VolumeContent content : structure.content()) {
          if (content.isKernelReference()) {
            try {
              used.add(KernelReference.parse(content.source()).asset());
            } catch (IllegalArgumentException _) {
              // reported where the structure was looked at
            }
          }
        }
      }
    }
    if (!needed.isEmpty() && needed.stream().noneMatch(used::contains)) {
      findings.add(GadgetRule.C4, 0, "no structure uses any of the kernel assets that need an update: "
          + String.join(", ", needed), "use $kernel:" + needed.getFirst() + "/... in the content");
    }
  }

  private void managed(PlacedStructure placed, VolumeContent content) {
    boolean config =
        target.kind().hasModes()
            && gadget.bootloader().equals("grub")
            && (placed.role().equals(Role.BOOT) || placed.role().startsWith(Role.SEED))
            && content.target().replaceFirst("^/+", "").matches("(?i)EFI/ubuntu/grub\\.cfg");
    if (config) {
      findings.add(GadgetRule.C7, content.lines().of("target"), "\"" + content.target() + "\" in " + placed.title()
          + " is managed by snapd, which ignores it on updates", "remove it from the content");
    }
  }

  private void marker() {
    String wanted = MARKER.get(gadget.bootloader());
    List<String> there = source.markers();
    // With a state partition snapd chooses by the gadget.yaml and needs no marker.
    if (wanted == null || (there.isEmpty() && gadget.hasRole(Role.BOOT_STATE))) {
      return;
    }
    if (there.size() > 1) {
      findings.addIn(source.files().where(there.get(1)), GadgetRule.C10, 0, "marker files of several boot loaders: "
          + String.join(", ", there) + "; snapd takes " + there.getFirst(), "keep " + wanted);
    }
    if (there.isEmpty() && source.form() == GadgetPackage.Form.SOURCE_TREE) {
      notLookedAt.add(wanted + ": the marker file of the boot loader is made by the build");
    } else if (there.isEmpty() || !there.getFirst().equals(wanted)) {
      findings.add(GadgetRule.C9, 0, there.isEmpty() ? "the marker file " + wanted + " is missing"
          : "the marker file " + there.getFirst() + " does not belong to boot loader " + gadget.bootloader(),
          "put " + wanted + " into the root of the gadget");
    }
  }

  /** C5: the images of one raw structure. */
  private final class ImageFit {
    private final PlacedStructure placed;
    private final TreeMap<Long, Long> areas = new TreeMap<>();

    ImageFit(PlacedStructure placed) {
      this.placed = placed;
    }

    void check() {
      long next = 0;
      for (VolumeContent content : placed.structure().content()) {
        if (content.image().isEmpty()) {
          continue;
        }
        Optional<GadgetFiles.Entry> file = find(content.image(), content);
        if (file.isEmpty()) {
          absent(placed, content, "image", content.image());
        }
        long start = content.offset().orElse(next);
        next = Quantity.plus(start, size(content, file));
        bounds(content, start, next);
      }
    }

    private long size(VolumeContent content, Optional<GadgetFiles.Entry> file) {
      // A source that stands for a built file says nothing about the size of the built one.
      boolean built = file.isPresent() && file.get().name().endsWith(content.image().replaceAll(".*/", ""));
      long actual = built ? file.get().size() : 0;
      if (content.size() != 0 && actual > content.size()) {
        findings.add(GadgetRule.C5, content.lines().of("size"), "image \"" + content.image() + "\" of "
            + placed.title() + " has " + actual + " bytes, more than the declared " + content.size(),
            "raise the size");
      }
      return Math.max(actual, content.size());
    }

    private void bounds(VolumeContent content, long start, long end) {
      long size = placed.structure().size();
      if (!placed.volume().isEmmc() && !placed.structure().hasOpenSize(placed.volume()) && end > size) {
        findings.add(GadgetRule.C5, content.lines().of("image"), "image \"" + content.image() + "\" ends at byte "
            + end + " of " + placed.title() + ", which has " + size, "enlarge the structure or shrink the image");
      }
      Map.Entry<Long, Long> before = areas.lowerEntry(Math.max(end, start + 1));
      if (before != null && before.getValue() > start) {
        findings.add(GadgetRule.C5, content.lines().of("offset"), "image \"" + content.image() + "\" of "
            + placed.title() + " overlaps another image", "move one of them");
      }
      areas.merge(start, end, Math::max);
    }
  }
}
