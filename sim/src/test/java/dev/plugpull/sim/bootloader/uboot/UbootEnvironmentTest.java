package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.uboot.FakeMachine.FakeVolume;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Copy;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.media.Content;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environment images and the redundant choice of {@code bootloaders.md} 2.1, boot counting of 2.2. */
class UbootEnvironmentTest {

  private static byte[] image(int flag, String... pairs) {
    Map<String, String> variables = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return new UbootEnvironment(new TreeMap<>(variables), Header.FLAG, flag, 128).image();
  }

  @Test
  void bytesAreExact() {
    byte[] image = new UbootEnvironment(new TreeMap<>(Map.of("b", "2", "a", "1\\")), Header.PLAIN, 0, 16).image();
    assertThat(image).hasSize(16);
    assertThat(new String(image, 4, 12, java.nio.charset.StandardCharsets.ISO_8859_1)).isEqualTo("a=1\\\\\0b=2\0\0\0");
    assertThat(UbootEnvironment.crcIsGood(image, Header.PLAIN)).isTrue();
    assertThat(UbootEnvironment.read(image, Header.PLAIN).orElseThrow().variables())
        .containsExactly(Map.entry("a", "1\\"), Map.entry("b", "2"));
  }

  /** As mkenvimage of U-Boot 2023.01 does it. */
  @Test
  void aTextIsMadeAnImageLineByLine() {
    String source = "#a=first line\nb=1\n\n#c=2\nd=3\\\n 4\ne=\nf=\"5\"";
    UbootEnvironment made = UbootEnvironment.ofSource(source, Header.FLAG, 64);
    assertThat(made.variables())
        .containsExactly(Map.entry("b", "1"), Map.entry("d", "3\n 4"), Map.entry("f", "\"5\""));
    assertThat(UbootEnvironment.read(made.image()).orElseThrow()).isEqualTo(made);
    byte[] plain = new UbootEnvironment(new TreeMap<>(Map.of("x", "y")), Header.PLAIN, 0, 32).image();
    assertThat(UbootEnvironment.read(plain).orElseThrow().header()).isEqualTo(Header.PLAIN);
    plain[10] ^= 1;
    assertThat(UbootEnvironment.read(plain)).isEmpty();
  }

  @Test
  void snapdPadsWithOnesAndLeavesEmptyValuesOut() throws Exception {
    byte[] image = SnapdUbootEnvironment.create(16).with(Map.of("b", "2", "a", "", "c", "3")).image();
    assertThat(image[4]).isZero();
    assertThat(new String(image, 5, 11, java.nio.charset.StandardCharsets.ISO_8859_1))
        .isEqualTo("b=2\0c=3\0\0\u00ff\u00ff");
    assertThat(SnapdUbootEnvironment.readFile(image).variables()).containsOnlyKeys("b", "c");
    byte[] plain = new UbootEnvironment(new TreeMap<>(Map.of("x", "y")), Header.PLAIN, 0, 32).image();
    assertThat(SnapdUbootEnvironment.readFile(plain).header()).isEqualTo(Header.PLAIN);
    plain[10] ^= 1;
    assertThatThrownBy(() -> SnapdUbootEnvironment.readFile(plain)).hasMessageContaining("bad CRC");
  }

  @ParameterizedTest
  @CsvSource({"1,2,SECOND", "2,1,FIRST", "5,5,FIRST", "255,0,SECOND", "0,255,FIRST", "0,128,SECOND", "1,200,SECOND"})
  void ubootComparesUnsigned(int first, int second, Copy chosen) {
    assertThat(UbootEnvironment.choose(image(first), image(second))).isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource({"1,2,SECOND", "2,1,FIRST", "5,5,FIRST", "255,0,SECOND", "0,255,FIRST", "0,128,FIRST", "1,200,FIRST"})
  void snapdComparesSigned(int first, int second, Copy chosen) {
    byte[] both = new byte[256];
    System.arraycopy(image(first), 0, both, 0, 128);
    System.arraycopy(image(second), 0, both, 128, 128);
    assertThat(SnapdUbootEnvironment.chooseRaw(both, 128)).isEqualTo(chosen);
  }

  @Test
  void aTornCopyIsIgnoredAndTwoTornCopiesMeanDefaults() {
    byte[] torn = image(9);
    torn[20] ^= 1;
    assertThat(UbootEnvironment.choose(torn, image(1))).isEqualTo(Copy.SECOND);
    assertThat(UbootEnvironment.choose(image(1), torn)).isEqualTo(Copy.FIRST);
    assertThat(UbootEnvironment.choose(torn, torn)).isEqualTo(Copy.NONE);
  }

  private static UbootBoard redundant() {
    return UbootBoard.standard().withEnvironment(Map.of("bootcmd", "setenv from default; saveenv; reset"))
        .withStore(new EnvironmentStore.Raw(0, 0, "", 0, 128), Header.FLAG, 128);
  }

  @Test
  void saveenvWritesTheCopyThatIsNotInUse() {
    FakeMachine machine = new FakeMachine();
    FakeVolume disk = machine.volume(0, "", "none");
    disk.writeRaw(0, image(255, "bootcmd", "setenv n 1; saveenv; reset"));
    disk.writeRaw(128, image(254, "bootcmd", "old"));
    assertThat(new Uboot(redundant()).powerOn(machine).outcome()).isInstanceOf(BootOutcome.Reset.class);
    UbootEnvironment second = UbootEnvironment.read(disk.readRaw(128, 128), Header.FLAG).orElseThrow();
    assertThat(second.flag()).isZero();
    assertThat(second.value("n")).isEqualTo("1");
    assertThat(disk.readRaw(0, 128)).isEqualTo(image(255, "bootcmd", "setenv n 1; saveenv; reset"));
  }

  @Test
  void badCrcMeansDefaultEnvironmentAndTheNextSaveWritesTheFirstCopy() {
    FakeMachine machine = new FakeMachine();
    FakeVolume disk = machine.volume(0, "", "none");
    UbootRun run = new Uboot(redundant()).powerOn(machine);
    assertThat(run.console()).contains("bad CRC, using default environment");
    assertThat(UbootEnvironment.read(disk.readRaw(0, 128), Header.FLAG).orElseThrow().value("from"))
        .isEqualTo("default");
    assertThat(disk.readRaw(128, 128)).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({"0,1,booting", "1,2,booting", "2,3,booting", "3,4,alternative"})
  void bootLimitIsPassedAtTheFourthBoot(int before, int after, String ran) {
    Map<String, String> environment =
        Map.of("bootlimit", "3", "bootcmd", "echo booting", "altbootcmd", "echo alternative");
    UbootBoard board = UbootBoard.standard().withEnvironment(environment)
        .withBootCounter(UbootBoard.BootCounter.VOLATILE);
    UbootRun run = new Uboot(board).boot(new FakeMachine(), before);
    assertThat(run.bootCount()).isEqualTo(after);
    assertThat(run.console()).endsWith(ran + "\n");
    assertThat(new Uboot(board.with("altbootcmd", "")).boot(new FakeMachine(), 3).outcome())
        .isInstanceOf(BootOutcome.Prompt.class);
  }

  @ParameterizedTest
  @CsvSource({"0,7,7,booting,0", "1,2,3,booting,1", "1,3,4,alternative,1"})
  void aCounterInTheEnvironmentCountsOnlyDuringAnUpgradeAndSavesOnEachBoot(
      String upgrade, String before, String after, String ran, int writes) {
    FakeMachine machine = new FakeMachine();
    FakeVolume disk = machine.volume(1, "boot", "vfat");
    Map<String, String> variables = Map.of("bootlimit", "3", "bootcmd", "echo booting", "altbootcmd",
        "echo alternative", "upgrade_available", upgrade, "bootcount", before);
    disk.with("/uboot.env", Content.of(new UbootEnvironment(new TreeMap<>(variables), Header.PLAIN, 0, 512).image()));
    UbootBoard board = UbootBoard.standard().withBootCounter(UbootBoard.BootCounter.ENVIRONMENT)
        .withStore(new EnvironmentStore.Files(0, 0, "boot", "uboot.env", ""), Header.PLAIN, 512);
    UbootRun run = new Uboot(board).powerOn(machine);
    assertThat(run.console()).endsWith(ran + "\n");
    assertThat(UbootEnvironment.read(disk.bytes("/uboot.env"), Header.PLAIN).orElseThrow().value("bootcount"))
        .isEqualTo(after);
    assertThat(machine.writes).hasSize(writes);
  }

  /** The header ends the first name only if its flag byte is 0, as snapd writes it; mkenvimage writes 1. */
  @ParameterizedTest
  @CsvSource({"0,a=1 b=2", "1,a= b=2"})
  void importingABinaryStateAsTextMayGarbleTheFirstName(int flag, String seen) {
    FakeMachine machine = new FakeMachine();
    machine.volume(1, "boot", "vfat").with("/boot.sel", Content.of(new SnapdUbootEnvironment(
        new TreeMap<>(Map.of("a", "1", "b", "2")), Header.FLAG, flag, 4096).image()));
    UbootRun run = new Uboot(UbootBoard.standard()).source(machine, "s",
        "load mmc 0:1 1000 boot.sel; env import 1000; echo a=${a} b=${b}\n");
    assertThat(run.console()).contains("defaulting to text format").endsWith(seen + "\n");
  }

  @Test
  void aFailedLoadLeavesWhatWasThere() {
    FakeMachine machine = new FakeMachine();
    machine.volume(1, "boot", "vfat").with("/a", "x=1\n\0");
    UbootRun run = new Uboot(UbootBoard.standard()).source(machine, "s", """
        load mmc 0:1 1000 a
        load mmc 0:1 1000 b
        env import -t 1000 ${filesize}
        echo x=${x} ${filesize}
        """);
    assertThat(run.console()).contains("Failed to load 'b'\nx=1 5\n");
  }
}
