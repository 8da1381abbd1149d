package dev.plugpull.reports.face;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Puts a report on disk: under its name stands the old file or the whole new one, never half of it. */
public final class ReportFile {
  private ReportFile() {}

  /**
   * Writes to a temporary file in the same folder, flushes it, renames it, and flushes the folder. Missing folders are
   * made.
   *
   * @throws IOException with {@code cannot write report: FILE: why}; the temporary file is gone then
   */
  public static void write(Path file, String text) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      Files.createDirectories(target.getParent());
      writeWhole(part, text.getBytes(StandardCharsets.UTF_8));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      flushFolder(target.getParent());
    } catch (IOException e) {
      discard(part, e);
      throw new IOException("cannot write report: " + file + ": " + why(e)
          + "; choose another folder with --out, or make room", e);
    }
  }

  private static void writeWhole(Path part, byte[] bytes) throws IOException {
    try (var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void flushFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void discard(Path part, IOException cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException system when system.getReason() != null -> system.getReason().toLowerCase(Locale.ROOT);
      case FileSystemException system -> "not a folder that can be written to";
      default -> String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    };
  }
}
