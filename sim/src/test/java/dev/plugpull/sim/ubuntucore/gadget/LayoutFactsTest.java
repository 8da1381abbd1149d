package dev.plugpull.sim.ubuntucore.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Layouts of gadgets whose text may not be had, from their facts: the rules must take what snapd takes. */
class LayoutFactsTest {
  private static final Map<String, String> NAMES = Map.of("name", "name", "role", "role", "bytes", "size",
      "atByte", "offset", "pointerAt", "offset-write", "fs", "filesystem", "fsLabel", "filesystem-label",
      "writes", "content");

  @TestFactory
  Stream<DynamicTest> everyLayoutIsTakenAndItsPlacesAreTheOnesThatItGives() throws IOException {
    try (Stream<Path> folders = Files.list(SharedCorpus.folder("corpus/gadgets"))) {
      return folders.filter(folder -> Files.exists(folder.resolve("layout.json"))).sorted().toList().stream()
          .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }
  }

  private static void check(Path folder) throws IOException {
    String text = text(folder);
    GadgetYaml yaml = GadgetYaml.parse(text.getBytes(StandardCharsets.UTF_8), "gadget.yaml");
    Target target = Target.infer(yaml.info(), "core" + series(folder), false);
    assertThat(GadgetValidator.validate(yaml, target)).as("%s", text).noneMatch(Finding::isError);
    for (VolumeLayout layout : GadgetValidator.layouts(yaml.info(), target)) {
      long end = 0;
      for (PlacedStructure placed : layout.inFileOrder()) {
        Structure structure = placed.structure();
        if (placed.offset().isPresent() && !placed.isMbr()) {
          assertThat(placed.offset().getAsLong()).as(placed.title()).isGreaterThanOrEqualTo(end);
          end = placed.offset().getAsLong() + structure.size();
        }
      }
    }
  }

  @Test
  void aPlaceOneSectorEarlierOverlaps() throws IOException {
    Path folder = SharedCorpus.folder("corpus/gadgets/imx8mm-evk-24");
    String text = text(folder).replace("offset: 534773760", "offset: 534773248");
    GadgetYaml yaml = GadgetYaml.parse(text.getBytes(StandardCharsets.UTF_8), "gadget.yaml");
    assertThat(GadgetValidator.validate(yaml, Target.infer(yaml.info(), "core24", false)))
        .extracting(Finding::rule).contains(GadgetRule.V11);
  }

  private static String text(Path folder) throws IOException {
    Map<?, ?> facts = (Map<?, ?>) new Load(LoadSettings.builder().build())
        .loadFromString(Files.readString(folder.resolve("layout.json")));
    return new Dump(DumpSettings.builder().build()).dumpToString(gadget(facts));
  }

  private static String series(Path folder) {
    Matcher series = Pattern.compile("-(\\d\\d)(-|$)").matcher(folder.getFileName().toString());
    assertThat(series.find()).as("%s", folder).isTrue();
    return series.group(1);
  }

  private static Map<String, Object> gadget(Map<?, ?> facts) {
    Map<String, Object> volumes = new TreeMap<>();
    for (Object each : (List<?>) facts.get("volumes")) {
      Map<?, ?> volume = (Map<?, ?>) each;
      Map<String, Object> made = new TreeMap<>();
      made.put("schema", volume.get("partitionTable").toString().replaceAll(" .*", ""));
      if (volume.get("loader") != null) {
        made.put("bootloader", volume.get("loader"));
      }
      made.put("structure", ((List<?>) volume.get("parts")).stream().map(part -> structure((Map<?, ?>) part)).toList());
      volumes.put(volume.get("volume").toString(), made);
    }
    return Map.of("volumes", volumes);
  }

  private static Map<String, Object> structure(Map<?, ?> part) {
    Map<String, Object> made = new TreeMap<>();
    NAMES.forEach((fact, key) -> {
      if (part.get(fact) != null) {
        made.put(key, part.get(fact));
      }
    });
    made.put("type", String.join(",", ((List<?>) part.get("typeCodes")).stream().map(Object::toString).toList()));
    return made;
  }
}
