package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the text of a {@code gadget.yaml} into {@link GadgetInfo}.
 *
 * @param info what could be read
 * @param findings values of a wrong type, repeated and unknown keys (Y rules, and V13 and V9 where the form is wrong)
 */
public record GadgetYaml(GadgetInfo info, List<Finding> findings) {

  private static final long LARGEST_EDITION = 0xFFFF_FFFFL;
  private static final long FOUR_GIB = 4L << 30;

  /**
   * Parses a text.
   *
   * @param file path for messages
   * @throws UnreadableGadgetException if it is empty, or not YAML, or beyond the bounds
   */
  public static GadgetYaml parse(byte[] bytes, String file) {
    YamlDocument document = YamlDocument.parse(bytes, file);
    if (document.root() == null || document.root() instanceof YamlNode.Scalar scalar && scalar.isNull()) {
      throw new UnreadableGadgetException(file, "the file is empty", "describe the volumes of the gadget in it");
    }
    if (!(document.root() instanceof YamlNode.Mapping)) {
      throw new UnreadableGadgetException(
          file, "it is " + document.root().kind() + " and not a map", "begin with the key \"volumes:\"");
    }
    return new Reader(file).read(document);
  }

  private static final class Reader {
    private final String file;
    private final Findings findings;

    Reader(String file) {
      this.file = file;
      this.findings = new Findings(file);
    }

    GadgetYaml read(YamlDocument document) {
      for (YamlDocument.Duplicate twice : document.duplicates()) {
        findings.add(GadgetRule.Y2, twice.line(), "\"" + twice.key() + "\" is written twice, first in line "
            + twice.firstLine() + "; snapd takes the last", "keep one of them");
      }
      YamlFields top = YamlFields.of(document.root(), "the gadget", findings);
      GadgetInfo info =
          new GadgetInfo(
              file,
              volumes(top),
              assignments(top),
              Collections.unmodifiableSortedMap(defaults(top)),
              connections(top),
              commandLine(top));
      top.node("device-tree");
      top.node("device-tree-origin");
      top.reportUnknown();
      return new GadgetYaml(info, findings.list());
    }

    private List<Volume> volumes(YamlFields top) {
      List<Volume> volumes = new ArrayList<>();
      for (YamlNode.Entry entry : top.entries("volumes")) {
        volumes.add(volume(entry));
      }
      return List.copyOf(volumes);
    }

    private Volume volume(YamlNode.Entry entry) {
      if (entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull()) {
        findings.add(GadgetRule.V2, entry.line(), "volume \"" + entry.key() + "\" is empty",
            "describe its structures or remove it");
      }
      YamlFields fields = YamlFields.of(entry.value(), "volume \"" + entry.key() + "\"", findings);
      List<Structure> structures = new ArrayList<>();
      for (YamlNode item : fields.items("structure")) {
        structures.add(structure(item, structures.size()));
      }
      Volume volume =
          new Volume(
              entry.key(),
              fields.text("schema"),
              fields.text("bootloader"),
              fields.text("id"),
              List.copyOf(fields.texts("partial")),
              List.copyOf(structures),
              entry.line() == 0 ? entry.value().line() : entry.line());
      fields.reportUnknown();
      return volume;
    }

    private Structure structure(YamlNode item, int index) {
      YamlFields fields = YamlFields.of(item, "structure #" + index, findings);
      List<VolumeContent> content = new ArrayList<>();
      for (YamlNode node : fields.items("content")) {
        content.add(content(node));
      }
      Structure structure =
          new Structure(
              index,
              fields.text("name"),
              fields.text("filesystem-label"),
              fields.bytes("offset"),
              offsetWrite(fields),
              fields.bytes("min-size").orElse(0),
              fields.bytes("size").orElse(0),
              fields.text("type"),
              fields.text("role"),
              fields.text("id"),
              fields.text("filesystem"),
              List.copyOf(content),
              update(fields.node("update")),
              fields.lines());
      fields.reportUnknown();
      return structure;
    }

    private VolumeContent content(YamlNode node) {
      YamlFields fields = YamlFields.of(node, "a content entry", findings);
      // "source" and "target" are the keys of files, the others those of images.
      VolumeContent content =
          new VolumeContent(
              fields.text("source"),
              fields.text("target"),
              fields.text("image"),
              fields.bytes("offset"),
              fields.bytes("size").orElse(0),
              fields.flag("unpack"),
              fields.lines());
      fields.reportUnknown();
      return content;
    }

    private UpdateRules update(YamlNode node) {
      if (node == null) {
        return UpdateRules.NONE;
      }
      YamlFields fields = YamlFields.of(node, "\"update\"", findings);
      UpdateRules rules = new UpdateRules(edition(fields), List.copyOf(fields.texts("preserve")), fields.lines());
      fields.reportUnknown();
      return rules;
    }

    private long edition(YamlFields fields) {
      String text = fields.text("edition");
      if (text.isEmpty()) {
        return 0;
      }
      long number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
      if (number < 0 || number > LARGEST_EDITION) {
        findings.add(GadgetRule.Y1, fields.lines().of("edition"), "edition \"" + text
            + "\" is not a number from 0 to " + LARGEST_EDITION, "write a plain number and raise it with each update");
        return 0;
      }
      return number;
    }

    private Structure.OffsetWrite offsetWrite(YamlFields fields) {
      String text = fields.text("offset-write");
      if (text.isEmpty()) {
        return null;
      }
      int plus = text.indexOf('+');
      String relativeTo = plus < 0 ? "" : text.substring(0, plus);
      String why;
      try {
        long offset = Quantity.parse(text.substring(plus + 1));
        if (plus != 0 && offset <= FOUR_GIB) {
          return new Structure.OffsetWrite(relativeTo, offset);
        }
        why = plus == 0 ? "it names no structure before the plus sign" : "it is above 4 GiB";
      } catch (IllegalArgumentException e) {
        why = e.getMessage();
      }
      findings.add(GadgetRule.V13, fields.lines().of("offset-write"), "offset-write \"" + text + "\": " + why,
          "write NAME+NUMBER or NUMBER, such as mbr+92");
      return null;
    }

    private List<GadgetInfo.VolumeAssignment> assignments(YamlFields top) {
      List<GadgetInfo.VolumeAssignment> assignments = new ArrayList<>();
      for (YamlNode item : top.items("volume-assignments")) {
        YamlFields fields = YamlFields.of(item, "a volume assignment", findings);
        TreeMap<String, String> devices = new TreeMap<>();
        for (YamlNode.Entry entry : fields.entries("assignment")) {
          YamlFields device = YamlFields.of(entry.value(), "the assignment of \"" + entry.key() + "\"", findings);
          devices.put(entry.key(), device.text("device"));
          device.reportUnknown();
        }
        assignments.add(
            new GadgetInfo.VolumeAssignment(
                fields.text("assignment-name"), Collections.unmodifiableSortedMap(devices), item.line()));
        fields.reportUnknown();
      }
      return List.copyOf(assignments);
    }

    private TreeMap<String, Object> defaults(YamlFields top) {
      TreeMap<String, Object> defaults = new TreeMap<>();
      for (YamlNode.Entry entry : top.entries("defaults")) {
        boolean key = entry.key().equals("system") || entry.key().matches("[a-z0-9A-Z]{32}");
        if (!key) {
          findings.add(GadgetRule.V16, entry.line(), "defaults for \"" + entry.key()
              + "\", which is neither \"system\" nor a snap id", "use \"system\" or the 32 characters of the snap id");
        }
        if (!(entry.value() instanceof YamlNode.Mapping)) {
          findings.add(GadgetRule.Y1, entry.line(), "the defaults of \"" + entry.key() + "\" are "
              + entry.value().kind() + " and not a map", "write option: value below it");
        }
        defaults.put(entry.key(), plain(entry.value()));
      }
      return defaults;
    }

    private static Object plain(YamlNode node) {
      return switch (node) {
        case YamlNode.Scalar scalar -> scalar.isNull() ? "" : scalar.text();
        case YamlNode.Sequence sequence -> sequence.items().stream().map(Reader::plain).toList();
        case YamlNode.Mapping mapping -> {
          Map<String, Object> map = new LinkedHashMap<>();
          mapping.entries().forEach(entry -> map.put(entry.key(), plain(entry.value())));
          yield Collections.unmodifiableMap(map);
        }
      };
    }

    private List<GadgetInfo.Connection> connections(YamlFields top) {
      List<GadgetInfo.Connection> connections = new ArrayList<>();
      for (YamlNode item : top.items("connections")) {
        YamlFields fields = YamlFields.of(item, "a connection", findings);
        GadgetInfo.Connection connection =
            new GadgetInfo.Connection(fields.text("plug"), fields.text("slot"), item.line());
        checkEnd("plug", connection.plug(), fields.lines(), true);
        checkEnd("slot", connection.slot(), fields.lines(), false);
        connections.add(connection);
        fields.reportUnknown();
      }
      return List.copyOf(connections);
    }

    private void checkEnd(String end, String text, Lines lines, boolean needed) {
      if (text.isEmpty() ? needed : !text.matches("[^:]+:[^:]+")) {
        findings.add(GadgetRule.V16, lines.of(end), "the " + end + " of a connection is \"" + text
            + "\" and not SNAP-ID:NAME", "write the snap id or system, a colon and the name");
      }
    }

    private KernelCommandLine commandLine(YamlFields top) {
      YamlNode node = top.node("kernel-cmdline");
      if (node == null) {
        return KernelCommandLine.NONE;
      }
      YamlFields fields = YamlFields.of(node, "\"kernel-cmdline\"", findings);
      KernelCommandLine line =
          new KernelCommandLine(arguments(fields, "allow"), arguments(fields, "append"), arguments(fields, "remove"));
      fields.reportUnknown();
      return line;
    }

    private static List<KernelCommandLine.Argument> arguments(YamlFields fields, String key) {
      return fields.scalars(key).stream()
          .map(scalar -> new KernelCommandLine.Argument(scalar.text(), scalar.line()))
          .toList();
    }
  }
}
