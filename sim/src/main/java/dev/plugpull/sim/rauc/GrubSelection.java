package dev.plugpull.sim.rauc;

import dev.plugpull.sim.bootloader.grub.Grub;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import dev.plugpull.sim.bootloader.grub.GrubEnvironment;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotWrites;
import java.util.Map;
import java.util.TreeMap;

/** GRUB with {@code ORDER}, {@code x_OK} and {@code x_TRY} in its environment file. */
final class GrubSelection implements BootSelection {
  static final String ENVIRONMENT = "/grub/grubenv";
  static final String CONFIGURATION = "/grub/grub.cfg";

  private final RaucBoard board;
  private final Grub loader = new Grub(GrubConfig.stock("(hd0,gpt1)/grub"));

  GrubSelection(RaucBoard board) {
    this.board = board;
  }

  /** The environment of a new device. */
  static Content fresh() {
    return block(new TreeMap<>(Map.of("ORDER", "A B", "A_OK", "1", "B_OK", "1", "A_TRY", "0", "B_TRY", "0")));
  }

  private static Content block(Map<String, String> variables) {
    GrubEnvironment block = GrubEnvironment.empty();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      block = block.set(variable.getKey(), variable.getValue()).orElseThrow();
    }
    return block.content();
  }

  /** A slot is tried once; the rescue entry only restarts. */
  static String configuration(RaucBoard.Counting counting) {
    StringBuilder script = new StringBuilder("set default=0\nset timeout=0\nset fallback=0\nload_env\n"
        + "if [ -z \"$ORDER\" ]; then\n  ORDER=\"A B\"\n  A_OK=1\n  B_OK=1\n  A_TRY=0\n  B_TRY=0\nfi\n"
        + "for SLOT in $ORDER; do\n");
    for (Slot slot : Slot.values()) {
      script.append("  if [ \"$SLOT\" = \"").append(slot).append("\" ]; then\n    INDEX=").append(slot.ordinal() + 1)
          .append("\n    OK=$").append(slot).append("_OK\n    TRY=$").append(slot).append("_TRY\n")
          .append(count(counting, slot)).append("  fi\n");
    }
    script.append("  if [ \"$OK\" -ge 1 -a \"$TRY\" -eq 0 ]; then\n    default=$INDEX\n    break\n  fi\ndone\n"
        + "if [ \"$default\" -eq 0 ]; then\n");
    for (Slot slot : Slot.values()) {
      script.append("  if [ \"$").append(slot).append("_OK\" -ge 1 -a \"$").append(slot)
          .append("_TRY\" -eq 1 ]; then\n    ").append(slot).append("_TRY=0\n  fi\n");
    }
    script.append("fi\nsave_env A_TRY A_OK B_TRY B_OK ORDER\nmenuentry \"rescue\" {\n  reboot\n}\n");
    for (Slot slot : Slot.values()) {
      script.append("menuentry \"").append(slot).append("\" {\n  linux (hd0,gpt").append(slot.partition)
          .append(")/boot/kernel root=").append(slot.partition).append("\n}\n");
    }
    return script.toString();
  }

  private static String count(RaucBoard.Counting counting, Slot slot) {
    return switch (counting) {
      case EVERY_BOOT -> "    " + slot + "_TRY=1\n";
      case TRIALS -> "    if [ \"$" + slot + "_OK\" -lt 2 ]; then\n      " + slot + "_TRY=1\n    fi\n";
      case NOTHING -> "";
    };
  }

  @Override
  public Loaded load(SlotMachine machine) {
    machine.actor("GRUB");
    machine.loaderPoint("R7");
    return RaucDevice.loaded(loader.boot(machine).outcome());
  }

  private static Map<String, String> read(SlotMachine machine) {
    Content content = machine.volume(RaucDevice.BOOT).tree().content(ENVIRONMENT);
    return content == null ? Map.of()
        : GrubEnvironment.grub(content).map(GrubEnvironment::variables).orElse(Map.of());
  }

  /** {@code grub-editenv}: truncates, writes, syncs; it makes no missing file. */
  private void set(SlotMachine machine, String point, Map<String, String> changes) {
    LiveVolume boot = machine.volume(RaucDevice.BOOT);
    if (!boot.tree().exists(ENVIRONMENT)) {
      machine.step("grub-editenv: there is no " + ENVIRONMENT);
      return;
    }
    TreeMap<String, String> variables = new TreeMap<>(read(machine));
    variables.putAll(changes);
    if (board.inPlace()) {
      SlotWrites.inPlace(machine, point, boot, ENVIRONMENT, block(variables));
      return;
    }
    boot.truncate(ENVIRONMENT);
    machine.point(point + ".truncated", "grub-editenv opens the environment");
    boot.write(ENVIRONMENT, block(variables));
    boot.close(ENVIRONMENT);
    machine.point(point + ".written", "grub-editenv writes " + new TreeMap<>(changes));
    boot.fsync(ENVIRONMENT);
    machine.point(point, "grub-editenv syncs " + new TreeMap<>(changes));
  }

  @Override
  public boolean good(SlotMachine machine, Slot slot) {
    Map<String, String> variables = read(machine);
    return variables.getOrDefault(slot + "_OK", "0").matches("[12]")
        && variables.getOrDefault(slot + "_TRY", "1").equals("0");
  }

  @Override
  public void markBad(SlotMachine machine, Slot slot) {
    set(machine, "R2", Map.of(slot + "_OK", "0", slot + "_TRY", "0"));
  }

  @Override
  public void setPrimary(SlotMachine machine, Slot slot) {
    set(machine, "R6", Map.of(slot + "_OK", "1", slot + "_TRY", "0", "ORDER", slot + " " + slot.other()));
  }

  @Override
  public void markGood(SlotMachine machine, Slot slot) {
    String proven = board.counting() == RaucBoard.Counting.TRIALS ? "2" : "1";
    Map<String, String> variables = read(machine);
    boolean marked = variables.getOrDefault(slot + "_OK", "").equals(proven)
        && variables.getOrDefault(slot + "_TRY", "").equals("0");
    if (!marked) {
      set(machine, "R8", Map.of(slot + "_OK", proven, slot + "_TRY", "0"));
    }
  }
}
