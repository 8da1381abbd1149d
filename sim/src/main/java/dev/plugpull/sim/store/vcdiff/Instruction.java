package dev.plugpull.sim.store.vcdiff;

import java.util.ArrayList;
import java.util.List;

/**
 * One instruction of a window.
 *
 * @param size in bytes; 0 if it follows the instruction
 * @param mode how the address of a copy is written
 */
record Instruction(Kind kind, int size, int mode) {

  /** What an instruction does. */
  enum Kind {
    ADD, RUN, COPY
  }

  private static final int MODES = 9;
  private static final int LONGEST_ADD = 17;
  private static final int SHORTEST_COPY = 4;
  private static final int LONGEST_COPY = 18;
  private static final int FIRST_SAME = 6;
  /** The default table: one or two instructions by their code (RFC 3284, 5.6). */
  static final List<List<Instruction>> TABLE = table();

  private static List<List<Instruction>> table() {
    List<List<Instruction>> table = new ArrayList<>();
    table.add(List.of(new Instruction(Kind.RUN, 0, 0)));
    for (int size = 0; size <= LONGEST_ADD; size++) {
      table.add(List.of(add(size)));
    }
    for (int mode = 0; mode < MODES; mode++) {
      table.add(List.of(copy(0, mode)));
      for (int size = SHORTEST_COPY; size <= LONGEST_COPY; size++) {
        table.add(List.of(copy(size, mode)));
      }
    }
    for (int mode = 0; mode < MODES; mode++) {
      for (int size = 1; size <= 4; size++) {
        for (int copied = SHORTEST_COPY; copied <= (mode < FIRST_SAME ? 6 : SHORTEST_COPY); copied++) {
          table.add(List.of(add(size), copy(copied, mode)));
        }
      }
    }
    for (int mode = 0; mode < MODES; mode++) {
      table.add(List.of(copy(SHORTEST_COPY, mode), add(1)));
    }
    return List.copyOf(table);
  }

  private static Instruction add(int size) {
    return new Instruction(Kind.ADD, size, 0);
  }

  private static Instruction copy(int size, int mode) {
    return new Instruction(Kind.COPY, size, mode);
  }
}
