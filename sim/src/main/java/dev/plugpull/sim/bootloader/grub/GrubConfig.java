package dev.plugpull.sim.bootloader.grub;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A build of GRUB and where it was started from: what the script cannot say itself.
 *
 * @param variant whose patches the build carries
 * @param prefix device and folder of its files, such as {@code (hd0,gpt2)/EFI/ubuntu}
 * @param embedded a script inside the core image, run by the rescue parser before normal mode; empty if none
 * @param partitionStyle how the firmware's disks are partitioned: {@code gpt} or {@code msdos}
 * @param extraCommands commands that this build has beyond the usual ones, such as {@code increment}
 * @param missingCommands commands that this build lacks: using one is an unknown command
 * @param variables set before any script runs
 * @param maxSteps commands (and seconds slept) after which a run counts as endless
 */
public record GrubConfig(
    Variant variant,
    String prefix,
    String embedded,
    String partitionStyle,
    Set<String> extraCommands,
    Set<String> missingCommands,
    Map<String, String> variables,
    long maxSteps) {

  /** Whose GRUB. */
  public enum Variant {
    /** As released, and as Debian and Ubuntu build it. */
    STOCK,
    /** Fedora and its kin (rhboot): blscfg, increment, decrement; the default may name several words. */
    FEDORA,
    /** SUSE: blscfg, btrfs-mount-subvol. */
    SUSE
  }

  private static final long MAX_STEPS = 100_000;

  public GrubConfig {
    extraCommands = Set.copyOf(extraCommands);
    missingCommands = Set.copyOf(missingCommands);
    variables = java.util.Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /** The stock build started from a folder. */
  public static GrubConfig stock(String prefix) {
    return new GrubConfig(Variant.STOCK, prefix, "", "gpt", Set.of(), Set.of(), Map.of(), MAX_STEPS);
  }

  /** Fedora's build started from a folder. */
  public static GrubConfig fedora(String prefix) {
    Set<String> more = Set.of("blscfg", "bls_import", "increment", "decrement");
    return new GrubConfig(Variant.FEDORA, prefix, "", "gpt", more, Set.of(), Map.of(), MAX_STEPS);
  }

  /** SUSE's build started from a folder. */
  public static GrubConfig suse(String prefix) {
    Set<String> more = Set.of("blscfg", "btrfs-mount-subvol", "btrfs-list-subvols", "btrfs-get-default-subvol");
    return new GrubConfig(Variant.SUSE, prefix, "", "gpt", more, Set.of(), Map.of(), MAX_STEPS);
  }

  /** The same build without some commands, as where their module is not in the signed image. */
  public GrubConfig without(String... commands) {
    Set<String> missing = new TreeSet<>(missingCommands);
    missing.addAll(Set.of(commands));
    return new GrubConfig(
        variant, prefix, embedded, partitionStyle, extraCommands, missing, variables, maxSteps);
  }

  /** The same build with more commands. */
  public GrubConfig with(String... commands) {
    Set<String> more = new TreeSet<>(extraCommands);
    more.addAll(Set.of(commands));
    return new GrubConfig(variant, prefix, embedded, partitionStyle, more, missingCommands, variables, maxSteps);
  }

  public GrubConfig withEmbedded(String script) {
    return new GrubConfig(
        variant, prefix, script, partitionStyle, extraCommands, missingCommands, variables, maxSteps);
  }

  public GrubConfig withPartitionStyle(String style) {
    return new GrubConfig(
        variant, prefix, embedded, style, extraCommands, missingCommands, variables, maxSteps);
  }

  public GrubConfig withVariable(String name, String value) {
    Map<String, String> more = new TreeMap<>(variables);
    more.put(name, value);
    return new GrubConfig(
        variant, prefix, embedded, partitionStyle, extraCommands, missingCommands, more, maxSteps);
  }

  public GrubConfig withMaxSteps(long steps) {
    return new GrubConfig(
        variant, prefix, embedded, partitionStyle, extraCommands, missingCommands, variables, steps);
  }

  /** True if this build has the command. */
  public boolean has(String command) {
    return !missingCommands.contains(command)
        && (CommandTable.STANDARD.containsKey(command) || extraCommands.contains(command));
  }
}
