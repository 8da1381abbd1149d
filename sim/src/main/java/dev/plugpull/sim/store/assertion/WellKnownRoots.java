package dev.plugpull.sim.store.assertion;

import java.util.Map;
import java.util.Optional;

/**
 * Names of the public roots of snapd's world by key id. An id is a digest of the key, so knowing it is as good as
 * holding the key; the keys themselves come with the files that are judged. The private half of the test root is
 * public: a chain that ends there proves nothing on a production device, which is why a verdict names its root.
 */
final class WellKnownRoots {

  private static final Map<String, String> NAMES = Map.of(
      "-CvQKAwRQ5h3Ffn10FILJoEZUXOv6km9FwA80-Rcj-f-6jadQ89VRswHNiEB9Lxk", "production root",
      "e2r8on4LgdxQSaW5T8mBD5oC2fSTktTVxOYa5w3kIP4_nNF6L7mt6fOJShdOGkKu", "staging root",
      "hIedp1AvrWlcDI4uS_qjoFLzjKl5enu4G2FYJpgB3Pj-tUzGlTQBxMBsBmi-tnJR", "test root");

  private WellKnownRoots() {}

  static Optional<String> name(String keyId) {
    return Optional.ofNullable(NAMES.get(keyId));
  }
}
