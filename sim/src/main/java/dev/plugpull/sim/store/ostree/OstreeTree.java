package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads trees of loose objects, each checked against its name.
 *
 * @param objects path to bytes, unchecked
 */
record OstreeTree(Function<String, Optional<byte[]>> objects) {

  private static final int MAX_DEPTH = 256;

  /** The tree of a commit. */
  OstreeEntry.Folder of(OstreeCommit commit) throws TrustException {
    return folder(commit.tree(), commit.meta(), 0);
  }

  private OstreeEntry.Folder folder(String tree, String meta, int depth) throws TrustException {
    if (depth > MAX_DEPTH) {
      throw OstreeObject.defect("folders nested more than " + MAX_DEPTH + " deep");
    }
    byte[] metaBytes = fetch(OstreeObject.path(meta, "dirmeta"));
    OstreeObject.check(metaBytes, meta);
    GVariantReader.read(OstreeObject.DIRMETA, metaBytes);
    byte[] bytes = fetch(OstreeObject.path(tree, "dirtree"));
    OstreeObject.check(bytes, tree);
    GVariant.Tuple both = (GVariant.Tuple) GVariantReader.read(OstreeObject.DIRTREE, bytes);
    TreeMap<String, OstreeEntry> entries = new TreeMap<>();
    for (GVariant value : ((GVariant.Items) both.values().get(0)).values()) {
      GVariant.Tuple file = (GVariant.Tuple) value;
      String checksum = OstreeCommit.hex(file.values().get(1), false);
      put(entries, name(file), OstreeObject.readFilez(fetch(OstreeObject.path(checksum, "filez")), checksum));
    }
    for (GVariant value : ((GVariant.Items) both.values().get(1)).values()) {
      GVariant.Tuple inner = (GVariant.Tuple) value;
      put(entries, name(inner), folder(OstreeCommit.hex(inner.values().get(1), false),
          OstreeCommit.hex(inner.values().get(2), false), depth + 1));
    }
    return new OstreeEntry.Folder(entries);
  }

  /** A name that stays inside its folder: a tree must not write elsewhere. */
  private static String name(GVariant.Tuple entry) throws TrustException {
    String name = ((GVariant.Text) entry.values().get(0)).value();
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw OstreeObject.defect("an entry with the name '" + name + "'");
    }
    return name;
  }

  private static void put(TreeMap<String, OstreeEntry> entries, String name, OstreeEntry entry)
      throws TrustException {
    if (entries.put(name, entry) != null) {
      throw OstreeObject.defect("two entries with the name '" + name + "'");
    }
  }

  byte[] fetch(String path) throws TrustException {
    return objects.apply(path).orElseThrow(
        () -> new TrustException(Defect.LENGTH, "cannot pull: the remote has no " + path));
  }
}
