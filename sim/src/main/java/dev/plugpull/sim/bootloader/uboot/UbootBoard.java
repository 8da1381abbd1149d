package dev.plugpull.sim.bootloader.uboot;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was built into a board's U-Boot. {@link #standard()} is a sensible build; each method gives a changed copy.
 *
 * @param name for reports
 * @param shell which hush
 * @param environment the built-in default environment
 * @param store where the environment is kept
 * @param header header of stored environments, and of {@code env import -c} and {@code env export -c}
 * @param environmentSize size of one stored copy in bytes, header included
 * @param commands names of the commands the build has
 * @param bootCounter where boots are counted
 * @param watchdog a hardware watchdog runs that only a started system feeds
 * @param resetsAtPrompt the board resets instead of waiting at a prompt
 * @param disks what {@code mmc 1} and the like mean as a disk number; a device not named here is taken to be disk 0
 * when
 *     the map is empty, and absent otherwise
 * @param bootablePartitions what {@code part list -bootable} finds; empty for every partition
 * @param maxArguments words a command may have
 * @param stepLimit steps after which a run counts as endless
 */
public record UbootBoard(
    String name,
    HushRules shell,
    NavigableMap<String, String> environment,
    EnvironmentStore store,
    UbootEnvironment.Header header,
    int environmentSize,
    NavigableSet<String> commands,
    BootCounter bootCounter,
    boolean watchdog,
    boolean resetsAtPrompt,
    NavigableMap<String, Integer> disks,
    List<Integer> bootablePartitions,
    int maxArguments,
    long stepLimit) {

  /** Where boots are counted ({@code bootloaders.md} 2.2). */
  public enum BootCounter {
    NONE,
    /** In the environment: counts only while {@code upgrade_available} is not 0, and saves on every boot. */
    ENVIRONMENT,
    /** In a register or RAM that a warm reset keeps and a power cut clears. */
    VOLATILE,
    /** In a device that keeps it: RTC memory, EEPROM. */
    PERSISTENT
  }

  public UbootBoard {
    environment = Collections.unmodifiableNavigableMap(new TreeMap<>(environment));
    commands = Collections.unmodifiableNavigableSet(new TreeSet<>(commands));
    disks = Collections.unmodifiableNavigableMap(new TreeMap<>(disks));
    bootablePartitions = List.copyOf(bootablePartitions);
  }

  /** A build as most vendors ship it: old hush, distro boot, no stored environment, all usual commands. */
  public static UbootBoard standard() {
    return new UbootBoard("standard", HushRules.OLD, new TreeMap<>(StandardBoot.environment()),
        new EnvironmentStore.Nowhere(),
        UbootEnvironment.Header.PLAIN, 0x2000, UbootCommands.names(), BootCounter.NONE, false, false,
        new TreeMap<>(), List.of(), 64, 200_000);
  }

  public UbootBoard named(String changed) {
    return new UbootBoard(changed, shell, environment, store, header, environmentSize, commands, bootCounter, watchdog,
        resetsAtPrompt, disks, bootablePartitions, maxArguments, stepLimit);
  }

  public UbootBoard withShell(HushRules changed) {
    return new UbootBoard(name, changed, environment, store, header, environmentSize, commands, bootCounter, watchdog,
        resetsAtPrompt, disks, bootablePartitions, maxArguments, stepLimit);
  }

  /** Replaces the whole default environment. */
  public UbootBoard withEnvironment(Map<String, String> changed) {
    return new UbootBoard(name, shell, new TreeMap<>(changed), store, header, environmentSize, commands, bootCounter,
        watchdog, resetsAtPrompt, disks, bootablePartitions, maxArguments, stepLimit);
  }

  /** Sets one variable of the default environment; an empty value removes it. */
  public UbootBoard with(String variable, String value) {
    NavigableMap<String, String> changed = new TreeMap<>(environment);
    if (value.isEmpty()) {
      changed.remove(variable);
    } else {
      changed.put(variable, value);
    }
    return withEnvironment(changed);
  }

  /** Says where the environment is stored, with which header and size. */
  public UbootBoard withStore(EnvironmentStore changed, UbootEnvironment.Header style, int size) {
    return new UbootBoard(name, shell, environment, changed, style, size, commands, bootCounter, watchdog,
        resetsAtPrompt, disks, bootablePartitions, maxArguments, stepLimit);
  }

  /** Replaces the set of commands. */
  public UbootBoard withCommands(Iterable<String> changed) {
    NavigableSet<String> names = new TreeSet<>();
    changed.forEach(names::add);
    return new UbootBoard(name, shell, environment, store, header, environmentSize, names, bootCounter, watchdog,
        resetsAtPrompt, disks, bootablePartitions, maxArguments, stepLimit);
  }

  /** The same build without some commands. */
  public UbootBoard without(String... removed) {
    NavigableSet<String> names = new TreeSet<>(commands);
    for (String command : removed) {
      names.remove(command);
    }
    return withCommands(names);
  }

  public UbootBoard withBootCounter(BootCounter changed) {
    return new UbootBoard(name, shell, environment, store, header, environmentSize, commands, changed, watchdog,
        resetsAtPrompt, disks, bootablePartitions, maxArguments, stepLimit);
  }

  public UbootBoard withWatchdog(boolean changed) {
    return new UbootBoard(name, shell, environment, store, header, environmentSize, commands, bootCounter, changed,
        resetsAtPrompt, disks, bootablePartitions, maxArguments, stepLimit);
  }

  public UbootBoard withResetAtPrompt(boolean changed) {
    return new UbootBoard(name, shell, environment, store, header, environmentSize, commands, bootCounter, watchdog,
        changed, disks, bootablePartitions, maxArguments, stepLimit);
  }

  /** Says that a device such as {@code mmc 1} is a certain disk. */
  public UbootBoard withDisk(String device, int disk) {
    NavigableMap<String, Integer> changed = new TreeMap<>(disks);
    changed.put(device, disk);
    return new UbootBoard(name, shell, environment, store, header, environmentSize, commands, bootCounter, watchdog,
        resetsAtPrompt, changed, bootablePartitions, maxArguments, stepLimit);
  }

  public UbootBoard withBootablePartitions(List<Integer> changed) {
    return new UbootBoard(name, shell, environment, store, header, environmentSize, commands, bootCounter, watchdog,
        resetsAtPrompt, disks, changed, maxArguments, stepLimit);
  }

  public UbootBoard withMaxArguments(int changed) {
    return new UbootBoard(name, shell, environment, store, header, environmentSize, commands, bootCounter, watchdog,
        resetsAtPrompt, disks, bootablePartitions, changed, stepLimit);
  }

  public UbootBoard withStepLimit(long changed) {
    return new UbootBoard(name, shell, environment, store, header, environmentSize, commands, bootCounter, watchdog,
        resetsAtPrompt, disks, bootablePartitions, maxArguments, changed);
  }
}
