package dev.plugpull.sim.rauc;

import dev.plugpull.sim.bootloader.uboot.EnvironmentStore;
import dev.plugpull.sim.bootloader.uboot.Uboot;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.slots.EnvironmentTool;
import dev.plugpull.sim.slots.SlotMachine;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** U-Boot with {@code BOOT_ORDER} and {@code BOOT_x_LEFT}; two copies of the environment. */
final class UbootSelection implements BootSelection {
  static final EnvironmentTool.Layout LAYOUT = new EnvironmentTool.Layout(0, 1536, 1536);
  private static final String ORDER = "BOOT_ORDER";

  private final RaucBoard board;
  private final Uboot loader;

  UbootSelection(RaucBoard board) {
    this.board = board;
    this.loader = new Uboot(UbootBoard.standard().withEnvironment(variables(board))
        .withStore(new EnvironmentStore.Raw(0, 1, "", LAYOUT.firstOffset(), LAYOUT.secondOffset()),
            UbootEnvironment.Header.FLAG, LAYOUT.bytes())
        .withDisk("mmc 0", 0));
  }

  static SortedMap<String, String> variables(RaucBoard board) {
    TreeMap<String, String> variables = new TreeMap<>();
    variables.put("bootcmd", script(board));
    variables.put("loadaddr", "1000000");
    variables.put(ORDER, "A B");
    variables.put(left(Slot.A), Integer.toString(RaucBoard.ATTEMPTS));
    variables.put(left(Slot.B), Integer.toString(RaucBoard.ATTEMPTS));
    return variables;
  }

  private static String left(Slot slot) {
    return "BOOT_" + slot + "_LEFT";
  }

  private static String script(RaucBoard board) {
    String both = board.has(RaucDeparture.BOTH_SLOTS_NEEDED)
        ? "if ext4load mmc 0:2 ${loadaddr} /boot/kernel; then true; else echo no slot A; exit; fi; "
            + "if ext4load mmc 0:3 ${loadaddr} /boot/kernel; then true; else echo no slot B; exit; fi; "
        : "";
    StringBuilder script = new StringBuilder(both).append("setenv part; for s in ${BOOT_ORDER}; do ");
    for (Slot slot : Slot.values()) {
      script.append("if test \"x${part}\" = x; then if test ${s} = ").append(slot).append("; then if test 0x${")
          .append(left(slot)).append("} -gt 0; then setenv part ").append(slot.partition).append("; ")
          .append(count(board, slot))
          .append("fi; fi; fi; ");
    }
    String end = board.has(RaucDeparture.STOPS_AT_EMPTY_SLOT) ? "echo cannot load" : "reset";
    return script.append("done; if test \"x${part}\" = x; then setenv BOOT_A_LEFT 3; setenv BOOT_B_LEFT 3; saveenv;"
        + " reset; fi; if ext4load mmc 0:${part} ${loadaddr} /boot/kernel; then setenv bootargs root=${part};"
        + " bootz ${loadaddr}; fi; ").append(end).toString();
  }

  private static String count(RaucBoard board, Slot slot) {
    String down = "setexpr " + left(slot) + " ${" + left(slot) + "} - 1; saveenv; ";
    return switch (board.counting()) {
      case EVERY_BOOT -> down;
      case TRIALS -> "if test ${" + left(slot) + "} != " + RaucBoard.PROVEN + "; then " + down + "fi; ";
      case NOTHING -> "";
    };
  }

  private String proven() {
    int left = board.counting() == RaucBoard.Counting.TRIALS ? RaucBoard.PROVEN : RaucBoard.ATTEMPTS;
    return Integer.toString(left);
  }

  private EnvironmentTool tool(SlotMachine machine) {
    return new EnvironmentTool(machine.volume(RaucDevice.BOOT), LAYOUT, variables(board));
  }

  @Override
  public Loaded load(SlotMachine machine) {
    machine.actor("U-Boot");
    machine.loaderPoint("R7");
    return RaucDevice.loaded(loader.powerOn(machine).outcome());
  }

  @Override
  public boolean good(SlotMachine machine, Slot slot) {
    EnvironmentTool tool = tool(machine);
    return tool.get(ORDER).contains(slot.name()) && !tool.get(left(slot)).equals("0");
  }

  @Override
  public void markBad(SlotMachine machine, Slot slot) {
    String order = tool(machine).get(ORDER).replace(slot.name(), "").strip();
    tool(machine).set(machine, "R2.order", Map.of(ORDER, order));
    tool(machine).set(machine, "R2", Map.of(left(slot), "0"));
  }

  @Override
  public void setPrimary(SlotMachine machine, Slot slot) {
    tool(machine).set(machine, "R5", Map.of(left(slot), Integer.toString(RaucBoard.ATTEMPTS)));
    tool(machine).set(machine, "R6", Map.of(ORDER, slot + " " + slot.other()));
  }

  @Override
  public void markGood(SlotMachine machine, Slot slot) {
    if (!tool(machine).get(left(slot)).equals(proven())) {
      tool(machine).set(machine, "R8", Map.of(left(slot), proven()));
    }
  }
}
