package dev.plugpull.conformance.certify;

import dev.plugpull.reports.Finding;
import dev.plugpull.sim.ubuntucore.BootChain;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.GadgetAssets;
import dev.plugpull.sim.ubuntucore.gadget.GadgetCompatibility;
import dev.plugpull.sim.ubuntucore.gadget.GadgetInfo;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The device that runs an older gadget and is offered the one that is certified ({@code --from}). */
final class RefreshBoard {
  private RefreshBoard() {}

  /** Why snapd would refuse the new gadget on devices with the old one: the U rules. */
  static List<Finding> findings(Path from, GadgetInfo next, Target target, String architecture) {
    try (GadgetPackage old = GadgetPackage.open(from, architecture)) {
      return GadgetFindings.ofYaml(
          old.files().origin(), GadgetCompatibility.check(old.yaml().info(), next, target));
    }
  }

  static String digest(Path from, String architecture) throws IOException {
    try (GadgetPackage old = GadgetPackage.open(from, architecture)) {
      return Digests.of(old.files());
    }
  }

  /**
   * Builds it.
   *
   * @throws GadgetBoard.NotModelled if boot loader or layout of the old gadget are not modelled
   */
  static GadgetBoard read(
      Path from, GadgetPackage gadget, GadgetInfo info, Target target, String architecture, BoardOptions options)
      throws GadgetBoard.NotModelled {
    try (GadgetPackage old = GadgetPackage.open(from, architecture)) {
      GadgetYaml yaml = old.yaml();
      GadgetBoard device = BoardReader.read(old, yaml.info(), target, options);
      List<String> assumptions = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      GadgetAssets assets = AssetReader.read(old, yaml.info(), gadget, info, target, assumptions, missing);
      BootChain chain = ChainReader.read(device.board(), assets, assumptions);
      CoreBoard twin = device.reference();
      return new GadgetBoard(
          device.board().withAssets(assets, chain), twin.withAssets(fixed(assets, device.board(), twin), chain),
          device.loaderTitle(), device.scripts(), device.findings(), told(assumptions), told(missing));
    }
  }

  /** The twin keeps the reference script through the refresh. */
  private static GadgetAssets fixed(GadgetAssets assets, CoreBoard board, CoreBoard twin) {
    GadgetAssets result = assets;
    for (int i = 0; i < 2; i++) {
      CoreBoard.Partition own = i == 0 ? board.seed() : board.boot();
      CoreBoard.Partition other = i == 0 ? twin.seed() : twin.boot();
      if (own != null) {
        for (var file : other.files().entrySet()) {
          if (!file.getValue().equals(own.files().get(file.getKey()))) {
            result = result.withFixed(file.getKey(), file.getValue());
          }
        }
      }
    }
    return result;
  }

  private static List<String> told(List<String> lines) {
    return lines.stream().map(l -> l.startsWith("gadget refresh") ? l : "gadget refresh: " + l).distinct().toList();
  }
}
