package dev.plugpull.conformance.certify;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.gadget.GadgetFiles;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.KernelPackage;
import dev.plugpull.sim.ubuntucore.gadget.KernelReference;
import dev.plugpull.sim.ubuntucore.gadget.PlacedStructure;
import dev.plugpull.sim.ubuntucore.gadget.VolumeContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a gadget's {@code content} puts on a partition: path to content. */
final class PartitionFiles {
  private static final int LARGEST_INTERPRETED = 1 << 20;

  private final GadgetPackage gadget;
  private final Optional<KernelPackage> kernel;
  private final List<String> notLookedAt;
  private final Map<String, Content> files = new LinkedHashMap<>();

  private PartitionFiles(GadgetPackage gadget, Optional<KernelPackage> kernel, List<String> notLookedAt) {
    this.gadget = gadget;
    this.kernel = kernel;
    this.notLookedAt = notLookedAt;
  }

  static SortedMap<String, Content> of(
      GadgetPackage gadget, Optional<KernelPackage> kernel, PlacedStructure structure, List<String> notLookedAt) {
    PartitionFiles result = new PartitionFiles(gadget, kernel, notLookedAt);
    for (VolumeContent content : structure.structure().content()) {
      result.add(content);
    }
    return new TreeMap<>(result.files);
  }

  /** What one entry puts there, in the order in which snapd writes it. */
  static Map<String, Content> of(GadgetPackage gadget, VolumeContent content, List<String> notLookedAt) {
    PartitionFiles result = new PartitionFiles(gadget, Optional.empty(), notLookedAt);
    result.add(content);
    return result.files;
  }

  private void add(VolumeContent content) {
    if (content.isKernelReference() && kernel.isPresent()) {
      addFromKernel(content, kernel.get().files());
      return;
    }
    if (content.isKernelReference()) {
      notLookedAt.add("content of the kernel snap: " + content.source() + " (--kernel brings it)");
      return;
    }
    String source = content.source();
    String target = target(content);
    if (source.endsWith("/")) {
      addFolder(source, target);
      return;
    }
    Optional<String> path = gadget.standIn(source);
    if (path.isPresent()) {
      files.put(target, content(path.get(), source));
    } else {
      notLookedAt.add("built content that is not in this tree: " + source);
      files.put(target, Content.opaque("built:" + source, 1));
    }
  }

  /** Files of the kernel snap that a well-formed reference names; rule C3 judges whether it may. */
  private void addFromKernel(VolumeContent content, GadgetFiles snap) {
    String source;
    try {
      source = KernelReference.parse(content.source()).path();
    } catch (IllegalArgumentException _) {
      return;
    }
    String target = target(content);
    for (GadgetFiles.Entry entry : snap.entries()) {
      if (entry.isFile() && (entry.path().equals(source) || source.endsWith("/") && entry.path().startsWith(source))) {
        files.put(source.endsWith("/") ? target + entry.path().substring(source.length()) : target,
            Content.opaque("kernel:" + entry.path(), Math.max(1, entry.size())));
      }
    }
  }

  private void addFolder(String source, String target) {
    boolean found = false;
    for (GadgetFiles.Entry entry : gadget.files().entries()) {
      if (entry.isFile() && entry.path().startsWith(source)) {
        files.put(target + entry.path().substring(source.length()), content(entry.path(), entry.path()));
        found = true;
      }
    }
    if (!found) {
      notLookedAt.add("built content that is not in this tree: " + source);
    }
  }

  private Content content(String path, String name) {
    long size = gadget.files().find(path).map(GadgetFiles.Entry::size).orElse(0L);
    return size > LARGEST_INTERPRETED && !isScript(name)
        ? Content.opaque("gadget:" + name + "#" + Digests.shortId(path, size, gadget.files()), size)
        : Content.of(gadget.files().read(path, GadgetPackage.LARGEST_TEXT));
  }

  static boolean isScript(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.startsWith("boot.scr") || last.endsWith(".scr") || last.equals("grub.cfg") || last.endsWith("nv.txt")
        || last.equals("extlinux.conf") || last.equals("boot.fit") || last.endsWith(".itb");
  }

  /** Path on the partition: a target that is a folder takes the source's name. */
  static String target(VolumeContent content) {
    String target = content.target().startsWith("/") ? content.target() : "/" + content.target();
    String source = content.source();
    if (target.endsWith("/") && !source.endsWith("/")) {
      return target + source.substring(source.lastIndexOf('/') + 1);
    }
    return source.endsWith("/") && !target.endsWith("/") ? target + "/" : target;
  }
}
