package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what the interpreter did against what the real loader did. */
final class Comparison {
  private static final int MOST_SHOWN = 120;

  private final RealLoader loader;
  private final List<String> differences = new ArrayList<>();

  private Comparison(RealLoader loader) {
    this.loader = loader;
  }

  /** In what they differ, in words; empty if they agree. */
  static List<String> of(RealLoader loader, ModelBoot model, RealBoot real) {
    Comparison comparison = new Comparison(loader);
    comparison.differ("the end", model.end().words(), real.end().words());
    comparison.started(model, real);
    comparison.differ("errors on the console", String.join(" | ", loader.errors(model.said())),
        String.join(" | ", real.errors()));
    comparison.differ("what was saved", shown(loader.saved(model)), shown(real.saved()));
    for (VolumeView after : model.after()) {
      if (after.partition() > 0 && !after.type().equals("none")) {
        comparison.volume(model, real, after);
      }
    }
    return List.copyOf(comparison.differences);
  }

  private void started(ModelBoot model, RealBoot real) {
    if (!(model.outcome() instanceof BootOutcome.StartKernel kernel) || real.started() == null) {
      return;
    }
    differ("the kernel", StandIn.identity(kernel.kernel()), real.started().kernel());
    differ("the arguments", loader.arguments(kernel.commandLine()), real.started().arguments());
    differ("the initial RAM disk", ramDisk(kernel.initrd()), real.started().initrd());
  }

  /** What names itself: a whole RAM disk. */
  private static String ramDisk(Content initrd) {
    return initrd == null || initrd.isPart() || !initrd.isOpaque() ? "" : StandIn.identity(initrd);
  }

  private void volume(ModelBoot model, RealBoot real, VolumeView after) {
    SortedMap<String, Content> ours = written(after);
    SortedMap<String, Content> theirs = real.changed().get(after.partition());
    if (theirs == null) {
      theirs = model.before().stream().filter(v -> v.partition() == after.partition()).findFirst()
          .map(this::written).orElseThrow();
    }
    TreeSet<String> paths = new TreeSet<>(ours.keySet());
    paths.addAll(theirs.keySet());
    paths.removeIf(path -> path.endsWith(".snap") || loader.isStore(after, path));
    for (String path : paths) {
      Content one = canonical(ours.get(path));
      Content other = canonical(theirs.get(path));
      if (one == null || other == null || !one.equals(other)) {
        differ(path + " on " + after.label() + " after the boot", shown(one), shown(other));
      }
    }
  }

  /** The files as they lie on the disk, but for images with a file system in them, which never change. */
  private SortedMap<String, Content> written(VolumeView volume) {
    SortedMap<String, Content> files = new TreeMap<>();
    for (Map.Entry<String, Content> file : volume.files().entrySet()) {
      files.put(file.getKey(), Content.of(loader.standIn().bytes(file.getKey(), file.getValue())));
    }
    return files;
  }

  private Content canonical(Content content) {
    return content == null ? null : loader.canonical(content);
  }

  private static String shown(Content content) {
    if (content == null) {
      return "absent";
    }
    String text = new String(content.bytes().orElseThrow(), StandardCharsets.ISO_8859_1);
    String plain = text.replaceAll("#{4,}", "#...").replaceAll("[^ -~]+", "|");
    String shown = plain.length() > MOST_SHOWN ? plain.substring(0, MOST_SHOWN) + "..." : plain;
    return content.length() + " bytes '" + shown + "'";
  }

  private void differ(String what, String model, String real) {
    if (!model.equals(real)) {
      differences.add(what + ": model '" + model + "', real '" + real + "'");
    }
  }
}
