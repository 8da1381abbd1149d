package dev.plugpull.sim.store.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest.
 *
 * @param minorVersion 0 for a full payload
 * @param signaturesOffset of the payload signature behind the metadata, in bytes
 * @param maxTimestamp newest content, in seconds since 1970; 0 for unknown
 * @param partitions in the order in which they are applied
 */
public record Manifest(
    int minorVersion, long signaturesOffset, long signaturesSize, long maxTimestamp, List<Partition> partitions) {

  static final int BLOCK = 4096;

  /**
   * One partition.
   *
   * @param size of the new content in bytes
   * @param sha256 of the new content
   */
  public record Partition(
      String name, boolean runPostinstall, long size, byte[] sha256, List<Operation> operations) {
    public Partition {
      operations = List.copyOf(operations);
    }
  }

  public Manifest {
    partitions = List.copyOf(partitions);
  }

  byte[] encode() {
    ProtoWriter out = new ProtoWriter().number(3, BLOCK).number(4, signaturesOffset).number(5, signaturesSize)
        .number(12, minorVersion);
    for (Partition partition : partitions) {
      ProtoWriter one = new ProtoWriter().text(1, partition.name()).number(2, partition.runPostinstall() ? 1 : 0)
          .bytes(7, new ProtoWriter().number(1, partition.size()).bytes(2, partition.sha256()).done());
      partition.operations().forEach(operation -> one.bytes(8, operation.encode()));
      out.bytes(13, one.done());
    }
    return out.number(14, maxTimestamp).done();
  }

  static Manifest read(byte[] bytes) throws PayloadException {
    ProtoReader in = new ProtoReader(bytes);
    long minor = 0;
    long offset = 0;
    long size = 0;
    long timestamp = 0;
    List<Partition> partitions = new ArrayList<>();
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 4 -> offset = in.number();
        case 5 -> size = in.number();
        case 12 -> minor = in.number();
        case 13 -> partitions.add(partition(in.bytes()));
        case 14 -> timestamp = in.number();
        default -> in.skip();
      }
    }
    return new Manifest((int) minor, offset, size, timestamp, partitions);
  }

  private static Partition partition(byte[] bytes) throws PayloadException {
    ProtoReader in = new ProtoReader(bytes);
    String name = "";
    boolean postinstall = false;
    long size = 0;
    byte[] sha256 = {};
    List<Operation> operations = new ArrayList<>();
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> name = new String(in.bytes(), StandardCharsets.UTF_8);
        case 2 -> postinstall = in.number() != 0;
        case 7 -> {
          ProtoReader info = new ProtoReader(in.bytes());
          for (int inner = info.field(); inner != 0; inner = info.field()) {
            switch (inner) {
              case 1 -> size = info.number();
              case 2 -> sha256 = info.bytes();
              default -> info.skip();
            }
          }
        }
        case 8 -> operations.add(Operation.read(in.bytes()));
        default -> in.skip();
      }
    }
    return new Partition(name, postinstall, size, sha256, operations);
  }
}
