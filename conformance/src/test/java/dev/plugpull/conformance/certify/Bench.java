package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.explore.Progress;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.BootChain;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.GadgetAssets;
import dev.plugpull.sim.ubuntucore.Platform;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gadgets on the workbench of a test: read, run without a fault, explored a little, blamed. */
final class Bench {
  private Bench() {}

  /** The repository's root, wherever the test runs. */
  static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("examples/gadgets"))) {
        return folder;
      }
    }
    throw new IllegalStateException("cannot find examples/gadgets above " + Path.of("").toAbsolutePath());
  }

  static Path good(String name) {
    return root().resolve("examples/gadgets/good").resolve(name);
  }

  static Path broken(String name) {
    return root().resolve("examples/gadgets/broken").resolve(name);
  }

  static List<String> names(String expectation) throws IOException {
    try (Stream<Path> folders = Files.list(root().resolve("examples/gadgets").resolve(expectation))) {
      return folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  static GadgetBoard board(Path folder) {
    return board(folder, BoardOptions.DEFAULT);
  }

  static GadgetBoard board(Path folder, BoardOptions options) {
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      GadgetYaml yaml = gadget.yaml();
      return BoardReader.read(gadget, yaml.info(), Target.infer(yaml.info(), gadget.metadata().base(), false), options);
    } catch (GadgetBoard.NotModelled e) {
      throw new AssertionError("no device can be built from " + folder, e);
    }
  }

  /** The device with the older edition of an example gadget, which is offered the newer one. */
  static GadgetBoard refreshed(String name) {
    Path newer = Files.isDirectory(good(name)) ? good(name) : broken(name);
    Path older = root().resolve("examples/gadgets/older").resolve(name);
    try (GadgetPackage gadget = GadgetPackage.open(newer, "")) {
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.infer(yaml.info(), gadget.metadata().base(), false);
      return RefreshBoard.read(older, gadget, yaml.info(), target, "", BoardOptions.DEFAULT);
    } catch (GadgetBoard.NotModelled e) {
      throw new AssertionError("no device can be built from " + older, e);
    }
  }

  /** A Pi whose kernel brings a device tree, which the firmware reads on the seed. */
  static GadgetBoard piWithDeviceTree() {
    GadgetAssets.Asset tree = new GadgetAssets.Asset("/bcm2711-rpi-4-b.dtb", Content.opaque("device tree of 3", 50_000),
        Content.opaque("device tree of 4", 50_000), GadgetAssets.Rule.REPLACED);
    GadgetAssets assets = new GadgetAssets(List.of(),
        List.of(new GadgetAssets.AssetStructure("ubuntu-seed", GadgetAssets.Home.SEED, List.of(tree))));
    GadgetBoard pi = board(good("piboot-22"));
    return new GadgetBoard(pi.board().withAssets(assets, BootChain.NONE), pi.reference(), pi.loaderTitle(),
        pi.scripts(), pi.findings(), pi.assumptions(), pi.notLookedAt());
  }

  /** A gadget read as one of another series. */
  static GadgetBoard board(Path folder, int series) {
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      GadgetYaml yaml = gadget.yaml();
      return BoardReader.read(gadget, yaml.info(), Target.of(series, yaml.info(), false), BoardOptions.DEFAULT);
    } catch (GadgetBoard.NotModelled e) {
      throw new AssertionError("no device can be built from " + folder, e);
    }
  }

  /** Explores to the end, and demands that it is reached. */
  static <S> Exploration<S> toTheEnd(UpdatingDevice<S> device) {
    Exploration<S> found = new Explorer<>(device, Judgement::<S>of, ExplorationBounds.DEFAULT).explore();
    assertThat(found.complete()).as("searched to the end").isTrue();
    return found;
  }

  /** Explores to the end, with power cuts (and what else may strike) only at durability points of these names. */
  static Explored<CoreState> exploreAt(GadgetBoard board, String scenario, String points) {
    return exploreAt(board, scenario, points, Platform.SNAPD);
  }

  static Explored<CoreState> exploreAt(GadgetBoard board, String scenario, String points, Platform platform) {
    return exploreAt(board, scenario, points, platform, false);
  }

  static Explored<CoreState> exploreAt(
      GadgetBoard board, String scenario, String points, Platform platform, boolean ideal) {
    var device = CutsAt.of(board.board().device(scenario(scenario), platform, ideal), points);
    Exploration<CoreState> result = new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT).explore();
    return new Explored<>(scenario, device, result, 0);
  }

  static CoreScenario scenario(String name) {
    return UbuntuCoreCatalogue.named(name).orElseThrow();
  }

  /** What a scenario without any fault violates. */
  static List<Violation> undisturbed(GadgetBoard board, CoreScenario scenario) {
    return new Replay<>(board.board().device(scenario, Platform.SNAPD, false), Judgement::of)
        .check(FaultPlan.NOTHING).violations();
  }

  /** Scenario and violation for everything that goes wrong without any fault. */
  record Undisturbed(CoreScenario scenario, Violation violation) {
    @Override
    public String toString() {
      return violation.property() + " in '" + scenario.name() + "': " + violation.why();
    }
  }

  static List<Undisturbed> undisturbed(GadgetBoard board) {
    List<Undisturbed> all = new ArrayList<>();
    for (CoreScenario scenario : UbuntuCoreCatalogue.all()) {
      undisturbed(board, scenario).forEach(v -> all.add(new Undisturbed(scenario, v)));
    }
    return all;
  }

  /** Who is to blame for what goes wrong without any fault. */
  static Blame.Attribution blame(GadgetBoard board, Undisturbed what) {
    Blame.Laboratory none = (scenario, device) -> {
      throw new AssertionError("nothing needs to be explored to blame somebody for what happens without a fault");
    };
    Finding<CoreState> finding =
        new Finding<>(what.violation().property(), what.violation().why(), 1, 0, FaultPlan.NOTHING, null);
    Subject subject = new CoreSubject(board, board);
    return new Blame(subject, none).of(what.scenario().name(), finding);
  }

  static Explored<CoreState> explore(
      CoreBoard board, CoreScenario scenario, Platform platform, boolean ideal, long units) {
    var device = board.device(scenario, platform, ideal);
    ExplorationBounds bounds = ExplorationBounds.DEFAULT.withThreads(1).withWorkUnits(units);
    Exploration<CoreState> result = new Explorer<>(device, Judgement::of, bounds).explore(Progress.silent());
    return new Explored<>(scenario.name(), device, result, 0);
  }
}
