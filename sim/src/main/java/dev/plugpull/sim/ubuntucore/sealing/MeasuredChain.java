package dev.plugpull.sim.ubuntucore.sealing;

import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * A boot chain as snapd keeps it (specification section 6.2): boot loaders that start each other, then a kernel.
 *
 * @param assets boot loaders in the order in which they run
 * @param kernel blob name of the kernel snap
 * @param image fingerprint of the kernel's EFI program
 * @param commandLines every command line that this kernel may get
 */
public record MeasuredChain(List<Asset> assets, String kernel, Hash128 image, List<String> commandLines) {

  public MeasuredChain {
    assets = List.copyOf(assets);
    commandLines = List.copyOf(commandLines);
  }

  /**
   * One boot loader of a chain.
   *
   * @param name role and file name, such as {@code recovery:bootx64.efi}
   * @param hashes what may lie on the disk: the old one and, while it is replaced, the new one behind it
   */
  public record Asset(String name, List<Hash128> hashes) {
    public Asset {
      hashes = List.copyOf(hashes);
    }
  }

  /**
   * The registers after the kernel started, for each combination that can lie on the disk: what runs later is replaced
   * first, so behind a new loader there is never an old one.
   */
  List<Pcrs> started() {
    List<Pcrs> result = new ArrayList<>();
    start(0, Pcrs.RESET, false, result);
    return result;
  }

  private void start(int at, Pcrs pcrs, boolean behindNew, List<Pcrs> result) {
    if (at == assets.size()) {
      result.add(pcrs.started(image));
      return;
    }
    List<Hash128> hashes = assets.get(at).hashes();
    for (int i = 0; i < hashes.size(); i++) {
      boolean replaced = i == 0 && hashes.size() == 2 && behindNew;
      if (!replaced) {
        start(at + 1, pcrs.started(hashes.get(i)), behindNew || i == 1, result);
      }
    }
  }

  String text() {
    return assets + " " + kernel + " " + commandLines;
  }
}
