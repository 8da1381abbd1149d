package dev.plugpull.faultinjection.disk.log;

import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** The outer layout of a log file: a header, then checksummed frames. Numbers are big-endian. */
final class LogFormat {
  /** First eight bytes of a log; the line ends show a transfer that changed them. */
  static final byte[] MAGIC = {(byte) 0x89, 'P', 'P', 'L', '\r', '\n', 0x1A, '\n'};

  static final int VERSION = 1;
  /** Magic, version, length of what follows up to the first frame. */
  static final int PREFIX_BYTES = 16;

  static final int MAX_HEADER_BYTES = 1 << 20;
  static final int FRAME_MAGIC = 0x50504652;
  /** Magic, number, compressed length, length, checksum of these four and of the compressed bytes. */
  static final int FRAME_HEADER_BYTES = 20;

  /** Largest frame, before and after decompression. */
  static final int MAX_FRAME_BYTES = 64 << 20;

  private LogFormat() {}

  static byte[] header(LogHeader header) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(body)) {
      out.writeInt(header.devices().size());
      for (LogHeader.Device device : header.devices()) {
        out.writeLong(device.size());
        out.writeInt(device.unitBytes());
        byte[] name = device.name().getBytes(StandardCharsets.UTF_8);
        out.writeInt(name.length);
        out.write(name);
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    ByteBuffer all = ByteBuffer.allocate(PREFIX_BYTES + body.size() + 4);
    all.put(MAGIC).putInt(VERSION).putInt(body.size() + 4).put(body.toByteArray());
    return all.putInt(checksum(all.array(), 0, all.position())).array();
  }

  /** One frame around {@code length} bytes of records. */
  static ByteBuffer frame(ZstdJavaCompressor zstd, int number, byte[] records, int length) {
    int room = zstd.maxCompressedLength(length);
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + room);
    int compressed = zstd.compress(records, 0, length, frame.array(), FRAME_HEADER_BYTES, room);
    frame.putInt(FRAME_MAGIC).putInt(number).putInt(compressed).putInt(length);
    frame.putInt(frameChecksum(frame.array(), compressed));
    return frame.position(0).limit(FRAME_HEADER_BYTES + compressed);
  }

  static int frameChecksum(byte[] frame, int compressed) {
    CRC32C crc = new CRC32C();
    crc.update(frame, 0, FRAME_HEADER_BYTES - 4);
    crc.update(frame, FRAME_HEADER_BYTES, compressed);
    return (int) crc.getValue();
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
