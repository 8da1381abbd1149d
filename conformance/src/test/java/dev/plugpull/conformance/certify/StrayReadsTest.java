package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A boot loader that reads more of the data partition than states are told apart by proves nothing, which is said. */
class StrayReadsTest {
  private static final String LOADS = "  loopback loop ($writable)";

  @TempDir private Path folder;

  private static Explored<CoreState> explored(Path gadget) {
    return Bench.explore(Bench.board(gadget).board(), Bench.scenario("kernel refresh"), Platform.SNAPD, false, 60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grub-18", "android-18", "uboot-env-18", "grub-managed-22", "uboot-file-22"})
  void loadersReadWhatStatesAreToldApartBy(String gadget) {
    assertThat(explored(Bench.good(gadget)).device().notLookedAt()).isEmpty();
  }

  @Test
  void aLoaderThatReadsElsewhereLeavesNoProof() throws IOException {
    Explored<CoreState> explored = explored(script("if [ -s ($writable)/system-data/etc/flag ]; then true; fi"));
    assertThat(explored.result().notLookedAt()).anyMatch(what -> what.contains("uses /etc/flag in system-data"));
  }

  @Test
  void aRoundaboutPathIsAnotherPath() throws IOException {
    Explored<CoreState> explored =
        explored(script("if [ -s ($writable)/system-data/var/lib/snapd/snaps/../state.json ]; then true; fi"));
    assertThat(explored.result().notLookedAt()).anyMatch(what -> what.contains("snaps/../state.json"));
  }

  @Test
  void whatIsNotInTheModelIsNotRead() throws IOException {
    Explored<CoreState> explored = explored(script("if [ -s ($writable)/boot/grub/flag ]; then true; fi"));
    assertThat(explored.device().notLookedAt()).isEmpty();
  }

  /** The good gadget, whose script does something more before it loads the kernel. */
  private Path script(String more) throws IOException {
    try (Stream<Path> files = Files.list(Bench.good("grub-18"))) {
      for (Path file : files.sorted().toList()) {
        String text = Files.readString(file);
        Files.writeString(folder.resolve(file.getFileName()), text.replace(LOADS, "  " + more + "\n" + LOADS));
      }
    }
    assertThat(Files.readString(folder.resolve("grub.cfg"))).contains(more);
    return folder;
  }
}
