package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.store.trust.TrustException;
import java.util.List;

/** Takes bytes for every form that a remote can send: each is read or refused, and nothing else may come out. */
public final class OstreeFuzzHarness {

  /** One reader. */
  private interface Form {
    void read(byte[] bytes) throws TrustException;
  }

  private static final List<Form> FORMS = List.of(OstreeCommit::read, OstreeSummary::read,
      bytes -> OstreeObject.readFilez(bytes, OstreeObject.checksum(new OstreeEntry.Link("elsewhere"))));

  private OstreeFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    for (Form form : FORMS) {
      try {
        form.read(data);
      } catch (TrustException _) {
        // refused, as it should be
      }
    }
  }
}
