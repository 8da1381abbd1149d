package dev.plugpull.sim.slots;

import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Copy;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code fw_setenv} and {@code fw_printenv} on raw sectors ({@code bootloaders.md} 2.1): reads by U-Boot's rule, writes
 * the copy that is not in use, and syncs. A single copy is overwritten in place.
 */
public final class EnvironmentTool {
  private final LiveVolume volume;
  private final Layout layout;
  private final SortedMap<String, String> defaults;

  /**
   * Where the environment is.
   *
   * @param secondOffset of the second copy, negative for a single one
   * @param bytes of one copy
   */
  public record Layout(long firstOffset, long secondOffset, int bytes) {
    public boolean redundant() {
      return secondOffset >= 0;
    }

    Header header() {
      return redundant() ? Header.FLAG : Header.PLAIN;
    }

    /** A partition's first bytes with one good copy. */
    public byte[] fresh(Map<String, String> variables) {
      byte[] partition = new byte[(int) Math.max(firstOffset, secondOffset) + bytes];
      byte[] image = new UbootEnvironment(new TreeMap<>(variables), header(), 1, bytes).image();
      System.arraycopy(image, 0, partition, (int) firstOffset, bytes);
      return partition;
    }
  }

  /**
   * The tool.
   *
   * @param defaults what it writes beside the changed variables where no copy is readable: what was built into it
   */
  public EnvironmentTool(LiveVolume volume, Layout layout, SortedMap<String, String> defaults) {
    this.volume = volume;
    this.layout = layout;
    this.defaults = defaults;
  }

  /**
   * Fingerprint of what counts of a partition: serials by which copy is newer, bad copies as bad, and a boot counter up
   * to the value from which on the loader treats all alike (<em>clamp</em>).
   */
  public static Hash128 canonical(VolumeState state, Layout layout, String counter, int most) {
    LiveVolume partition = state.open();
    byte[] first = partition.readRaw(layout.firstOffset(), layout.bytes());
    if (!layout.redundant()) {
      return Hash128.of(words(first, layout, counter, most));
    }
    byte[] second = partition.readRaw(layout.secondOffset(), layout.bytes());
    return Hash128.of(words(first, layout, counter, most) + "|" + words(second, layout, counter, most) + "|"
        + UbootEnvironment.choose(first, second));
  }

  private static String words(byte[] copy, Layout layout, String counter, int most) {
    if (!UbootEnvironment.crcIsGood(copy, layout.header())) {
      return "bad";
    }
    return UbootEnvironment.read(copy, layout.header()).map(found -> {
      TreeMap<String, String> variables = new TreeMap<>(found.variables());
      variables.computeIfPresent(counter, (name, value) ->
          value.matches("[0-9]{1,6}") ? Integer.toString(Math.min(most, Integer.parseInt(value))) : value);
      return variables.toString();
    }).orElse("malformed");
  }

  private byte[] copy(Copy which) {
    return volume.readRaw(which == Copy.SECOND ? layout.secondOffset() : layout.firstOffset(), layout.bytes());
  }

  private Copy active() {
    if (!layout.redundant()) {
      return UbootEnvironment.crcIsGood(copy(Copy.FIRST), Header.PLAIN) ? Copy.FIRST : Copy.NONE;
    }
    return UbootEnvironment.choose(copy(Copy.FIRST), copy(Copy.SECOND));
  }

  /** The stored variables; the built-in ones if no copy is readable. */
  public SortedMap<String, String> read() {
    Copy active = active();
    return active == Copy.NONE ? new TreeMap<>(defaults)
        : UbootEnvironment.read(copy(active), layout.header())
            .map(found -> new TreeMap<>(found.variables())).orElseGet(() -> new TreeMap<>(defaults));
  }

  public String get(String name) {
    return read().getOrDefault(name, "");
  }

  /** Sets variables in one commit; an empty value removes one. */
  public void set(SlotMachine machine, String point, Map<String, String> changes) {
    Copy active = active();
    int flag = active == Copy.NONE || !layout.redundant() ? 0 : copy(active)[4] & 0xFF;
    SortedMap<String, String> variables = read();
    changes.forEach((name, value) -> {
      if (value.isEmpty()) {
        variables.remove(name);
      } else {
        variables.put(name, value);
      }
    });
    byte[] image = new UbootEnvironment(new TreeMap<>(variables), layout.header(), flag + 1 & 0xFF, layout.bytes())
        .image();
    boolean toSecond = layout.redundant() && active == Copy.FIRST;
    volume.writeRaw(toSecond ? layout.secondOffset() : layout.firstOffset(), image);
    machine.point(point + ".written", machine.tracing() ? "fw_setenv writes " + new TreeMap<>(changes) : "");
    volume.fsyncRaw();
    machine.point(point, machine.tracing() ? "fw_setenv syncs " + new TreeMap<>(changes) : "");
  }
}
