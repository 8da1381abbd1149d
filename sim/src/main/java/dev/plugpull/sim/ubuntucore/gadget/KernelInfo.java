package dev.plugpull.sim.ubuntucore.gadget;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The {@code meta/kernel.yaml} of a kernel snap: assets that gadgets take content from.
 *
 * @param assets by name
 * @param findings values of a wrong type and invalid names (Y1, C3)
 */
public record KernelInfo(SortedMap<String, Asset> assets, List<Finding> findings) {

  /** A kernel without the file. */
  public static final KernelInfo NONE = new KernelInfo(Collections.emptySortedMap(), List.of());

  static final Pattern ASSET_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*");

  /**
   * @param update a kernel update must also update the structures that use it
   * @param content paths in the kernel snap; a path stands for everything below it too
   */
  public record Asset(boolean update, List<String> content) {
    /** True if a path is part of this asset. */
    public boolean covers(String path) {
      return content.stream()
          .anyMatch(own -> path.equals(own) || path.startsWith(own.endsWith("/") ? own : own + "/"));
    }
  }

  /**
   * Parses a kernel.yaml.
   *
   * @throws UnreadableGadgetException if it is not YAML or beyond the bounds
   */
  public static KernelInfo parse(byte[] bytes, String file) {
    YamlDocument document = YamlDocument.parse(bytes, file);
    if (document.root() == null) {
      return NONE;
    }
    Findings findings = new Findings(file);
    SortedMap<String, Asset> assets = new TreeMap<>();
    YamlFields top = YamlFields.of(document.root(), "the kernel", findings);
    for (YamlNode.Entry entry : top.entries("assets")) {
      if (!ASSET_NAME.matcher(entry.key()).matches()) {
        findings.add(GadgetRule.C3, entry.line(), "asset name \"" + entry.key() + "\" is not valid",
            "use letters, digits and dashes");
      }
      YamlFields fields = YamlFields.of(entry.value(), "asset \"" + entry.key() + "\"", findings);
      assets.put(entry.key(), new Asset(fields.flag("update"), List.copyOf(fields.texts("content"))));
      fields.reportUnknown();
    }
    return new KernelInfo(Collections.unmodifiableSortedMap(assets), findings.list());
  }
}
