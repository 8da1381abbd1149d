package dev.plugpull.faultinjection.disk.log;

import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a log file entry by entry, as far as it is whole. For one thread. */
public final class LogReader implements AutoCloseable {
  private final Path path;
  private final InputStream in;
  private final LogHeader header;
  private final ZstdJavaDecompressor zstd = new ZstdJavaDecompressor();
  private RecordDecoder records;
  private long fileOffset;
  private int frames;
  private long position;
  private String ending;
  private boolean clean;

  private LogReader(Path path, InputStream in) throws IOException {
    this.path = path;
    this.in = in;
    this.header = readHeader();
  }

  /**
   * Opens a log.
   *
   * @throws IOException {@code cannot read disk log ...}: no such file, not a log, another version, damaged header
   */
  public static LogReader open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("cannot read disk log " + path + ": it is a folder");
    }
    InputStream in;
    try {
      in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    } catch (NoSuchFileException e) {
      throw new IOException("cannot read disk log " + path + ": no such file", e);
    }
    try {
      return new LogReader(path, in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  public LogHeader header() {
    return header;
  }

  /** The next entry, or null at the end of what can be read; {@link #ending} then says why it ends. */
  public LogEntry next() throws IOException {
    try {
      while (ending == null) {
        if (records == null || !records.more()) {
          records = readFrame();
          continue;
        }
        LogEntry entry = records.next(position);
        if (entry == null) {
          end(true, "complete");
        } else {
          position++;
          return entry;
        }
      }
    } catch (BadRecordException e) {
      end(false, "frame " + (frames - 1) + ", entry " + position + ": " + e.getMessage());
    }
    return null;
  }

  /** True if the log has ended with its end record, so that nothing is missing. */
  public boolean complete() {
    return clean;
  }

  /** How the log ends, in words, once {@link #next} has returned null. */
  public String ending() {
    return ending;
  }

  private RecordDecoder end(boolean complete, String how) {
    clean = complete;
    ending = how;
    return null;
  }

  private RecordDecoder readFrame() throws IOException {
    long start = fileOffset;
    byte[] head = in.readNBytes(LogFormat.FRAME_HEADER_BYTES);
    if (head.length < LogFormat.FRAME_HEADER_BYTES) {
      return end(false, "no end record: the recording was killed or the file truncated at byte " + start);
    }
    ByteBuffer fields = ByteBuffer.wrap(head);
    boolean frame = fields.getInt() == LogFormat.FRAME_MAGIC && fields.getInt() == frames;
    int compressed = fields.getInt();
    int length = fields.getInt();
    int checksum = fields.getInt();
    if (!frame || compressed <= 0 || compressed > LogFormat.MAX_FRAME_BYTES + (1 << 20)
        || length <= 0 || length > LogFormat.MAX_FRAME_BYTES) {
      return end(false, "damaged: no frame " + frames + " at byte " + start);
    }
    byte[] body = in.readNBytes(compressed);
    if (body.length < compressed) {
      return end(false, "cut off inside frame " + frames + " at byte " + start);
    }
    byte[] whole = Arrays.copyOf(head, LogFormat.FRAME_HEADER_BYTES + compressed);
    System.arraycopy(body, 0, whole, LogFormat.FRAME_HEADER_BYTES, compressed);
    if (checksum != LogFormat.frameChecksum(whole, compressed)) {
      return end(false, "damaged: checksum of frame " + frames + " at byte " + start + " is wrong");
    }
    fileOffset += whole.length;
    frames++;
    return decompress(body, length);
  }

  private RecordDecoder decompress(byte[] body, int length) {
    byte[] bytes = new byte[length];
    try {
      if (zstd.decompress(body, 0, body.length, bytes, 0, length) == length) {
        return new RecordDecoder(header, bytes);
      }
    } catch (RuntimeException e) {
      // The checksum held, so a program wrote this; the message below names the place.
    }
    return end(false, "damaged: frame " + (frames - 1) + " does not decompress to " + length + " bytes");
  }

  private LogHeader readHeader() throws IOException {
    byte[] prefix = in.readNBytes(LogFormat.PREFIX_BYTES);
    if (prefix.length < LogFormat.PREFIX_BYTES || !Arrays.equals(prefix, 0, 8, LogFormat.MAGIC, 0, 8)) {
      throw bad("it is not a disk log");
    }
    ByteBuffer fields = ByteBuffer.wrap(prefix, 8, 8);
    int version = fields.getInt();
    if (version != LogFormat.VERSION) {
      throw bad("it has format version " + version + ", and this program reads version " + LogFormat.VERSION);
    }
    int length = fields.getInt();
    if (length < 8 || length > LogFormat.MAX_HEADER_BYTES) {
      throw bad("its header is damaged");
    }
    byte[] whole = Arrays.copyOf(prefix, LogFormat.PREFIX_BYTES + length);
    boolean read = in.readNBytes(whole, LogFormat.PREFIX_BYTES, length) == length;
    ByteBuffer body = ByteBuffer.wrap(whole, LogFormat.PREFIX_BYTES, length);
    if (!read || body.getInt(whole.length - 4) != LogFormat.checksum(whole, 0, whole.length - 4)) {
      throw bad("its header is damaged");
    }
    fileOffset = whole.length;
    return devices(body.limit(whole.length - 4));
  }

  private LogHeader devices(ByteBuffer body) throws IOException {
    try {
      List<LogHeader.Device> devices = new ArrayList<>();
      for (int left = body.getInt(); left > 0; left--) {
        long size = body.getLong();
        int unit = body.getInt();
        int name = body.getInt();
        String text = StandardCharsets.UTF_8.decode(body.slice(body.position(), name)).toString();
        body.position(body.position() + name);
        devices.add(new LogHeader.Device(text, size, unit));
      }
      return new LogHeader(devices);
    } catch (RuntimeException e) {
      throw bad("its header is damaged");
    }
  }

  private IOException bad(String why) {
    return new IOException("cannot read disk log " + path + ": " + why);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
