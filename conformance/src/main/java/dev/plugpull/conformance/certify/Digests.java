package dev.plugpull.conformance.certify;

import dev.plugpull.sim.ubuntucore.gadget.GadgetFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests of inputs, so that an outsider can tell that he holds the same ones. */
final class Digests {
  private static final int LARGEST_FILE = 256 << 20;

  private Digests() {}

  /** Of a gadget folder: names and contents of its files, in order; of a snap: of the file. */
  static String of(GadgetFiles files) throws IOException {
    if (files.isSnap()) {
      return of(Path.of(files.origin()));
    }
    MessageDigest digest = sha256();
    for (GadgetFiles.Entry entry : files.entries()) {
      if (entry.isFile() && !entry.path().startsWith(".git/")) {
        digest.update(entry.path().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(entry.size() > LARGEST_FILE
            ? Long.toString(entry.size()).getBytes(java.nio.charset.StandardCharsets.UTF_8)
            : files.read(entry.path(), LARGEST_FILE));
      }
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /** A short stable id from a text. */
  static String shortId(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .substring(0, 8);
  }

  /** A short id of a file's content; of a very large one only its size counts. */
  static String shortId(String path, long size, GadgetFiles files) {
    byte[] bytes = size > LARGEST_FILE
        ? Long.toString(size).getBytes(java.nio.charset.StandardCharsets.UTF_8)
        : files.read(path, LARGEST_FILE);
    return HexFormat.of().formatHex(sha256().digest(bytes)).substring(0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot digest: this Java has no SHA-256", e);
    }
  }
}
