package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A repository in archive mode: what a web server would serve. Not safe for several threads while it is changed. */
public final class OstreeRepository {

  private static final String CONFIG = "[core]\nrepo_version=1\nmode=archive-z2\n";
  private static final String HEADS = "refs/heads/";

  private final TreeMap<String, byte[]> files = new TreeMap<>();
  /** By name: digest of the superblock. */
  private final TreeMap<String, byte[]> deltas = new TreeMap<>();

  public OstreeRepository() {
    files.put("config", CONFIG.getBytes(StandardCharsets.UTF_8));
  }

  /** Another repository with the same content now. */
  public OstreeRepository copy() {
    OstreeRepository copy = new OstreeRepository();
    copy.files.putAll(files);
    copy.deltas.putAll(deltas);
    return copy;
  }

  /** Path to bytes of everything that is served. */
  public SortedMap<String, byte[]> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  /** The file at a path, which may be absent. */
  public Optional<byte[]> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The commit that a ref names. */
  public Optional<String> head(String ref) {
    return file(HEADS + ref).map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip());
  }

  /**
   * Writes a tree as a new commit of a ref.
   *
   * @param metadata entries of the commit's dictionary; the binding to the ref is put before them
   * @param signer signs the commit
   * @return the commit's digest
   */
  public String commit(String ref, OstreeEntry.Folder root, List<GVariant> metadata, String subject, Instant time,
      OstreeSigner signer) {
    List<GVariant> all = new ArrayList<>();
    all.add(GVariant.entry("ostree.ref-binding", new GVariant.Items("s", List.of(GVariant.text(ref)))));
    all.addAll(metadata);
    OstreeCommit commit = OstreeCommit.make(all, head(ref).orElse(""), subject, "", time, write(root), dirmeta());
    String checksum = commit.checksum();
    files.put(OstreeObject.path(checksum, "commit"), commit.bytes());
    if (signer.signs()) {
      files.put(OstreeObject.path(checksum, "commitmeta"), signer.detached(commit.bytes(), time));
    }
    files.put(HEADS + ref, (checksum + "\n").getBytes(StandardCharsets.US_ASCII));
    return checksum;
  }

  /**
   * Makes the static delta between two commits; the next summary lists it.
   *
   * @param from empty for a delta from scratch
   * @throws TrustException if a commit is not here
   */
  public void delta(String from, String to, Instant time) throws TrustException {
    OstreeDeltaWriter.Side old = from.isEmpty() ? new OstreeDeltaWriter.Side("", OstreeEntry.Folder.empty())
        : new OstreeDeltaWriter.Side(from, tree(from));
    byte[] detached = file(OstreeObject.path(to, "commitmeta")).orElse(new byte[0]);
    SortedMap<String, byte[]> made = OstreeDeltaWriter.delta(old, new OstreeDeltaWriter.Side(to, tree(to)),
        file(OstreeObject.path(to, "commit")).orElseThrow(), detached, time);
    files.putAll(made);
    deltas.put(OstreeDelta.name(from, to), Digests.sha256(made.get(OstreeDelta.path(from, to, "superblock"))));
  }

  private OstreeEntry.Folder tree(String commit) throws TrustException {
    OstreeTree trees = new OstreeTree(this::file);
    return trees.of(OstreeCommit.read(trees.fetch(OstreeObject.path(commit, "commit"))));
  }

  /** The loose objects of a tree by path. */
  static SortedMap<String, byte[]> objects(OstreeEntry.Folder root) {
    OstreeRepository scratch = new OstreeRepository();
    scratch.write(root);
    scratch.dirmeta();
    return scratch.files.subMap("objects/", "objects0");
  }

  /** The contents of a tree's regular files by digest of the file. */
  static SortedMap<String, byte[]> contents(OstreeEntry.Folder root) {
    TreeMap<String, byte[]> contents = new TreeMap<>();
    root.entries().values().forEach(entry -> {
      switch (entry) {
        case OstreeEntry.Folder below -> contents.putAll(contents(below));
        case OstreeEntry.File file -> contents.put(OstreeObject.checksum(file), file.content());
        case OstreeEntry.Link link -> { }
      }
    });
    return contents;
  }

  private String dirmeta() {
    return put(OstreeObject.dirmeta().encode(), "dirmeta");
  }

  private String put(byte[] bytes, String extension) {
    String checksum = Digests.hex(Digests.sha256(bytes));
    files.put(OstreeObject.path(checksum, extension), bytes);
    return checksum;
  }

  private String write(OstreeEntry.Folder folder) {
    List<GVariant> inside = new ArrayList<>();
    List<GVariant> below = new ArrayList<>();
    for (Map.Entry<String, OstreeEntry> entry : folder.entries().entrySet()) {
      GVariant name = GVariant.text(entry.getKey());
      if (entry.getValue() instanceof OstreeEntry.Folder inner) {
        below.add(GVariant.tuple(name, GVariant.bytes(OstreeCommit.digest(write(inner))),
            GVariant.bytes(OstreeCommit.digest(dirmeta()))));
      } else {
        String checksum = OstreeObject.checksum(entry.getValue());
        files.put(OstreeObject.path(checksum, "filez"), OstreeObject.filez(entry.getValue()));
        inside.add(GVariant.tuple(name, GVariant.bytes(OstreeCommit.digest(checksum))));
      }
    }
    return put(GVariant.tuple(new GVariant.Items("(say)", inside), new GVariant.Items("(sayay)", below)).encode(),
        "dirtree");
  }

  /**
   * Writes summary and its signatures anew.
   *
   * @param more entries of the summary's dictionary, after OSTree's own
   */
  public void summarise(List<GVariant> more, Instant time, OstreeSigner signer) {
    List<GVariant> refs = new ArrayList<>();
    files.subMap(HEADS, HEADS + Character.MAX_VALUE).forEach((path, head) -> {
      String checksum = new String(head, StandardCharsets.US_ASCII).strip();
      refs.add(GVariant.tuple(GVariant.text(path.substring(HEADS.length())), about(checksum)));
    });
    List<GVariant> metadata = new ArrayList<>(List.of(
        GVariant.entry("ostree.summary.mode", GVariant.text("archive-z2")),
        GVariant.entry("ostree.summary.last-modified", GVariant.bigEndian64(time.getEpochSecond())),
        GVariant.entry("ostree.summary.tombstone-commits", new GVariant.Bool(false))));
    if (!deltas.isEmpty()) {
      metadata.add(GVariant.entry(OstreeSummary.DELTAS, new GVariant.Items("{sv}", deltas.entrySet().stream()
          .map(delta -> GVariant.entry(delta.getKey(), GVariant.bytes(delta.getValue()))).toList())));
    }
    metadata.addAll(more);
    byte[] summary = GVariant.tuple(new GVariant.Items("(s(taya{sv}))", refs),
        new GVariant.Items("{sv}", metadata)).encode();
    files.put("summary", summary);
    if (signer.signs()) {
      files.put("summary.sig", signer.detached(summary, time));
    } else {
      files.remove("summary.sig");
    }
  }

  private GVariant about(String checksum) {
    byte[] commit = files.get(OstreeObject.path(checksum, "commit"));
    byte[] raw = commit.clone();
    long seconds;
    try {
      seconds = OstreeCommit.read(raw).time().getEpochSecond();
    } catch (TrustException e) {
      throw new IllegalStateException("cannot summarise: " + e.getMessage(), e);
    }
    return GVariant.tuple(GVariant.uint64(commit.length), GVariant.bytes(OstreeCommit.digest(checksum)),
        new GVariant.Items("{sv}",
            List.of(GVariant.entry("ostree.commit.timestamp", GVariant.bigEndian64(seconds)))));
  }
}
