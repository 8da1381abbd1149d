package dev.plugpull.conformance.certify;

import java.nio.file.Path;

/** Where the example gadgets lie, for tests of other packages. */
public final class ExampleFolder {
  private ExampleFolder() {}

  /** The root of the repository. */
  public static Path root() {
    return Bench.root();
  }

  public static Path good(String name) {
    return Bench.good(name);
  }

  public static Path broken(String name) {
    return Bench.broken(name);
  }
}
