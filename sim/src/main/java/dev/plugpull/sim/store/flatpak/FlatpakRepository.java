package dev.plugpull.sim.store.flatpak;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.ostree.OstreeCommit;
import dev.plugpull.sim.store.ostree.OstreeEntry;
import dev.plugpull.sim.store.ostree.OstreeRepository;
import dev.plugpull.sim.store.ostree.OstreeSigner;
import dev.plugpull.sim.store.ostree.OstreeSummary;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A Flatpak repository. */
public final class FlatpakRepository {

  private static final int CACHE_VERSION = 2;

  private final OstreeRepository repository;
  private final OstreeSigner signer;
  private final TreeMap<String, GVariant> cache = new TreeMap<>();

  public FlatpakRepository(OstreeSigner signer) {
    this(new OstreeRepository(), signer);
  }

  private FlatpakRepository(OstreeRepository repository, OstreeSigner signer) {
    this.repository = repository;
    this.signer = signer;
  }

  /** Another repository with the same content now, as an attacker keeps it for later. */
  public FlatpakRepository copy() {
    FlatpakRepository copy = new FlatpakRepository(repository.copy(), signer);
    copy.cache.putAll(cache);
    return copy;
  }

  public OstreeRepository ostree() {
    return repository;
  }

  /**
   * Publishes a new commit and the summary that lists it.
   *
   * @param files the tree of the application or runtime below {@code files}
   * @return the commit's digest
   */
  public String publish(FlatpakRef ref, OstreeEntry.Folder files, Instant time) {
    return publish(ref, files, OstreeEntry.Folder.empty(), time);
  }

  /**
   * The same.
   *
   * @param exported what an application shows to the desktop, the tree below {@code export}; a runtime shows nothing
   */
  public String publish(FlatpakRef ref, OstreeEntry.Folder files, OstreeEntry.Folder exported, Instant time) {
    String metadata = ref.metadata();
    OstreeEntry.Folder root = OstreeEntry.Folder.empty().with("metadata", metadata).with("files", files);
    if (ref.kind().equals("app")) {
      root = root.with("export", exported);
    }
    long size = size(root);
    String commit = repository.commit(ref.ref(), root, List.of(
        GVariant.entry("ostree.collection-binding", GVariant.text("")),
        GVariant.entry("xa.metadata", GVariant.text(metadata)),
        GVariant.entry("xa.ref", GVariant.text(ref.ref())),
        GVariant.entry("xa.installed-size", GVariant.bigEndian64(size)),
        GVariant.entry("xa.download-size", GVariant.bigEndian64(size))), "Export " + ref.id(), time, signer);
    cache.put(ref.ref(), new GVariant.Entry(GVariant.text(ref.ref()),
        GVariant.tuple(GVariant.bigEndian64(size), GVariant.bigEndian64(size), GVariant.text(metadata))));
    summarise(time);
    return commit;
  }

  private void summarise(Instant time) {
    // The cache is wrapped twice, which clients expect.
    GVariant wrapped = new GVariant.Variant(new GVariant.Items("{s(tts)}", new ArrayList<>(cache.values())));
    repository.summarise(List.of(
        GVariant.entry("xa.cache-version", GVariant.uint32(CACHE_VERSION)),
        GVariant.entry("xa.cache", wrapped),
        GVariant.entry("xa.sparse-cache", new GVariant.Items("{sa{sv}}", List.of()))), time, signer);
  }

  private static long size(OstreeEntry entry) {
    return switch (entry) {
      case OstreeEntry.File file -> file.content().length;
      case OstreeEntry.Link(String target) -> target.length();
      case OstreeEntry.Folder folder -> folder.entries().values().stream().mapToLong(FlatpakRepository::size).sum();
    };
  }

  /** Refuses a commit whose metadata are not those that the summary promised for its ref. */
  public static void checkCache(OstreeSummary summary, String ref, OstreeCommit commit) throws TrustException {
    GVariant promised = null;
    if (summary.metadata().lookup("xa.cache") instanceof GVariant.Variant(GVariant.Items items)) {
      for (GVariant value : items.values()) {
        if (value instanceof GVariant.Entry(GVariant.Text(String name), GVariant.Tuple about) && name.equals(ref)) {
          promised = about.values().get(2);
        }
      }
    }
    if (promised == null || !promised.equals(commit.metadata().lookup("xa.metadata"))) {
      throw new TrustException(Defect.MISMATCH,
          "cannot install " + ref + ": the commit has other permissions than the summary says");
    }
  }
}
