package dev.plugpull.conformance.cli;

import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.AssertionStream;
import dev.plugpull.sim.store.assertion.KeyRing;
import dev.plugpull.sim.store.assertion.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a folder of trust: files that begin like an assertion are assertions, files named {@code *.key} are bare public
 * keys, anything else (licences, notes) is passed over.
 */
final class KeyFolder {

  private static final byte[] INTRODUCTION = {'t', 'y', 'p', 'e', ':', ' '};

  private KeyFolder() {}

  static void addAll(Path folder, KeyRing ring) throws IOException, AssertionException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("cannot read keys from " + folder + ": not a folder");
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      if (file.getFileName().toString().endsWith(".key")) {
        ring.addBare(bare(file));
      } else if (isAssertion(file)) {
        AssertionStream stream = AssertionCommand.read(file);
        stream.assertions().forEach(assertion -> ring.add(assertion, true));
      }
    }
  }

  private static VerificationKey bare(Path file) throws IOException, AssertionException {
    try {
      return VerificationKey.decode(AssertionCommand.bytes(file));
    } catch (AssertionException e) {
      throw new AssertionException("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static boolean isAssertion(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return java.util.Arrays.equals(in.readNBytes(INTRODUCTION.length), INTRODUCTION);
    }
  }
}
