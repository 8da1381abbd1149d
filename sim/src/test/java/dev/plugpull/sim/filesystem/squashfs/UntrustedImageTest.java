package dev.plugpull.sim.filesystem.squashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images in which one field lies: each is refused with the reason, and its honest neighbour is read. */
class UntrustedImageTest {
  private static final int LIMIT = 1 << 20;
  private static final byte[] CONTENT = random(3 * RawImage.BLOCK + 77);

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  private static SquashfsImage open(byte[] image) throws IOException {
    return SquashfsImage.open(new BytesChannel(image));
  }

  private static byte[] read(byte[] image, String path) throws IOException {
    try (SquashfsImage opened = open(image)) {
      return opened.read(path, LIMIT);
    }
  }

  private static void assertRefused(byte[] image, String why) {
    assertThatThrownBy(() -> {
      try (SquashfsImage opened = open(image)) {
        for (SquashfsImage.Entry entry : opened.entries()) {
          opened.read(entry.path(), LIMIT);
        }
      }
    }).isInstanceOf(SquashfsException.class).hasMessage("cannot read squashfs image: " + why);
  }

  private static byte[] with(byte[] image, int at, Object... fields) {
    byte[] changed = image.clone();
    byte[] put = RawImage.fields(fields);
    System.arraycopy(put, 0, changed, at, put.length);
    return changed;
  }

  private static byte[] small() {
    RawImage raw = new RawImage();
    return raw.bytes(raw.directory("file", raw.file(CONTENT)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 8192, 12_287, 12_288, 12_289, 12_364, 12_365, 12_366})
  void theStartOfAFileIsReadToAnyLength(int length) throws IOException {
    RawImage raw = new RawImage();
    int whole = raw.file(CONTENT);
    int start = raw.data(Arrays.copyOf(CONTENT, 3 * RawImage.BLOCK));
    int tail = raw.fragment(Arrays.copyOfRange(CONTENT, 3 * RawImage.BLOCK - 5, CONTENT.length));
    int block = RawImage.BLOCK | RawImage.PLAIN;
    int fragmented = raw.inode(2, start, tail, 5, CONTENT.length, block, block, block);
    int extended = raw.inode(9, (long) start, (long) CONTENT.length, 0L, 1, tail, 5, 0, block, block, block);
    LinkedHashMap<String, Integer> entries = new LinkedHashMap<>();
    entries.put("extended", extended);
    entries.put("fragmented", fragmented);
    entries.put("whole", whole);
    try (SquashfsImage image = open(raw.bytes(raw.directory(entries)))) {
      byte[] expected = Arrays.copyOf(CONTENT, Math.min(length, CONTENT.length));
      for (String path : entries.keySet()) {
        assertThat(image.readStart(path, length)).as(path).isEqualTo(expected);
      }
      assertThat(image.entries()).extracting(SquashfsImage.Entry::size).containsOnly((long) CONTENT.length);
      assertThatThrownBy(() -> image.read("whole", CONTENT.length - 1)).hasMessageContaining("has 12365 bytes");
      assertThat(image.read("whole", CONTENT.length)).isEqualTo(CONTENT);
    }
  }

  @Test
  void aBlockOfNoBytesIsAHole() throws IOException {
    RawImage raw = new RawImage();
    int start = raw.data(CONTENT);
    int sparse = raw.inode(2, start, -1, 0, RawImage.BLOCK + 9, 0, 9 | RawImage.PLAIN);
    byte[] expected = new byte[RawImage.BLOCK + 9];
    System.arraycopy(CONTENT, 0, expected, RawImage.BLOCK, 9);
    assertThat(read(raw.bytes(raw.directory("sparse", sparse)), "sparse")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "0  | 2 | it does not begin with the squashfs magic \"hsqs\"",
      "28 | 3 | format 3.0 is not 4.0",
      "30 | 1 | format 4.1 is not 4.0",
      "22 | 13 | block size 4096 with log 13 is not a power of two from 4 KiB to 1 MiB",
      "12 | 4097 | block size 4097 with log 12 is not a power of two from 4 KiB to 1 MiB",
      "20 | 7 | its compression id 7 is none of gzip, lzo, xz, lz4, zstd",
      "40 | 95 | the superblock says 95 bytes, the file has LENGTH (truncated or corrupt)",
      "64 | 95 | the inode table is said to be at byte 95, outside the image",
      "72 | 95 | the directory table is said to be at byte 95, outside the image"})
  void theSuperblockIsChecked(int at, short value, String why) {
    byte[] image = small();
    assertRefused(with(image, at, value), why.replace("LENGTH", "" + image.length));
  }

  @ParameterizedTest
  @CsvSource({"2048, 11, false", "4096, 12, true", "1048576, 20, true", "2097152, 21, false"})
  void blocksHaveFrom4KibTo1Mib(int size, short log, boolean taken) throws IOException {
    RawImage raw = new RawImage();
    byte[] image = with(with(raw.bytes(raw.directory("empty", raw.file(new byte[0]))), 12, size), 22, log);
    if (taken) {
      assertThat(read(image, "empty")).isEmpty();
    } else {
      assertRefused(image, "block size " + size + " with log " + log + " is not a power of two from 4 KiB to 1 MiB");
    }
  }

  @Test
  void whatIsSaidToBeUsedMustBeThere() throws IOException {
    byte[] image = small();
    assertRefused(with(image, 40, image.length + 1L), "the superblock says " + (image.length + 1) + " bytes, the file "
        + "has " + image.length + " (truncated or corrupt)");
    assertRefused(with(image, 64, (long) image.length), "the inode table is said to be at byte " + image.length
        + ", outside the image");
    assertRefused(Arrays.copyOf(image, 95), "the file has 95 bytes, too few for a superblock of 96");
    assertThat(read(Arrays.copyOf(image, image.length + 4096), "file")).as("padded").isEqualTo(CONTENT);
  }

  @Test
  void theFragmentTableMattersOnlyIfThereAreFragments() throws IOException {
    assertThat(read(with(small(), 80, -1L), "file")).isEqualTo(CONTENT);
    assertRefused(with(with(small(), 80, -1L), 16, 1),
        "the fragment table is said to be at byte 18446744073709551615, outside the image");
  }

  @Test
  void aDirectoryMustBeTheRootAndMayBeEmpty() throws IOException {
    RawImage raw = new RawImage();
    int file = raw.file(CONTENT);
    int empty = raw.inode(1, 0, 2, (short) 3, (short) 0, 0);
    int listed = raw.directory("file", file);
    assertThat(open(raw.bytes(empty)).entries()).isEmpty();
    assertThat(open(raw.bytes(listed)).entries()).hasSize(1);
    assertRefused(raw.bytes(file), "its root is not a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "a\0"})
  void aNameThatWouldLeadOutIsRefused(String name) {
    RawImage raw = new RawImage();
    assertRefused(raw.bytes(raw.directory(name, raw.file(new byte[0]))), "directory / has an entry named \""
        + name.replace('\0', '?') + "\", which would lead out of it");
  }

  @Test
  void namesHaveUpTo256Bytes() throws IOException {
    RawImage raw = new RawImage();
    byte[] image = raw.bytes(raw.directory("n".repeat(256), raw.file(CONTENT)));
    assertThat(read(image, "n".repeat(256))).isEqualTo(CONTENT);
    assertRefused(with(image, raw.listing(12 + 6), (short) 256), "directory / has a name of 257 bytes");
  }

  @Test
  void aListingEndsWhereItsRunsEnd() {
    RawImage raw = new RawImage();
    int root = raw.directory("file", raw.file(CONTENT));
    byte[] image = raw.bytes(root);
    // 12 bytes of a run's head, 8 of an entry's, 4 of its name; 3 more are for . and ..
    for (int listing : new int[] {1, 23}) {
      assertRefused(with(image, raw.at(root, 16 + 8), (short) (listing + 3)), "directory / is longer than it says");
    }
    assertRefused(with(image, raw.listing(0), 256), "directory / says it has a run of 257 entries");
    assertRefused(with(image, raw.listing(0), -1), "directory / says it has a run of 4294967296 entries");
  }

  @Test
  void aRunHasUpTo256Entries() throws IOException {
    RawImage raw = new RawImage();
    int file = raw.file(CONTENT);
    LinkedHashMap<String, Integer> entries = new LinkedHashMap<>();
    for (int i = 0; i < 256; i++) {
      entries.put("f" + i, file);
    }
    assertThat(open(raw.bytes(raw.directory(entries))).entries()).hasSize(256);
  }

  @Test
  void aDirectoryHasOneParentAndAPathOneEntry() {
    RawImage raw = new RawImage();
    int below = raw.directory("file", raw.file(CONTENT));
    LinkedHashMap<String, Integer> twice = new LinkedHashMap<>();
    twice.put("a", below);
    twice.put("b", below);
    assertRefused(raw.bytes(raw.directory(twice)), "directory /b contains itself or has two parents");
    RawImage same = new RawImage();
    LinkedHashMap<String, Integer> alike = new LinkedHashMap<>();
    int file = same.file(CONTENT);
    alike.put("a", file);
    alike.put("b", file);
    byte[] image = same.bytes(same.directory(alike));
    assertRefused(with(image, same.listing(12 + 9 + 8), "a"), "two entries have the path /a");
  }

  @Test
  void everyKindOfInodeHasItsEntry() throws IOException {
    RawImage raw = new RawImage();
    LinkedHashMap<String, Integer> entries = new LinkedHashMap<>();
    for (int type : new int[] {4, 5, 6, 7, 11, 12, 13, 14}) {
      entries.put("special" + type, raw.inode(type, 0, 0));
    }
    entries.put("link", raw.inode(3, 1, 7, "special"));
    entries.put("link2", raw.inode(10, 1, 8, "special4"));
    raw.directory("inner", raw.file(CONTENT));
    // What an extended directory adds to the same fields in another order.
    entries.put("more", raw.inode(8, 2, 12 + 8 + 5 + 3, 0, 0, (short) 0, (short) 0, 0));
    try (SquashfsImage image = open(raw.bytes(raw.directory(entries)))) {
      assertThat(image.entries()).filteredOn(e -> e.path().startsWith("special")).hasSize(8)
          .allMatch(e -> e.kind() == SquashfsImage.Kind.SPECIAL && e.size() == 0);
      assertThat(image.entries()).contains(
          new SquashfsImage.Entry("link", SquashfsImage.Kind.LINK, 0, "special"),
          new SquashfsImage.Entry("more", SquashfsImage.Kind.DIRECTORY, 0, ""),
          new SquashfsImage.Entry("more/inner", SquashfsImage.Kind.FILE, CONTENT.length, ""));
      assertThat(image.find("link2")).get().extracting(SquashfsImage.Entry::path).isEqualTo("special4");
    }
    RawImage unknown = new RawImage();
    assertRefused(unknown.bytes(unknown.directory("x", unknown.inode(15, 0, 0))), "an inode has the unknown type 15");
  }

  @Test
  void linksHaveATargetOfUpTo4095Bytes() throws IOException {
    RawImage raw = new RawImage();
    int link = raw.inode(3, 1, 4095, "./".repeat(2047) + ".");
    byte[] image = raw.bytes(raw.directory("link", link));
    assertThat(open(image).find("link")).get().extracting(SquashfsImage.Entry::path).isEqualTo("");
    assertRefused(with(image, raw.at(link, 20), 4096), "a symbolic link says its target has 4096 bytes");
    assertRefused(with(image, raw.at(link, 20), 0), "a symbolic link says its target has 0 bytes");
  }

  @Test
  void fortyLinksAreFollowedAndNotOneMore() throws IOException {
    RawImage raw = new RawImage();
    LinkedHashMap<String, Integer> entries = new LinkedHashMap<>();
    entries.put("l00", raw.file(CONTENT));
    for (int i = 1; i <= 41; i++) {
      entries.put("l%02d".formatted(i), raw.inode(3, 1, 3, "l%02d".formatted(i - 1)));
    }
    byte[] image = raw.bytes(raw.directory(entries));
    assertThat(read(image, "l40")).isEqualTo(CONTENT);
    assertThatThrownBy(() -> read(image, "l41")).hasMessageContaining("/l41 goes through more than 40 symbolic links");
  }

  @Test
  void aDataBlockIsNoLargerThanSaidAndNoShorterThanNeeded() {
    RawImage raw = new RawImage();
    int file = raw.file(CONTENT);
    byte[] image = raw.bytes(raw.directory("file", file));
    int sizes = raw.at(file, 32);
    assertRefused(with(image, sizes, 4097 | RawImage.PLAIN), "a data block says it has 4097 bytes");
    assertRefused(with(image, sizes, -1), "a data block says it has 4278190079 bytes");
    assertRefused(with(image, sizes, 4095 | RawImage.PLAIN),
        "the data block at byte 96 has 4095 bytes instead of 4096");
    assertRefused(with(image, raw.at(file, 16), 0x7FFF_0000), "data block at byte 2147418112 lies outside the file of "
        + image.length + " bytes (truncated or corrupt)");
  }

  @Test
  void aFragmentMustExistAndHoldTheTail() throws IOException {
    RawImage raw = new RawImage();
    int tail = raw.fragment(Arrays.copyOf(CONTENT, 50));
    int file = raw.inode(2, 96, tail, 10, 40);
    byte[] image = raw.bytes(raw.directory("file", file));
    assertThat(read(image, "file")).isEqualTo(Arrays.copyOfRange(CONTENT, 10, 50));
    assertRefused(with(image, raw.at(file, 24), 11), "the tail of a file ends at byte 51 of a fragment of 50");
    assertRefused(with(image, raw.at(file, 20), 1), "a file uses fragment 1 of 1");
    RawImage large = new RawImage();
    int lying = large.inode(2, 96, large.fragment(96, 4097 | RawImage.PLAIN), 0, 40);
    assertRefused(large.bytes(large.directory("file", lying)), "fragment 0 says it has 4097 bytes");
    RawImage none = new RawImage();
    int nothing = none.inode(2, 96, none.fragment(96, RawImage.PLAIN), 0, 40);
    assertRefused(none.bytes(none.directory("file", nothing)), "fragment 0 says it has 0 bytes");
  }

  @Test
  void aFileOfNegativeLengthIsRefused() {
    RawImage raw = new RawImage();
    int file = raw.inode(9, 96L, -1L, 0L, 1, -1, 0, 0);
    assertRefused(raw.bytes(raw.directory("file", file)), "a file says it has 18446744073709551615 bytes");
  }

  @Test
  void aMetadataBlockHasFrom1To8192Bytes() {
    RawImage raw = new RawImage();
    byte[] image = raw.bytes(raw.directory("file", raw.file(CONTENT)));
    int table = raw.inodeTable();
    assertRefused(with(image, table, (short) 0x8000), "the metadata block at byte " + table + " says it has 0 bytes");
    assertRefused(with(image, table, (short) (0x8000 | 8193)),
        "the metadata block at byte " + table + " says it has 8193 bytes");
    assertRefused(with(image, 32, 9000L), "an entry at offset 9000 of the metadata block at byte " + table
        + " lies behind its end");
  }

  @Test
  void anImageThatShrinksWhileItIsReadEndsInAnError() {
    byte[] image = small();
    BytesChannel shrinking = new BytesChannel(image) {
      @Override
      public int read(ByteBuffer target) {
        return position() > 96 ? -1 : super.read(target);
      }
    };
    assertThatThrownBy(() -> SquashfsImage.open(shrinking)).isInstanceOf(EOFException.class)
        .hasMessage("the file became shorter while it was read");
  }

  @Test
  void theFileIsClosedWithTheImageAndIfOpeningFails() throws IOException {
    List<String> closed = new ArrayList<>();
    BytesChannel good = new BytesChannel(small()) {
      @Override
      public void close() {
        closed.add("good");
      }
    };
    SquashfsImage image = SquashfsImage.open(good);
    assertThat(closed).isEmpty();
    image.close();
    BytesChannel bad = new BytesChannel(new byte[200]) {
      @Override
      public void close() {
        closed.add("bad");
      }
    };
    assertThatThrownBy(() -> SquashfsImage.open(bad)).isInstanceOf(SquashfsException.class);
    assertThat(closed).containsExactly("good", "bad");
  }
}
