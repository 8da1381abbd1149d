package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads target descriptions. {@code targets/target.schema.json} says the same in JSON Schema. */
public final class TargetFile {
  /** What shows on any PC that a boot has failed, whatever else a target says. */
  private static final List<Target.DeadEnd> EVERYWHERE = List.of(
      new Target.DeadEnd(Pattern.compile("Kernel panic - not syncing[^\\r\\n]*"), "kernel panic"),
      new Target.DeadEnd(Pattern.compile("grub rescue> "), "GRUB rescue prompt"),
      new Target.DeadEnd(Pattern.compile("[\\r\\n]grub> "), "GRUB prompt"),
      new Target.DeadEnd(Pattern.compile("\\(initramfs\\) "), "initramfs prompt"),
      new Target.DeadEnd(Pattern.compile("No bootable device"), "the firmware finds nothing to boot"));

  private TargetFile() {}

  /**
   * Reads a description.
   *
   * @throws IOException {@code cannot read FILE:LINE: ...}
   */
  public static Target read(Path file) throws IOException {
    YamlNode root = YamlNode.read(file, "the target").map("name", "title", "build", "hardware", "disks", "health",
        "dead", "shell", "update", "bootSeconds");
    String name = root.get("name").text();
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,40}")) {
      throw root.get("name").bad("is '" + name + "'; use up to 41 lower-case letters, digits, dots and hyphens");
    }
    Target target = new Target(file, name, root.get("title").text(name), build(root.get("build")),
        hardware(root.get("hardware")), disks(root.get("disks")), health(root.get("health")), dead(root.get("dead")),
        shell(root.get("shell")), update(root.get("update")), root.get("bootSeconds").number(30, 1, 3600));
    if (target.health().line() == null && target.shell().prompt().isEmpty()) {
      throw root.get("shell").bad("is missing; health commands need a shell with a prompt");
    }
    checkFiles(target, root);
    return target;
  }

  private static void checkFiles(Target target, YamlNode root) throws IOException {
    if (target.build().needed()) {
      if (!Files.isRegularFile(target.folder().resolve(target.build().script()))) {
        throw root.get("build").get("script").bad("names " + target.build().script() + ", which is not there");
      }
      return;
    }
    for (Target.Disk disk : target.disks()) {
      if (!Files.isRegularFile(target.folder().resolve(disk.image()))) {
        throw root.get("disks").bad("names the image " + disk.image() + ", which is not there, and nothing builds it");
      }
    }
  }

  private static Target.Build build(YamlNode node) throws IOException {
    if (node.absent()) {
      return Target.Build.NONE;
    }
    node.map("packages", "single", "script");
    List<Target.SinglePackage> single = new ArrayList<>();
    for (YamlNode item : node.get("single").list()) {
      item.map("as", "match", "pick");
      single.add(new Target.SinglePackage(item.get("as").text(), item.get("match").pattern(),
          item.get("pick").oneOf("newest", "newest", "oldest").equals("newest")));
    }
    return new Target.Build(node.get("packages").texts(), single, node.get("script").text());
  }

  private static Target.Hardware hardware(YamlNode node) throws IOException {
    if (node.absent()) {
      return new Target.Hardware(256, "", "", "");
    }
    node.map("memory", "kernel", "initrd", "append");
    return new Target.Hardware(node.get("memory").number(256, 16, 65536), node.get("kernel").text(""),
        node.get("initrd").text(""), node.get("append").text(""));
  }

  private static List<Target.Disk> disks(YamlNode node) throws IOException {
    List<Target.Disk> disks = new ArrayList<>();
    for (YamlNode item : node.list()) {
      item.map("image", "bus", "onlyForUpdates");
      disks.add(new Target.Disk(item.get("image").text(), item.get("bus").oneOf("virtio", "virtio", "nvme"),
          item.get("onlyForUpdates").flag()));
    }
    if (disks.isEmpty()) {
      throw node.bad("must name at least one disk");
    }
    if (disks.getFirst().onlyForUpdates() || disks.stream().filter(d -> !d.onlyForUpdates()).count() > 1) {
      throw node.bad("must name one disk that is recorded, first, and all others as onlyForUpdates");
    }
    return disks;
  }

  private static Target.Health health(YamlNode node) throws IOException {
    node.map("line", "version", "digest", "healthy", "versionOf");
    boolean line = !node.get("line").absent();
    if (line == !node.get("healthy").absent()) {
      throw node.bad("must have either 'line', which the system prints by itself, or the command 'healthy'");
    }
    return new Target.Health(line ? node.get("line").pattern() : null, node.get("version").texts(),
        node.get("digest").text(""), line ? "" : node.get("healthy").text(),
        line ? "" : node.get("versionOf").text());
  }

  private static List<Target.DeadEnd> dead(YamlNode node) throws IOException {
    List<Target.DeadEnd> ends = new ArrayList<>();
    for (YamlNode item : node.list()) {
      item.map("pattern", "meaning");
      ends.add(new Target.DeadEnd(item.get("pattern").pattern(), item.get("meaning").text()));
    }
    ends.addAll(EVERYWHERE);
    return ends;
  }

  private static Target.Shell shell(YamlNode node) throws IOException {
    if (node.absent()) {
      return new Target.Shell("", List.of());
    }
    node.map("prompt", "login");
    List<Target.Answer> login = new ArrayList<>();
    for (YamlNode item : node.get("login").list()) {
      item.map("expect", "send");
      login.add(new Target.Answer(item.get("expect").text(), item.get("send").text()));
    }
    return new Target.Shell(node.get("prompt").text(), login);
  }

  private static Target.Update update(YamlNode node) throws IOException {
    node.map("prepare", "steps", "finish", "seconds");
    List<Target.Step> steps = new ArrayList<>();
    for (YamlNode item : node.get("steps").list()) {
      item.map("mark", "run");
      steps.add(new Target.Step(item.get("mark").text(), item.get("run").text()));
    }
    if (steps.isEmpty()) {
      throw node.get("steps").bad("must name at least one step");
    }
    return new Target.Update(node.get("prepare").text(""), steps, node.get("finish").text("sync; poweroff -f"),
        node.get("seconds").number(60, 1, 7200));
  }
}
