package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootOutcome;
import java.util.List;
import java.util.Map;

/**
 * One run of GRUB from power-on to its end.
 *
 * @param outcome how it ended
 * @param output what it printed, lines ended by newlines
 * @param status the last value of {@code $?}
 * @param variables at the end, sorted
 * @param findings unknown commands that were met and syntax errors that were reached, each place once
 * @param steps virtual steps used
 */
public record GrubRun(
    BootOutcome outcome,
    String output,
    String status,
    Map<String, String> variables,
    List<GrubFinding> findings,
    long steps) {}
