package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated scripts in the interpreter and in GRUB itself: same output, same {@code $?}, same variables, same blocks on
 * the disk.
 *
 * <p>{@code -Dplugpull.differential.grub=N} sets how many (300), {@code -Dplugpull.differential.seed=S} which ones. The
 * coverage goes to {@code target/grub-coverage.tsv}.
 */
@Tag("differential")
class GrubEmuDifferentialTest {

  private static final int MOST_REPORTED = Integer.getInteger("plugpull.differential.report", 3);

  @TempDir private Path folder;

  private final Map<String, Integer> coverage = new TreeMap<>();
  private Map<String, Content> files;
  private GrubEmu emu;

  @Test
  void generatedScriptsDoTheSame() throws IOException, InterruptedException {
    int count = Integer.getInteger("plugpull.differential.grub", 300);
    long seed = Long.getLong("plugpull.differential.seed", 20260);
    files = diskFiles();
    emu = GrubEmu.create(folder, files);
    List<String> disagreements = new ArrayList<>();
    JqwikSession.run(
        () -> {
          RandomGenerator<Snippet> generator = GrubScriptArbitraries.scripts().generator(1000);
          Random every = new Random(1);
          for (int i = 0; i < 3000; i++) {
            generator.next(every).value().covers().forEach(tag -> coverage.putIfAbsent(tag, 0));
          }
          Random random = new Random(seed);
          for (int i = 0; i < count && disagreements.size() < MOST_REPORTED; i++) {
            Shrinkable<Snippet> script = generator.next(random);
            script.value().covers().forEach(tag -> coverage.merge(tag, 1, Integer::sum));
            if (disagreement(script.value()).isPresent()) {
              Snippet smallest = smallest(script);
              disagreements.add("script " + i + ":\n" + disagreement(smallest).orElse("shrinking lost it"));
            }
          }
        });
    report(count, seed);
    assertThat(disagreements).as(String.join("\n----\n", disagreements)).isEmpty();
    if (count >= 300) {
      assertThat(coverage).as("every production, command and quirk in some script").doesNotContainValue(0);
    }
  }

  private Snippet smallest(Shrinkable<Snippet> failing) {
    Shrinkable<Snippet> best = failing;
    int budget = 150;
    boolean smaller = true;
    while (smaller && budget > 0) {
      smaller = false;
      List<Shrinkable<Snippet>> candidates = best.shrink().limit(40).toList();
      for (Shrinkable<Snippet> candidate : candidates) {
        if (candidate.value().text().length() < best.value().text().length()
            && budget-- > 0
            && disagreement(candidate.value()).isPresent()) {
          best = candidate;
          smaller = true;
          break;
        }
      }
    }
    return best.value();
  }

  /** What differs, in words. */
  private Optional<String> disagreement(Snippet snippet) {
    String script = prologue() + snippet.text() + "\n" + epilogue();
    try {
      GrubEmu.Run real = emu.run(script, files);
      MemoryVolume volume = new MemoryVolume(0, 0, "BOOT");
      files.forEach(volume::with);
      volume.with("/model.cfg",
          Content.of(script.concat("\nexit\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
      MemoryMachine machine = new MemoryMachine(volume);
      GrubConfig config = GrubConfig.stock("(hd0)/nowhere").without("linux", "initrd", "chainloader");
      GrubRun model = new Grub(config).boot(machine, "(hd0)/model.cfg");
      return compare(snippet.text(), real, model, volume);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> compare(String script, GrubEmu.Run real, GrubRun model, MemoryVolume volume) {
    List<String> expected = GrubEmu.lines(real.output(), model.output());
    List<String> actual = GrubEmu.lines(model.output(), model.output());
    StringBuilder what = new StringBuilder();
    if (!real.finished()) {
      what.append("grub-emu did not end\n");
    }
    if (!expected.equals(actual)) {
      what.append("--- grub-emu\n").append(String.join("\n", expected));
      what.append("\n--- model\n").append(String.join("\n", actual)).append('\n');
    }
    for (Map.Entry<String, byte[]> block : real.blocks().entrySet()) {
      byte[] ours = volume.files.get(block.getKey()).bytes().orElseThrow();
      if (!Arrays.equals(ours, block.getValue())) {
        what.append("block ").append(block.getKey()).append(" differs: grub-emu ");
        what.append(GrubEnvironment.grub(block.getValue())).append(", model ").append(GrubEnvironment.grub(ours));
      }
    }
    return what.isEmpty() ? Optional.empty() : Optional.of(script + "\n" + what);
  }

  static String prologue() {
    return "enable_progress_indicator=0\nexport enable_progress_indicator\n"
        + "a=1\nb=x\nc=2\ntwo=\"A B\"\nempty=\nesc='p\\q'\nstar='x*'\n";
  }

  static String epilogue() {
    StringBuilder script = new StringBuilder("echo; echo \"@@status=$?\"\n");
    for (String name : GrubScriptArbitraries.VARIABLES) {
      script.append("echo \"@@").append(name).append("=<$").append(name).append(">\"\n");
    }
    return script.toString();
  }

  static Map<String, Content> diskFiles() {
    Map<String, Content> files = new LinkedHashMap<>();
    GrubEnvironment block = GrubEnvironment.empty().set("a", "saved").orElseThrow();
    files.put("/grub/grubenv", block.set("esc", "x\\y").orElseThrow().set("c", "3").orElseThrow().content());
    byte[] torn = block.set("long", "z".repeat(600)).orElseThrow().bytes();
    Arrays.fill(torn, 512, 1024, (byte) 0);
    files.put("/grub/torn", Content.of(torn));
    files.put("/d/one", Content.text("first\n"));
    files.put("/d/two", Content.text("second\n"));
    files.put("/d/empty", Content.EMPTY);
    files.put("/s1.cfg", Content.text("# a script\necho sourced $a\nnew=s1\nfalse\n"));
    files.put("/s2.cfg", Content.text("echo configured \"<$a>\"\nnew=s2\n"));
    files.put("/bad.cfg", Content.text("echo one && echo two\necho three\nif true; then\n"));
    return files;
  }

  private void report(int count, long seed) throws IOException {
    StringBuilder table = new StringBuilder("# " + count + " scripts, seed " + seed + "\ncovered\tscripts\n");
    coverage.forEach((tag, scripts) -> table.append(tag).append('\t').append(scripts).append('\n'));
    Path target = Path.of("target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("grub-coverage.tsv"), table.toString());
  }
}
