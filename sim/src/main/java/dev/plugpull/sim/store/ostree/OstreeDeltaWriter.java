package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Makes static deltas of one part. A file that was there under the same path is made of the old one's beginning and end
 * and of what lies between; everything else lies in the delta as it is.
 */
final class OstreeDeltaWriter {

  /** A file that shares less than this with the old one is not made of it. */
  private static final int WORTH = 64;

  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private final ByteArrayOutputStream operations = new ByteArrayOutputStream();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final List<Integer> modes = new ArrayList<>();
  private long uncompressed;

  /** What a delta leads from or to. */
  record Side(String commit, OstreeEntry.Folder root) {}

  private OstreeDeltaWriter() {}

  /**
   * The files of a delta by path.
   *
   * @param from nothing to make it from is a commit with an empty digest and an empty folder
   * @param commit the new commit's bytes
   * @param detached its detached metadata; empty for none
   */
  static SortedMap<String, byte[]> delta(Side from, Side to, byte[] commit, byte[] detached, Instant time)
      throws TrustException {
    OstreeDeltaWriter writer = new OstreeDeltaWriter();
    boolean scratch = from.commit().isEmpty();
    writer.metadata(scratch ? new TreeMap<>() : OstreeRepository.objects(from.root()),
        OstreeRepository.objects(to.root()));
    Map<String, OstreeEntry> old = files(from.root(), "", new TreeMap<>());
    Map<String, OstreeEntry> had = new TreeMap<>();
    old.values().forEach(entry -> had.put(OstreeObject.checksum(entry), entry));
    files(to.root(), "", new TreeMap<>()).forEach((path, entry) -> {
      if (had.put(OstreeObject.checksum(entry), entry) == null) {
        writer.file(entry, old.get(path));
      }
    });
    byte[] part = writer.part();
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(OstreeDelta.path(from.commit(), to.commit(), "0"), part);
    files.put(OstreeDelta.path(from.commit(), to.commit(), "superblock"),
        writer.superblock(from.commit(), to.commit(), part, commit, detached, time));
    return files;
  }

  private static Map<String, OstreeEntry> files(OstreeEntry.Folder folder, String above, Map<String, OstreeEntry> all) {
    folder.entries().forEach((name, entry) -> {
      if (entry instanceof OstreeEntry.Folder below) {
        files(below, above + name + "/", all);
      } else {
        all.put(above + name, entry);
      }
    });
    return all;
  }

  private void metadata(SortedMap<String, byte[]> before, SortedMap<String, byte[]> now) {
    now.forEach((path, object) -> {
      boolean tree = path.endsWith(".dirtree");
      if (!before.containsKey(path) && (tree || path.endsWith(".dirmeta"))) {
        name(tree ? OstreeDelta.DIRTREE : OstreeDelta.DIRMETA, Digests.sha256(object));
        operation('S', object.length, payload.size());
        payload.writeBytes(object);
        uncompressed += object.length;
      }
    });
  }

  private void name(byte kind, byte[] checksum) {
    names.write(kind);
    names.writeBytes(checksum);
  }

  private void file(OstreeEntry entry, OstreeEntry old) {
    name(OstreeDelta.FILE, OstreeCommit.digest(OstreeObject.checksum(entry)));
    int mode = OstreeObject.mode(entry);
    if (!modes.contains(mode)) {
      modes.add(mode);
    }
    byte[] content = entry instanceof OstreeEntry.Link(String target) ? target.getBytes(StandardCharsets.UTF_8)
        : OstreeObject.content(entry);
    uncompressed += content.length;
    if (entry instanceof OstreeEntry.File && old instanceof OstreeEntry.File source
        && made(content, source, modes.indexOf(mode))) {
      return;
    }
    operation('S', modes.indexOf(mode), 0, content.length, payload.size());
    payload.writeBytes(content);
  }

  /** Makes a file of an old one, if that is worth it. */
  private boolean made(byte[] content, OstreeEntry.File old, int mode) {
    byte[] source = old.content();
    int most = Math.min(source.length, content.length);
    int begin = Math.max(0, Arrays.mismatch(source, 0, most, content, 0, most));
    begin = Arrays.equals(source, 0, most, content, 0, most) ? most : begin;
    int end = 0;
    while (end < most - begin && source[source.length - 1 - end] == content[content.length - 1 - end]) {
      end++;
    }
    if (begin + end < WORTH) {
      return false;
    }
    int digest = payload.size();
    payload.writeBytes(OstreeCommit.digest(OstreeObject.checksum(old)));
    operation('o', mode, 0, content.length);
    operation('r', digest);
    operation('w', begin, 0);
    operation('R');
    operation('w', content.length - begin - end, payload.size());
    payload.write(content, begin, content.length - begin - end);
    operation('r', digest);
    operation('w', end, source.length - end);
    operation('R');
    operation('c');
    return true;
  }

  private void operation(char code, int... numbers) {
    operations.write(code);
    for (int number : numbers) {
      int rest = number;
      while (rest > 0x7f) {
        operations.write(rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      operations.write(rest);
    }
  }

  private byte[] part() {
    List<GVariant> table = modes.stream().map(mode -> GVariant.tuple(GVariant.bigEndian32(0), GVariant.bigEndian32(0),
        GVariant.bigEndian32(mode))).toList();
    GVariant none = new GVariant.Items("(ayay)", List.of());
    byte[] content = GVariant.tuple(new GVariant.Items("(uuu)", table),
        new GVariant.Items("a(ayay)", modes.isEmpty() ? List.of() : List.of(none)),
        GVariant.bytes(payload.toByteArray()), GVariant.bytes(operations.toByteArray())).encode();
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.write('x');
    part.writeBytes(packed(content));
    return part.toByteArray();
  }

  private static byte[] packed(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(packed, new LZMA2Options())) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private byte[] superblock(String from, String to, byte[] part, byte[] commit, byte[] detached, Instant time)
      throws TrustException {
    List<GVariant> metadata = new ArrayList<>();
    metadata.add(GVariant.entry("ostree.endianness", new GVariant.Number('y', 'l')));
    if (detached.length > 0) {
      metadata.add(GVariant.entry(OstreeDelta.path(from, to, "commitmeta"), GVariantReader.read("a{sv}", detached)));
    }
    GVariant header = GVariant.tuple(GVariant.uint32(0), GVariant.bytes(Digests.sha256(part)),
        GVariant.uint64(part.length), GVariant.uint64(uncompressed), GVariant.bytes(names.toByteArray()));
    return GVariant.tuple(new GVariant.Items("{sv}", metadata), GVariant.bigEndian64(time.getEpochSecond()),
        GVariant.bytes(OstreeCommit.digest(from)), GVariant.bytes(OstreeCommit.digest(to)),
        GVariantReader.read(OstreeCommit.TYPE, commit), GVariant.bytes(new byte[0]),
        new GVariant.Items("(uayttay)", List.of(header)), new GVariant.Items("(yaytt)", List.of())).encode();
  }
}
