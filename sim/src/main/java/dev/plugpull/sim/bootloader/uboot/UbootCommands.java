package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.uboot.CommandTable.Entry;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/** All commands that the model knows; a board has some of them. */
final class UbootCommands {

  private static final NavigableMap<String, Entry> ALL = build();

  private UbootCommands() {}

  static NavigableSet<String> names() {
    return ALL.navigableKeySet();
  }

  /** The commands of a board; names that the model does not know are left out, so that they behave as absent. */
  static CommandTable of(UbootBoard board) {
    Map<String, Entry> entries = new TreeMap<>();
    for (String name : board.commands()) {
      Entry entry = ALL.get(name);
      if (entry != null) {
        entries.put(name, entry.maxWords() > 0 ? entry : new Entry(name, entry.command(), board.maxArguments()));
      }
    }
    return new CommandTable(entries);
  }

  private static NavigableMap<String, Entry> build() {
    NavigableMap<String, Entry> all = new TreeMap<>();
    ShellCommands.addTo(all);
    EnvironmentCommands.addTo(all);
    FileCommands.addTo(all);
    MemoryCommands.addTo(all);
    DeviceCommands.addTo(all);
    BootCommands.addTo(all);
    return all;
  }

  /** Adds a command; {@code maxWords} 0 means as many as the build allows. */
  static void add(Map<String, Entry> all, String name, int maxWords, Command command) {
    all.put(name, new Entry(name, command, maxWords));
  }
}
