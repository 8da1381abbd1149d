package dev.plugpull.conformance.certify;

import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code uboot.env} that a gadget of Ubuntu Core 16 or 18 ships, under the name of its marker {@code uboot.conf} or
 * its own: U-Boot takes it in place of its built-in environment, so the boot script is usually in it.
 *
 * @param path in the gadget
 * @param source true if it is the text that the build makes the image of
 * @param content as it lies in the gadget
 */
record ShippedEnvironment(String path, boolean source, Content content, UbootEnvironment environment) {
  private static final int LEAST_BYTES = 4096;

  /** The address that a file of the kernel's folder is loaded to. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\b\\w*load \\S+ \\S+ \\$\\{?(\\w+)\\}? \\$\\{?snap_kernel\\b");

  /** Finds it; empty if the gadget ships none, or one that is made by the build out of nothing that is here. */
  static Optional<ShippedEnvironment> of(GadgetPackage gadget, BoardOptions options) {
    for (String name : new String[] {"uboot.conf", "uboot.env"}) {
      Optional<ShippedEnvironment> found = gadget.standIn(name).flatMap(path -> read(gadget, path, options));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<ShippedEnvironment> read(GadgetPackage gadget, String path, BoardOptions options) {
    byte[] bytes = gadget.files().read(path, GadgetPackage.LARGEST_TEXT);
    Content content = Content.of(bytes);
    Optional<UbootEnvironment> image = UbootEnvironment.read(bytes);
    if (image.isPresent()) {
      return image.map(environment -> new ShippedEnvironment(path, false, content, environment));
    }
    UbootEnvironment.Header header =
        options.header().equals("flag") ? UbootEnvironment.Header.FLAG : UbootEnvironment.Header.PLAIN;
    // The build says how long the image is; whatever is beyond the variables is padding.
    int size = Math.max(LEAST_BYTES, Integer.highestOneBit(bytes.length + 1) * 4);
    UbootEnvironment built = UbootEnvironment.ofSource(new String(bytes, StandardCharsets.ISO_8859_1), header, size);
    return built.variables().isEmpty() || !built.fits()
        ? Optional.empty()
        : Optional.of(new ShippedEnvironment(path, true, content, built));
  }

  /** True for the path of an environment or of its source, as {@link #of} finds it. */
  static boolean isOne(String path) {
    return path.matches("(.*/)?uboot\\.(conf|env)(\\.in|\\.source)?");
  }

  /** True if it says how to boot: then U-Boot itself keeps it, and needs no script beside it. */
  boolean boots() {
    return environment.variables().containsKey("bootcmd");
  }

  /**
   * Variables that stand for an address where the kernel's files are loaded to, and that nothing in it sets: the
   * board's own U-Boot has them built in, so a boot without them says nothing about the gadget.
   */
  SortedSet<String> unknownAddresses() {
    String all = String.join("\n", environment.variables().values());
    SortedSet<String> unknown = new TreeSet<>();
    Matcher uses = ADDRESS.matcher(all);
    while (uses.find()) {
      String name = uses.group(1);
      boolean set = environment.variables().containsKey(name)
          || Pattern.compile("\\b(setenv|setexpr|for) " + Pattern.quote(name) + "\\b").matcher(all).find();
      if (!set) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  boolean hasFlag() {
    return environment.header() == UbootEnvironment.Header.FLAG;
  }

  String assumption() {
    String built = " is what the build makes uboot.env of, taken to be " + environment.size() + " bytes long, with"
        + (hasFlag() ? "" : "out") + " a flag byte";
    return path + (source ? built : " is the first uboot.env") + (boots()
        ? "; U-Boot keeps its environment in that file" : "; it has no bootcmd, so U-Boot does not boot from it");
  }
}
