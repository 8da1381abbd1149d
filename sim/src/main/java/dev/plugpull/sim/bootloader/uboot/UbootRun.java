package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootOutcome;
import java.util.List;

/**
 * What came of one power-on.
 *
 * @param outcome how it ended
 * @param findings in the order in which they came up, each once
 * @param console everything that was printed
 * @param bootCount the boot counter afterwards, to be kept over a warm reset if its store survives one
 */
public record UbootRun(BootOutcome outcome, List<UbootFinding> findings, String console, int bootCount) {}
