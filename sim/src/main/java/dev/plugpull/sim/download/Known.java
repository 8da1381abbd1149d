package dev.plugpull.sim.download;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.AssertionDatabase;
import dev.plugpull.sim.store.assertion.AssertionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepted assertions on the disk, one file each, written atomically. Absence means never accepted. Canonical form:
 * their bytes.
 */
final class Known {

  static final String FOLDER = "/assertions";
  private static final Map<Hash128, Assertion> READ = new ConcurrentHashMap<>();

  private Known() {}

  static AssertionDatabase load(Tree tree) {
    List<Assertion> stored = new ArrayList<>();
    for (String name : tree.names(FOLDER)) {
      Content content = tree.content(FOLDER + "/" + name);
      if (content != null && !name.endsWith("~")) {
        stored.add(read(content));
      }
    }
    return AssertionDatabase.restored(SnapEras.TRUSTED, List.of(), stored);
  }

  private static Assertion read(Content content) {
    return READ.computeIfAbsent(content.hash(), hash -> {
      try {
        return Assertion.decode(content.bytes().orElseThrow());
      } catch (AssertionException e) {
        // Files are replaced atomically: a broken one is a mistake of the model.
        throw new IllegalStateException("cannot read a stored assertion: " + e.getMessage(), e);
      }
    });
  }

  static Content content(Assertion assertion) {
    return Content.text(new String(assertion.encoded(), StandardCharsets.UTF_8));
  }

  static String path(Assertion assertion) {
    return FOLDER + "/" + assertion.typeName() + "," + String.join(",", assertion.primaryKey());
  }

  /** The statement about a revision's content by its digest. */
  static Optional<Assertion> revision(AssertionDatabase database, String digest) {
    return database.find("snap-revision", digest, "global-upload");
  }

  /** Whether a revision of the snap is known to be taken back. */
  static boolean revoked(AssertionDatabase database, int revision) {
    return database.find("validation", "16", SnapEras.SNAP, SnapEras.SNAP, Integer.toString(revision))
        .flatMap(validation -> validation.text("revoked")).filter("true"::equals).isPresent();
  }
}
