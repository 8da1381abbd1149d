package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What libostree finds when it loads a sysroot: the deployments in boot order.
 *
 * @param bootVersion 0 or 1: what {@code /boot/loader} names; a missing link counts as 0
 * @param subVersion 0 or 1: what {@code /ostree/boot.B} names
 * @param deployments index 0 is the default
 */
record Sysroot(int bootVersion, int subVersion, List<Deployment> deployments) {
  static final String REPO = "/ostree/repo";
  static final String DEPLOY = "/ostree/deploy/os/deploy";
  static final String VAR = "/ostree/deploy/os/var";

  /**
   * A deployment.
   *
   * @param release its commit
   * @param serial 0, or 1 where the same commit is deployed already
   * @param kernel checksum folder of its kernel
   */
  record Deployment(int release, int serial, String kernel) {
    String folder() {
      return Versions.commit(release) + "." + serial;
    }

    String path() {
      return DEPLOY + "/" + folder();
    }

    String origin() {
      return path() + ".origin";
    }
  }

  private record Entry(int version, String argument) {}

  /**
   * Reads the deployments.
   *
   * @param boot where {@code /boot} begins in {@code bootTree}
   * @throws SysrootError if an entry's target is missing: libostree refuses to go on
   */
  static Sysroot load(Tree root, Tree bootTree, String boot) {
    String loader = bootTree.target(boot + "/loader");
    int version = "loader.1".equals(loader) ? 1 : 0;
    String link = root.target("/ostree/boot." + version);
    int sub = link != null && link.endsWith(".1") ? 1 : 0;
    List<Entry> entries = new ArrayList<>();
    String folder = boot + "/loader." + version + "/entries";
    for (String name : bootTree.names(folder)) {
      if (name.startsWith("ostree-") && name.endsWith(".conf")) {
        entries.add(entry(folder + "/" + name, bootTree.content(folder + "/" + name)));
      }
    }
    entries.sort(Comparator.comparingInt(Entry::version).reversed());
    List<Deployment> deployments = new ArrayList<>();
    for (Entry entry : entries) {
      deployments.add(resolve(root, entry.argument()));
    }
    return new Sysroot(version, sub, List.copyOf(deployments));
  }

  private static Entry entry(String path, Content content) {
    String text = content == null ? "" : content.text().orElse("");
    String argument = BootEntry.argument(text);
    String version = BootEntry.field(text, "version");
    if (argument.isEmpty() || version.isEmpty()) {
      throw new SysrootError("cannot load sysroot: " + path + " has no ostree= argument");
    }
    return new Entry(Integer.parseInt(version), argument);
  }

  /** The deployment that an {@code ostree=} argument leads to, through the links of the root file system. */
  static Deployment resolve(Tree root, String argument) {
    String[] parts = argument.split("/");
    // "", ostree, boot.B, stateroot, checksum, serial
    if (parts.length != 6) {
      throw new SysrootError("cannot find deployment: " + argument + " is no ostree= argument");
    }
    String sub = root.target("/ostree/" + parts[2]);
    String target = sub == null ? null
        : root.target("/ostree/" + sub + "/" + parts[3] + "/" + parts[4] + "/" + parts[5]);
    if (target == null) {
      throw new SysrootError("cannot find OSTree root " + argument + ": no such link");
    }
    String folder = target.substring(target.lastIndexOf('/') + 1);
    if (!(root.get(DEPLOY + "/" + folder) instanceof Tree.Directory)) {
      throw new SysrootError("cannot find OSTree root " + argument + ": " + folder + " is missing");
    }
    int dot = folder.indexOf('.');
    return new Deployment(Versions.of(folder.substring(0, dot)), folder.charAt(dot + 1) - '0', parts[4]);
  }

  /** The deployment of a release, null if there is none. */
  Deployment of(int release) {
    return deployments.stream().filter(d -> d.release() == release).findFirst().orElse(null);
  }
}
