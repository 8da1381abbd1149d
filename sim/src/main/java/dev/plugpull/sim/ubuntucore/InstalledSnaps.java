package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.media.Content;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What installed snaps have on the data partition: blobs, units, mount points, data, assertions and records. */
final class InstalledSnaps {

  private InstalledSnaps() {}

  /** A snap in the revisions that it went through, the last one current. */
  static void put(Ext4 data, CoreSetup names, Part part) {
    String name = names.name(part);
    for (int revision : Installer.REVISIONS) {
      String unit = "snap-" + name + "-" + revision + ".mount";
      data.with(Initramfs.SNAPS + names.blob(part, revision), names.snap(part, revision));
      data.with(SnapTasks.UNITS + "/" + unit, Content.opaque("unit " + unit, 300));
      data.withSymlink(SnapTasks.UNITS + "/" + unit, SnapTasks.WANTS + "/" + unit);
      data.withDirectory("/snap/" + name + "/" + revision);
      data.with("/var/snap/" + name + "/" + revision + "/data",
          part.isApp() ? App.data(name, revision) : Content.opaque("data of " + name, 8192));
      for (String type : List.of("snap-declaration", "snap-revision")) {
        data.with(
            "/var/lib/snapd/assertions/asserts-v0/" + type + "/" + names.snapName(part) + "-" + revision,
            Content.opaque(type + " of " + names.released(part, revision), 1500));
      }
    }
    String current = Integer.toString(Revisions.OLD);
    data.withSymlink(current, "/snap/" + name + "/current").withSymlink(current, "/var/snap/" + name + "/current");
    data.with(
        "/var/lib/snapd/sequence/" + name + ".json",
        Content.text("{\"sequence\":" + Installer.REVISIONS + ",\"current\":\"" + current + "\"}"));
    if (part.isApp()) {
      app(data, name);
    }
  }

  private static void app(Ext4 data, String name) {
    String unit = SnapTasks.UNITS + "/" + App.unit(name);
    data.with(unit, App.unit(name, Revisions.OLD));
    data.withSymlink(unit, SnapTasks.WANTS + "/" + App.unit(name));
    data.withSymlink("/usr/bin/snap", App.wrapper(name));
    data.withSymlink(name, App.alias(name));
  }

  /** snapd's state of a device on which nothing goes on. */
  static SnapdRecord record(List<Part> parts, boolean modes) {
    Map<Part, SnapdRecord.Snap> snaps = new EnumMap<>(Part.class);
    for (Part part : parts) {
      snaps.put(part, new SnapdRecord.Snap(Revisions.OLD, true, Installer.REVISIONS));
    }
    return new SnapdRecord(snaps, null, "", "", "", 0, modes ? DeviceRecord.installed() : DeviceRecord.NONE);
  }
}
