package dev.plugpull.sim.store.assertion;

import dev.plugpull.sim.store.snap.StoreKeys;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes bytes for a stream of assertions and for a single one: they are read or refused, what was read is written as it
 * came, and verdicts on it never end in anything but a verdict.
 */
public final class AssertionFuzzHarness {
  private static final List<Assertion> TRUSTED = new StoreKeys(20).trusted();
  private static final Instant NOW = StoreKeys.BEGIN.plusSeconds(1);

  private AssertionFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      Assertion one = Assertion.decode(data);
      same(data, one.encoded());
      judge(one, List.of(one));
    } catch (AssertionException _) {
      // refused, as it should be
    }
    try {
      AssertionStream stream = AssertionStream.decode(data);
      same(data, stream.encode());
      stream.assertions().forEach(assertion -> judge(assertion, stream.assertions()));
    } catch (AssertionException _) {
      // refused, as it should be
    }
  }

  private static void judge(Assertion assertion, List<Assertion> beside) {
    KeyRing ring = new KeyRing();
    TRUSTED.forEach(trusted -> ring.add(trusted, true));
    beside.forEach(other -> ring.add(other, false));
    new ChainVerifier(ring, Optional.of(NOW)).verify(assertion);
    try {
      AssertionDatabase.of(TRUSTED, List.of()).add(assertion, new AssertionDatabase.Clock.Believed(NOW));
    } catch (AssertionException _) {
      // refused, as it should be
    }
    try {
      AssertionSigner.readHeaders(assertion.content());
    } catch (AssertionException _) {
      // what has a body is no list of headers
    }
  }

  private static void same(byte[] came, byte[] written) {
    if (!Arrays.equals(came, written)) {
      throw new IllegalStateException("what was read is written in another way");
    }
  }
}
