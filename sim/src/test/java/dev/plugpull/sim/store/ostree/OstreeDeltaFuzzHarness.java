package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes bytes as a delta's superblock and as a part that has the digest it is named by: what a part makes has the names
 * that were promised, or it is refused.
 */
public final class OstreeDeltaFuzzHarness {
  static final OstreeEntry.File OLD = new OstreeEntry.File(text("there before"), 0644);
  static final OstreeEntry.File PATCHED = new OstreeEntry.File(text("comes thereafter"), 0644);
  static final OstreeEntry.File PIECED = new OstreeEntry.File(text("there as well"), 0755);
  static final OstreeEntry.Link LINK = new OstreeEntry.Link("elsewhere");
  /** Directory metadata, files made of an old one by a difference and by pieces of it, a link. */
  static final List<OstreeDelta.Name> NAMES = List.of(
      new OstreeDelta.Name(OstreeDelta.DIRMETA, Digests.hex(Digests.sha256(OstreeObject.dirmeta().encode()))),
      new OstreeDelta.Name(OstreeDelta.FILE, OstreeObject.checksum(PATCHED)),
      new OstreeDelta.Name(OstreeDelta.FILE, OstreeObject.checksum(PIECED)),
      new OstreeDelta.Name(OstreeDelta.FILE, OstreeObject.checksum(LINK)));
  private static final Map<String, byte[]> THERE = Map.of(OstreeObject.checksum(OLD), OLD.content());

  private OstreeDeltaFuzzHarness() {}

  private static byte[] text(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      OstreeDelta.read(data);
    } catch (TrustException _) {
      // refused, as it should be
    }
    for (int end = 0; end <= NAMES.size(); end++) {
      made(data, NAMES.subList(0, end));
      made(data, NAMES.subList(end, NAMES.size()));
    }
  }

  /** Whether all that was promised was made. */
  static boolean made(byte[] file, List<OstreeDelta.Name> names) {
    OstreeDelta.Part part = new OstreeDelta.Part(Digests.hex(Digests.sha256(file)), Optional.empty(), names);
    try {
      Map<String, byte[]> objects =
          OstreeDeltaReader.apply(part, file, digest -> Optional.ofNullable(THERE.get(digest)));
      for (OstreeDelta.Name name : names) {
        check(objects.get(name.path()), name);
      }
      return true;
    } catch (TrustException _) {
      return false;
    }
  }

  private static void check(byte[] object, OstreeDelta.Name name) {
    try {
      if (name.kind() == OstreeDelta.FILE) {
        OstreeObject.readFilez(object, name.checksum());
      } else {
        OstreeObject.check(object, name.checksum());
      }
    } catch (TrustException e) {
      throw new IllegalStateException("what was made is not what was promised", e);
    }
  }
}
