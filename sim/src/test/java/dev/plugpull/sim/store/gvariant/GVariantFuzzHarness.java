package dev.plugpull.sim.store.gvariant;

import dev.plugpull.sim.store.trust.TrustException;
import java.util.Arrays;
import java.util.List;

/** Takes a byte that chooses a type and a value of it: it is refused, or it is written again byte for byte. */
public final class GVariantFuzzHarness {
  /** The forms of OSTree and Flatpak, and those that need every rule of the layout. */
  static final List<String> TYPES = List.of("v", "a{sv}", "(a(s(taya{sv}))a{sv})", "(a{sv}aya(say)sstayay)",
      "(a(say)a(sayay))", "(uuua(ayay))", "(tuuuusa(ayay))", "a(syqa{tv}b)", "aas", "(bynqiuxtsv)", "a()", "a{u(as)}");

  private GVariantFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    String type = TYPES.get(Math.floorMod(data[0], TYPES.size()));
    byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
    try {
      GVariant value = GVariantReader.read(type, bytes);
      if (!value.type().equals(type) || !Arrays.equals(value.encode(), bytes)) {
        throw new IllegalStateException("a value of type " + value.type() + " that is written in another way");
      }
    } catch (TrustException _) {
      // refused, as it should be
    }
  }
}
