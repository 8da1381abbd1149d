package dev.plugpull.sim.ubuntucore.gadget;

/**
 * What {@code meta/snap.yaml} or {@code snapcraft.yaml} says about the snap; every field may be empty.
 *
 * @param type {@code gadget}, {@code kernel}, ...
 * @param base such as {@code core22}
 */
public record SnapMetadata(String name, String version, String type, String base) {

  public static final SnapMetadata UNKNOWN = new SnapMetadata("", "", "", "");

  static SnapMetadata parse(byte[] bytes, String where) {
    YamlDocument document = YamlDocument.parse(bytes, where);
    if (!(document.root() instanceof YamlNode.Mapping)) {
      throw new UnreadableGadgetException(where, "it is not a map", "give the metadata of a snap");
    }
    YamlFields fields = YamlFields.of(document.root(), "the snap", new Findings(where));
    String base = fields.text("base");
    // A gadget built with "build-base" alone has type gadget and the base of its model; snapcraft names both.
    return new SnapMetadata(
        fields.text("name"),
        fields.text("version"),
        fields.text("type"),
        base.isEmpty() ? fields.text("build-base") : base);
  }
}
