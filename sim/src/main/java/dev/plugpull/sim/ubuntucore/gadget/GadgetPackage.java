package dev.plugpull.sim.ubuntucore.gadget;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A vendor's gadget, found and opened: the door of this package.
 *
 * <p>Three forms are read: a {@code .snap}, a prepared folder (with {@code meta/gadget.yaml} and
 * {@code meta/snap.yaml}, and nothing that still has to be built) and a source tree, in which built content is absent
 * and {@code X.in} or {@code X.source} stand for {@code X}.
 *
 * @param yamlPath path of the gadget.yaml in {@code files}
 * @param assumptions what was decided without being told, for the report
 */
public record GadgetPackage(
    GadgetFiles files, Form form, String yamlPath, SnapMetadata metadata, List<String> assumptions)
    implements AutoCloseable {

  /** How complete the gadget is. */
  public enum Form {
    /** Everything a device would get is there. */
    SNAP,
    PREPARED,
    /** Built content may be absent. */
    SOURCE_TREE
  }

  /** Largest text file that is looked at, in bytes; boot scripts and environments are far smaller. */
  public static final int LARGEST_TEXT = 16 << 20;

  private static final List<String> ENDINGS = List.of("", ".in", ".source");
  private static final List<String> MARKERS =
      List.of("grub.conf", "uboot.conf", "androidboot.conf", "lk.conf", "piboot.conf");
  private static final String DEFAULT_ARCH = "amd64";

  /**
   * Opens a gadget.
   *
   * @param path folder or {@code .snap}
   * @param arch Debian architecture that chooses among {@code gadget-ARCH.yaml}; empty if not given
   * @throws UnreadableGadgetException if it cannot be read
   */
  public static GadgetPackage open(Path path, String arch) {
    GadgetFiles files = files(path);
    try {
      return find(files, arch);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /** Opens a folder or a snap, whatever is in it. */
  static GadgetFiles files(Path path) {
    if (!Files.exists(path)) {
      throw new UnreadableGadgetException(path.toString(), "no such file or folder", "name a folder or a .snap");
    }
    return Files.isDirectory(path) ? FolderGadgetFiles.open(path) : SnapGadgetFiles.open(path);
  }

  private static GadgetPackage find(GadgetFiles files, String arch) {
    List<String> assumptions = new ArrayList<>();
    String yaml = yamlPath(files, arch, assumptions);
    boolean prepared = yaml.equals("meta/gadget.yaml") && isFile(files, "meta/snap.yaml") && !isUnbuilt(files);
    Form form = files.isSnap() ? Form.SNAP : prepared ? Form.PREPARED : Form.SOURCE_TREE;
    SnapMetadata metadata = metadata(files, assumptions);
    if (!metadata.type().isEmpty() && !metadata.type().equals("gadget")) {
      throw new UnreadableGadgetException(
          files.origin(), "it is a snap of type " + metadata.type() + " and not a gadget", "name the gadget snap");
    }
    return new GadgetPackage(files, form, yaml, metadata, List.copyOf(assumptions));
  }

  /** True for the tree that a prepared folder is made in: what the build adds to it is not there yet. */
  private static boolean isUnbuilt(GadgetFiles files) {
    return files.entries().stream().anyMatch(entry -> entry.isFile()
        && (entry.path().equals("Makefile") || entry.path().matches("[^/]+\\.in")));
  }

  private static String yamlPath(GadgetFiles files, String arch, List<String> assumptions) {
    for (String folder : List.of("meta/", "", "snap/", "gadget/")) {
      if (!arch.isEmpty() && isFile(files, folder + "gadget-" + arch + ".yaml")) {
        return folder + "gadget-" + arch + ".yaml";
      }
      if (isFile(files, folder + "gadget.yaml")) {
        return folder + "gadget.yaml";
      }
      Optional<String> byArch = byArchitecture(files, folder, arch, assumptions);
      if (byArch.isPresent()) {
        return byArch.get();
      }
    }
    throw noYaml(files);
  }

  private static Optional<String> byArchitecture(
      GadgetFiles files, String folder, String arch, List<String> assumptions) {
    List<String> found =
        files.entries().stream()
            .map(GadgetFiles.Entry::path)
            .filter(path -> path.startsWith(folder) && path.indexOf('/', folder.length()) < 0)
            .filter(path -> path.substring(folder.length()).matches("gadget-[a-z0-9]+\\.yaml"))
            .toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (!arch.isEmpty()) {
      throw new UnreadableGadgetException(
          files.origin(), "there is no gadget-" + arch + ".yaml, only " + String.join(", ", found),
          "name another architecture with --arch");
    }
    String usual = folder + "gadget-" + DEFAULT_ARCH + ".yaml";
    String chosen = found.contains(usual) ? usual : found.getFirst();
    assumptions.add(chosen + " was taken of " + String.join(", ", found) + "; --arch chooses another");
    return Optional.of(chosen);
  }

  private static UnreadableGadgetException noYaml(GadgetFiles files) {
    if (isFile(files, "layout.json")) {
      return new UnreadableGadgetException(
          files.origin(), "it holds only facts about a gadget (layout.json) and no gadget.yaml",
          "bring the vendor's own gadget.yaml into the folder");
    }
    Optional<GadgetFiles.Entry> template =
        files.entries().stream().filter(entry -> entry.name().startsWith("gadget.yaml.")).findFirst();
    if (template.isPresent()) {
      return new UnreadableGadgetException(
          files.where(template.get().path()), "it is a template with placeholders and not a gadget.yaml",
          "fill it in and save it as gadget.yaml");
    }
    return new UnreadableGadgetException(
        files.origin(), "it has no meta/gadget.yaml, gadget.yaml or gadget-ARCH.yaml", "name the folder that has one");
  }

  private static SnapMetadata metadata(GadgetFiles files, List<String> assumptions) {
    for (String path : List.of("meta/snap.yaml", "snapcraft.yaml", "snap/snapcraft.yaml")) {
      if (isFile(files, path)) {
        try {
          return SnapMetadata.parse(files.read(path, YamlDocument.LIMIT), files.where(path));
        } catch (UnreadableGadgetException e) {
          // Only name and base come from here; a source tree's template of it must not stop the reading.
          assumptions.add("name and base are not known: " + e.getMessage());
          return SnapMetadata.UNKNOWN;
        }
      }
    }
    assumptions.add("name and base are not known: there is no meta/snap.yaml or snapcraft.yaml");
    return SnapMetadata.UNKNOWN;
  }

  private static boolean isFile(GadgetFiles files, String path) {
    return files.find(path).filter(GadgetFiles.Entry::isFile).isPresent();
  }

  /** Reads and parses the gadget.yaml. */
  public GadgetYaml yaml() {
    return GadgetYaml.parse(files.read(yamlPath, YamlDocument.LIMIT), files.where(yamlPath));
  }

  /** Marker files that are there, in the order in which snapd looks for them. */
  public List<String> markers() {
    return MARKERS.stream().filter(marker -> isFile(files, marker)).toList();
  }

  /**
   * Finds the file that stands for a name used in the content, such as {@code boot.scr}: the path itself or, in a
   * source tree, its source, wherever in the tree it lies.
   *
   * @return path in {@link #files}, empty if nothing stands for it or it leads out of the gadget
   */
  public Optional<String> standIn(String name) {
    try {
      return search(name);
    } catch (UnreadableGadgetException _) {
      return Optional.empty();
    }
  }

  private Optional<String> search(String name) {
    if (isFile(files, name)) {
      return Optional.of(name);
    }
    if (form != Form.SOURCE_TREE || name.endsWith("/")) {
      return Optional.empty();
    }
    String last = name.substring(name.lastIndexOf('/') + 1);
    for (String ending : ENDINGS) {
      Optional<String> found =
          isFile(files, name + ending)
              ? Optional.of(name + ending)
              : files.entries().stream()
                  .filter(entry -> entry.isFile() && entry.name().equals(last + ending))
                  .map(GadgetFiles.Entry::path)
                  .min(Comparator.comparing((String path) -> path.chars().filter(c -> c == '/').count())
                      .thenComparing(path -> path));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Text of a file of the gadget, if it is there. */
  Optional<String> text(String path) {
    return isFile(files, path)
        ? Optional.of(new String(files.read(path, LARGEST_TEXT), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  @Override
  public void close() {
    files.close();
  }
}
