package dev.plugpull.sim.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same damage, given to the real fsck.fat on a real image and to the model. */
final class RealFatCheckTest {
  private static final int SIZE = 8 << 20;
  private static final int CLUSTER = 1024;
  private static final int LONG = 7000;
  private static final int LINKS = 7;

  @TempDir private Path folder;
  private byte[] image;
  private int fat1;
  private int fat2;
  private int root;

  /** An image with K (7000 bytes) and A (3 bytes) in clusters of 1024. */
  private void make() throws Exception {
    for (String tool : List.of("mkfs.fat", "fsck.fat", "mcopy", "mdir")) {
      boolean found = List.of("/usr/sbin/", "/sbin/", "/usr/bin/").stream()
          .anyMatch(at -> Files.isExecutable(Path.of(at + tool)));
      if (!found) {
        System.err.println("skipped: " + tool + " is not installed; it comes with Debian's dosfstools or mtools");
      }
      assumeTrue(found, tool + " is not installed");
    }
    Path disk = folder.resolve("disk.img");
    Files.write(disk, new byte[SIZE]);
    run(0, "mkfs.fat", "-F", "16", "-s", "2", disk.toString());
    Files.write(folder.resolve("K"), new byte[LONG]);
    Files.write(folder.resolve("A"), new byte[3]);
    run(0, "mcopy", "-i", disk.toString(), folder.resolve("K").toString(), "::K");
    run(0, "mcopy", "-i", disk.toString(), folder.resolve("A").toString(), "::A");
    image = Files.readAllBytes(disk);
    ByteBuffer boot = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    fat1 = boot.getShort(14) * 512;
    fat2 = fat1 + boot.getShort(22) * 512;
    root = fat2 + boot.getShort(22) * 512;
  }

  private String run(int status, String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(status);
    return said;
  }

  private int entry(String name) {
    for (int at = root; ; at += 32) {
      String found = new String(image, at, 11, StandardCharsets.ISO_8859_1).trim();
      if (found.equals(name) && image[at + 11] != 8) {
        return at;
      }
    }
  }

  private void setLinks(int from, int to, int fat, int value) {
    ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int start = bytes.getShort(entry("K") + 26);
    for (int i = from; i < to; i++) {
      bytes.putShort(fat + 2 * (start + i), (short) value);
    }
  }

  /** Names and sizes after the real check; sizes from the directory. */
  private TreeSet<String> real() throws Exception {
    Path disk = folder.resolve("damaged.img");
    Files.write(disk, image);
    run(1, "fsck.fat", "-a", disk.toString());
    byte[] checked = Files.readAllBytes(disk);
    ByteBuffer bytes = ByteBuffer.wrap(checked).order(ByteOrder.LITTLE_ENDIAN);
    TreeSet<String> result = new TreeSet<>();
    for (int at = root; checked[at] != 0; at += 32) {
      if (checked[at] != (byte) 0xE5 && (checked[at + 11] & 8) == 0) {
        String base = new String(checked, at, 8, StandardCharsets.ISO_8859_1).trim();
        String extension = new String(checked, at + 8, 3, StandardCharsets.ISO_8859_1).trim();
        result.add(base + (extension.isEmpty() ? "" : "." + extension) + "=" + bytes.getInt(at + 28));
      }
    }
    return result;
  }

  private static FatState model() {
    return (FatState) Fat.format("x").bits(16).size(SIZE).clusterBytes(CLUSTER)
        .with("/K", Content.of(new byte[LONG])).with("/A", Content.of(new byte[3])).state();
  }

  private static TreeSet<String> checked(FatState damaged) {
    Tree tree = Fat.fsck(damaged, Fat.LostChains.SALVAGE).state().recovered();
    TreeSet<String> result = new TreeSet<>();
    tree.names("/").forEach(name -> result.add(name + "=" + tree.content("/" + name).length()));
    return result;
  }

  private static FatDirectory.Visible entryOf(FatState state, String name) {
    return state.directory(FatState.ROOT).find(name);
  }

  private static FatState withSlot(FatState state, int slot, FatSlot value) {
    FatDirectory directory = state.directory(FatState.ROOT);
    return state.with(
        FatState.ROOT,
        directory.with(slot / FatDirectory.SLOTS, new int[] {slot}, new FatSlot[] {value}));
  }

  @Test
  void entryToAFreedChain() throws Exception {
    make();
    setLinks(0, LINKS, fat1, 0);
    setLinks(0, LINKS, fat2, 0);
    FatState state = model();
    int chain = entryOf(state, "K").entry().chain();
    assertThat(checked(state.with(chain, state.chain(chain).linked(false, true)))).isEqualTo(real());
  }

  @Test
  void onlyTheFirstFatLacksTheChain() throws Exception {
    make();
    setLinks(0, LINKS, fat1, 0);
    FatState state = model();
    int chain = entryOf(state, "K").entry().chain();
    assertThat(checked(state.with(chain, state.chain(chain).linked(false, true)))).isEqualTo(real());
  }

  @Test
  void chainThatEndsEarly() throws Exception {
    make();
    setLinks(1, LINKS, fat1, 0);
    setLinks(1, LINKS, fat2, 0);
    FatState state = model();
    int number = entryOf(state, "K").entry().chain();
    FatChain chain = state.chain(number);
    FatChain broken =
        new FatChain(chain.start(), chain.clusters(), 1, true, false, false, chain.content());
    assertThat(checked(state.with(number, broken))).isEqualTo(real());
  }

  @Test
  void lostChain() throws Exception {
    make();
    image[entry("K")] = (byte) 0xE5;
    FatState state = model();
    assertThat(checked(withSlot(state, entryOf(state, "K").slot(), null))).isEqualTo(real());
  }

  @Test
  void twoNamesOfOneChain() throws Exception {
    make();
    int free = entry("A") + 32;
    System.arraycopy(image, entry("K"), image, free, 32);
    image[free] = 'Z';
    FatState state = model();
    FatSlot.Short known = entryOf(state, "K").entry();
    FatSlot second = new FatSlot.Short(99, null, "Z", 0, -1, known.chain(), known.size());
    assertThat(checked(withSlot(state, 5, second))).isEqualTo(real());
  }

  @Test
  void oneNameTwice() throws Exception {
    make();
    int free = entry("A") + 32;
    System.arraycopy(image, entry("A"), image, free, 32);
    java.util.Arrays.fill(image, free + 26, free + 32, (byte) 0);
    FatState state = model();
    assertThat(checked(withSlot(state, 5, new FatSlot.Short(99, null, "A", 0, -1, -1, 0)))).isEqualTo(real());
  }
}
