package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes a verdict, and what must not: names do not matter, each needed line does. */
class MetamorphicTest {
  private static final List<String> SCENARIOS = List.of("kernel refresh", "kernel refresh, new kernel panics",
      "kernel refresh, new kernel cannot be loaded", "kernel refresh, new kernel boots unhealthy");

  @TempDir
  private Path folder;

  /** A copy in which every occurrence of a text, in every file, is another. */
  private Path copy(Path gadget, String from, String to) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    boolean found = false;
    try (Stream<Path> files = Files.list(gadget)) {
      for (Path file : files.sorted().toList()) {
        String text = Files.readString(file);
        found |= text.contains(from);
        Files.writeString(copy.resolve(file.getFileName()), text.replace(from, to));
      }
    }
    assertThat(found).as("'%s' occurs in %s", from, gadget).isTrue();
    return copy;
  }

  private static List<String> verdict(Path gadget) {
    GadgetBoard board = Bench.board(gadget);
    return SCENARIOS.stream()
        .flatMap(name -> Bench.undisturbed(board, Bench.scenario(name)).stream().map(v -> v.property() + " in " + name))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "good/uboot-file-22, seed_part, teil",
    "good/uboot-file-22, example-uboot-file-22, another-name",
    "good/uboot-raw-22, kernel_dir, ordner",
    "good/grub-18, cmdline, zeile",
    "broken/uboot-file-22-tries-for-ever, kernel_dir, ordner",
    "broken/uboot-raw-22-no-reset, kernel_part, teil",
    "broken/grub-18-no-fallback, Ubuntu Core 18, Something Else",
  })
  void namesDoNotMatter(String gadget, String from, String to) throws IOException {
    Path original = Bench.root().resolve("examples/gadgets").resolve(gadget);
    assertThat(verdict(copy(original, from, to))).isEqualTo(verdict(original));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "uboot-file-22  | setenv kernel_status trying                      | NOBRICK in kernel refresh",
    "uboot-raw-22   | setenv kernel_status trying                      | NOBRICK in kernel refresh",
    "uboot-ext4-22  | setenv kernel_status trying                      | NOBRICK in kernel refresh",
    "uboot-file-22  | setenv kernel_status \"\"                        | ATOM in kernel refresh, new kernel panics",
    "uboot-raw-22   | setenv kernel_status \"\"                        | ATOM in kernel refresh, new kernel panics",
    "uboot-file-22  | setenv kernel \"${snap_try_kernel}\"             | ATOM in kernel refresh",
    "uboot-file-22  | reset | NOBRICK in kernel refresh, new kernel cannot be loaded",
    "uboot-raw-22   | saveenv                                          | NOBRICK in kernel refresh",
    "uboot-file-22|save ${devtype} ${devnum}:${boot_part} ${loadaddr} ${state} ${filesize}|NOBRICK in kernel refresh",
    "grub-18        | set fallback=1 | NOBRICK in kernel refresh, new kernel cannot be loaded",
    "grub-18        | set snap_mode=\"trying\"                         | NOBRICK in kernel refresh, new kernel panics",
    "grub-18        | save_env snap_mode                               | NOBRICK in kernel refresh, new kernel panics",
    "grub-18        | set snap_kernel=\"$snap_try_kernel\"             | PROGRESS in kernel refresh",
  })
  void everyNeededLineMatters(String gadget, String line, String expected) throws IOException {
    Path copy = without(Bench.good(gadget), line);
    assertThat(verdict(copy)).contains(expected);
    assertThat(verdict(Bench.good(gadget))).isEmpty();
  }

  /** A copy without every line that is exactly this, indentation aside. */
  private Path without(Path gadget, String without) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    boolean found = false;
    try (Stream<Path> files = Files.list(gadget)) {
      for (Path file : files.sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        List<String> rest = lines.stream().filter(line -> !line.strip().equals(without)).toList();
        found |= rest.size() < lines.size();
        Files.write(copy.resolve(file.getFileName()), rest);
      }
    }
    assertThat(found).as("'%s' is a line of %s", without, gadget).isTrue();
    return copy;
  }

  @ParameterizedTest
  @ValueSource(strings = {"uboot-file-22", "uboot-raw-22", "grub-18"})
  void aKernelThatMayPanicNeedsThePanicArgument(String gadget) throws IOException {
    assertThat(verdict(copy(Bench.good(gadget), "panic=-1", "quiet")))
        .contains("NOBRICK in kernel refresh, new kernel panics");
  }

  @ParameterizedTest
  @ValueSource(strings = {"uboot-file-22-no-reset", "uboot-raw-22-no-reset", "uboot-ext4-22-no-reset"})
  void theMissingLineMends(String gadget) throws IOException {
    assertThat(verdict(Bench.broken(gadget))).isNotEmpty();
    Path copy = copy(Bench.broken(gadget), "bootm ${kernel_addr_r}\n", "bootm ${kernel_addr_r}\nreset\n");
    assertThat(verdict(copy)).isEmpty();
  }
}
