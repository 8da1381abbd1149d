package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.uboot.FakeMachine.FakeVolume;
import dev.plugpull.sim.media.Content;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Assumptions;

/**
 * Generated scripts in the interpreter and in Debian's U-Boot 2023.01 under QEMU: console, status, environment, shell
 * variables and written blocks must agree.
 *
 * <p>{@code -Dplugpull.uboot.scripts=N} says how many per build, {@code -Dplugpull.uboot.seed=N} which.
 */
@Tag("differential")
class UbootDifferentialTest {

  private static final int BATCH = 200;
  private static final int SHRINK_ROUNDS = 12;
  private static final int RAW_AT = 0x6000 * 512;

  private Path folder;

  /** What both sides show for one script. */
  private record Answer(String text) {}

  @Example
  void agreesWithTheX86Build() throws Exception {
    agrees(RealUboot.Build.X86);
  }

  @Example
  void agreesWithTheArm64Build() throws Exception {
    agrees(RealUboot.Build.ARM64);
  }

  private void agrees(RealUboot.Build build) throws Exception {
    Assumptions.assumeTrue(build.isHere(), () -> "SKIPPED: " + build + " needs " + build.firmware + ", "
        + build.emulator + " and mtools (apt-get install u-boot-qemu qemu-system-x86 qemu-system-arm mtools)");
    folder = Files.createTempDirectory("plugpull-uboot");
    try {
      compareAll(build);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private void compareAll(RealUboot.Build build) throws IOException, InterruptedException {
    int count = Integer.getInteger("plugpull.uboot.scripts", 300);
    Random random = new Random(Long.getLong("plugpull.uboot.seed", 20241124L));
    Draw<String> generator = HushScripts.scripts(build == RealUboot.Build.ARM64);
    List<String> all = new ArrayList<>();
    List<String> disagreements = new ArrayList<>();
    for (int done = 0; done < count; done += BATCH) {
      List<String> batch = new ArrayList<>();
      for (int i = 0; i < Math.min(BATCH, count - done); i++) {
        batch.add(terminating(build, generator, random));
      }
      all.addAll(batch);
      compare(build, batch, disagreements);
    }
    report(build, all, disagreements);
    assertThat(disagreements).as("scripts on which the interpreter and real U-Boot disagree").isEmpty();
  }

  private void compare(RealUboot.Build build, List<String> batch, List<String> disagreements)
      throws IOException, InterruptedException {
    List<Integer> wrong = wrong(build, batch);
    for (int index : wrong) {
      if (disagreements.size() < 3) {
        disagreements.add(shrink(build, batch.get(index)));
      } else {
        disagreements.add(batch.get(index));
      }
    }
  }

  private String shrink(RealUboot.Build build, String failing) throws IOException, InterruptedException {
    String smallest = failing;
    for (int round = 0; round < SHRINK_ROUNDS; round++) {
      List<String> candidates = smaller(build, smallest);
      List<Integer> wrong = candidates.isEmpty() ? List.of() : wrong(build, candidates);
      if (wrong.isEmpty()) {
        break;
      }
      smallest = wrong.stream().map(candidates::get).min(Comparator.comparingInt(String::length)).orElseThrow();
    }
    List<String> one = HushScripts.fill(List.of(smallest), build);
    return "script:\n" + one.getFirst() + "real:\n" + real(build, one).getFirst().text() + "\nmodel:\n"
        + model(build, one).getFirst().text();
  }

  private static String terminating(RealUboot.Build build, Draw<String> generator, Random random) {
    String script = generator.next(random);
    while (!ends(build, script)) {
      script = generator.next(random);
    }
    return script;
  }

  /**
   * An endless script would keep the real machine for ever, so the model is asked first. After a syntax error U-Boot
   * goes on reading at address 0, which is the firmware's own flash on arm64: there such scripts are left to the other
   * build.
   */
  private static boolean ends(RealUboot.Build build, String script) {
    String filled = HushScripts.fill(List.of(script), build).getFirst();
    UbootRun run = new Uboot(board(build).withStepLimit(2000)).source(new FakeMachine(), "s", filled);
    boolean syntax = run.console().contains("syntax error");
    return !(run.outcome() instanceof BootOutcome.Endless) && !(build == RealUboot.Build.ARM64 && syntax);
  }

  /** The script without one line, or without one word. */
  private static List<String> smaller(RealUboot.Build build, String script) {
    List<String> candidates = new ArrayList<>();
    for (String separator : List.of("\n", " ")) {
      String[] parts = script.split(separator);
      for (int i = 0; i < parts.length && candidates.size() < BATCH; i++) {
        List<String> rest = new ArrayList<>(Arrays.asList(parts));
        rest.remove(i);
        String text = String.join(separator, rest).strip();
        if (!text.isEmpty() && ends(build, text)) {
          candidates.add(text + "\n");
        }
      }
    }
    return candidates;
  }

  private List<Integer> wrong(RealUboot.Build build, List<String> templates) throws IOException, InterruptedException {
    List<String> scripts = HushScripts.fill(templates, build);
    List<Answer> real = real(build, scripts);
    List<Answer> model = model(build, scripts);
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < scripts.size(); i++) {
      if (!real.get(i).equals(model.get(i))) {
        wrong.add(i);
      }
    }
    return wrong;
  }

  /** Each script begins with the same variables, memory and disk block. */
  private static String driver(RealUboot.Build build, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("setenv a 5\nsetenv b \"A B\"\nsetenv c\nsetenv n\nsetenv r\nsetenv filesize\nsetenv fileaddr\n")
          .append("l=local\nm=other\ni=none\n")
          .append("mw.b ").append(build.memory).append("000000 0 200\n")
          .append("load ").append(build.device).append(" 0 ").append(build.memory).append("100000 s").append(i)
          .append(".scr\nsetenv filesize\necho @@begin ").append(i).append("\ntrue\nsource ").append(build.memory)
          .append("100000\necho @@status $?\nprintenv a b c n r filesize\nshowvar l m i\nmd.b ").append(build.memory)
          .append("000000 20\n");
    }
    return text.append("echo @@begin end\n").toString();
  }

  private static Map<String, byte[]> files(RealUboot.Build build, List<String> scripts) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("main.scr", ScriptImage.legacy(driver(build, scripts.size())));
    for (int i = 0; i < scripts.size(); i++) {
      files.put("s" + i + ".scr", ScriptImage.legacy(scripts.get(i)));
    }
    return files;
  }

  private static String start(RealUboot.Build build) {
    return build.device + " scan; load " + build.device + " 0 " + build.memory + "200000 main.scr; source "
        + build.memory + "200000";
  }

  private List<Answer> real(RealUboot.Build build, List<String> scripts) throws IOException, InterruptedException {
    RealUboot uboot = new RealUboot(build, folder);
    uboot.makeDisk(files(build, scripts));
    String console = uboot.run(start(build));
    byte[] disk = Files.readAllBytes(uboot.disk());
    return answers(console, scripts.size(), uboot.file("out.txt"), uboot.file("two.txt"),
        Arrays.copyOfRange(disk, RAW_AT, RAW_AT + 1024));
  }

  private static List<Answer> model(RealUboot.Build build, List<String> scripts) {
    FakeMachine machine = new FakeMachine();
    FakeVolume disk = machine.volume(0, "", "vfat", RealUboot.DISK_BYTES);
    files(build, scripts).forEach((name, bytes) -> disk.with("/" + name, Content.of(bytes)));
    UbootRun run = new Uboot(board(build)).source(machine, "console", start(build));
    return answers(run.console(), scripts.size(), bytes(disk, "/out.txt"), bytes(disk, "/two.txt"),
        Arrays.copyOfRange(disk.raw, RAW_AT, RAW_AT + 1024));
  }

  private static UbootBoard board(RealUboot.Build build) {
    UbootBoard board = UbootBoard.standard().withShell(HushRules.OLD_2023_01).withMaxArguments(16)
        .withEnvironment(Map.of()).withStepLimit(10_000_000)
        .withStore(new EnvironmentStore.Nowhere(), UbootEnvironment.Header.PLAIN, 0x40000);
    return build == RealUboot.Build.X86 ? board.without("setexpr") : board;
  }

  private static byte[] bytes(FakeVolume disk, String path) {
    return disk.files.containsKey(path) ? disk.bytes(path) : null;
  }

  /** The console of each script; what was written is held against the last script. */
  private static List<Answer> answers(String console, int count, byte[] out, byte[] two, byte[] raw) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int start = console.indexOf("@@begin " + i + "\n");
      int end = start < 0 ? -1 : console.indexOf("@@begin " + (i + 1 == count ? "end" : i + 1) + "\n", start);
      String text = start < 0 ? "(never ran)" : console.substring(start, end < 0 ? console.length() : end);
      answers.add(new Answer(normal(text)));
    }
    String written = "\nout.txt " + text(out) + "\ntwo.txt " + text(two) + "\nraw " + Arrays.hashCode(raw);
    answers.set(count - 1, new Answer(answers.getLast().text() + written));
    return answers;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "missing" : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Times differ from run to run, and the model does not print the help of a command. */
  private static String normal(String text) {
    return text.replaceAll("@@begin \\d+", "@@begin")
        .replaceAll("(?m)^\\S+ - wrong words\\n\\nUsage:\\n\\S+ \\n", "<usage>\n")
        .replaceAll("(bytes (?:read|written)) in \\d+ ms(?: \\([^)]*\\))?", "$1")
        .replaceAll("(?m)^(\\w+) - [^\\n]*\\n\\nUsage:\\n(?:\\1[ .\\[][^\\n]*\\n|[ \\t][^\\n]*\\n|\\n)*", "<usage>\n")
        .replaceAll("[ \\t]+(?=\\n)", "").replaceAll("\\n{2,}", "\n")
        .replaceAll("(?m)^load \\w+ 0 .*\\n", "").replaceAll("(?m)^\\d+ bytes read\\n(?=@@begin)", "").strip();
  }

  private static void report(RealUboot.Build build, List<String> scripts, List<String> disagreements) {
    System.out.println(build + ": " + scripts.size() + " scripts, " + disagreements.size() + " disagreements");
    HushScripts.coverage(HushScripts.fill(scripts, build)).forEach((name, count) ->
        System.out.printf("  %-36s %5d%n", name, count));
  }
}
