package dev.plugpull.faultinjection.disk.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.disk.Fault;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.Overlay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The protocol, told in numbers by a client that shares no code with the server. */
@Timeout(300)
class NbdServerTest {
  private static final int SIZE = 1 << 20;
  @TempDir Path folder;
  private final byte[] content = new byte[SIZE];
  private FaultDisk disk;
  private NbdServer server;

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(content);
    disk = FaultDisk.of(Overlay.on(new MemoryImage(content.clone()), folder));
    server =
        NbdServer.at(folder.resolve("s"))
            .export("first", disk)
            .export(new Export("second", "another", FaultDisk.of(new MemoryImage(new byte[700]))))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    disk.close();
  }

  private RawClient client() throws Exception {
    return new RawClient(server.socket()).greet();
  }

  @Test
  void listsItsExportsAndLetsGo() throws Exception {
    try (RawClient client = client()) {
      assertThat(new String(client.option(3, new byte[0]).data()).substring(4)).isEqualTo("first");
      assertThat(new String(client.optionReply().data()).substring(4)).isEqualTo("second");
      assertThat(client.optionReply().type()).isEqualTo(1);
      assertThat(client.option(2, new byte[0]).type()).isEqualTo(1);
      assertThat(client.hungUp()).isTrue();
    }
  }

  @Test
  void refusesOptionsAsTheProtocolSays() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.option(5, new byte[0]).type()).as("TLS").isEqualTo(0x80000001);
      assertThat(client.option(99, new byte[9]).type()).as("unknown").isEqualTo(0x80000001);
      assertThat(client.option(3, new byte[1]).type()).as("LIST with data").isEqualTo(0x80000003);
      assertThat(client.option(7, RawClient.go("nothing")).type()).as("no such export").isEqualTo(0x80000006);
      assertThat(client.option(7, new byte[] {0, 0, 0, 9}).type()).as("short").isEqualTo(0x80000003);
      assertThat(client.option(7, new byte[] {-1, -1, -1, -1, 0, 0}).type()).as("4 GiB name").isEqualTo(0x80000003);
      assertThat(client.option(6, new byte[1 << 20]).type()).as("too long").isEqualTo(0x80000009);
      assertThat(client.option(10, RawClient.go("first")).type()).as("context first").isEqualTo(0x80000003);
      client.enter("first");
      assertThat(client.read(0, 16).data()).isEqualTo(java.util.Arrays.copyOf(content, 16));
    }
  }

  @Test
  void entersByTheOldOptionToo() throws Exception {
    try (RawClient client = client()) {
      client.sendOption(1, "first".getBytes());
      assertThat(client.in.readLong()).isEqualTo(SIZE);
      client.in.readShort();
      assertThat(client.read(SIZE - 3, 3).error()).isZero();
    }
    try (RawClient client = client()) {
      client.sendOption(1, "nothing".getBytes());
      assertThat(client.hungUp()).isTrue();
    }
  }

  @Test
  void answersErrorsAndGoesOn() throws Exception {
    try (RawClient client = client().enter("")) {
      assertThat(client.read(SIZE - 1, 2).error()).as("read past the end").isEqualTo(22);
      assertThat(client.read(-1, 1).error()).as("offset beyond 2^63").isEqualTo(22);
      assertThat(client.read(Long.MAX_VALUE, 1).error()).isEqualTo(22);
      assertThat(client.read(0, -1).error()).as("4 GiB read").isEqualTo(22);
      assertThat(client.read(0, 0).error()).as("nothing").isEqualTo(22);
      assertThat(client.write(SIZE - 1, new byte[2])).as("write past the end").isEqualTo(28);
      assertThat(client.command(0, 6, SIZE, 512)).as("zero past the end").isEqualTo(28);
      assertThat(client.command(0, 4, SIZE, 512)).as("trim past the end").isEqualTo(22);
      assertThat(client.command(0, 77, 0, 0)).as("unknown command").isEqualTo(22);
      assertThat(client.command(0x100, 3, 0, 0)).as("unknown flag").isEqualTo(22);
      assertThat(client.command(0, 7, 0, 512)).as("status without context").isEqualTo(22);
      assertThat(client.write(8, new byte[] {1, 2, 3})).isZero();
      assertThat(client.read(7, 5).data()).isEqualTo(new byte[] {content[7], 1, 2, 3, content[11]});
    }
  }

  @Test
  void keepsClientsThatAskedForBlockSizesToThem() throws Exception {
    try (RawClient client = client().enter("first", 3)) {
      assertThat(client.read(1, 512).error()).isEqualTo(22);
      assertThat(client.read(512, 512).error()).isZero();
    }
    try (RawClient client = client().enter("second", 3)) {
      assertThat(client.read(699, 1).error()).as("a disk that ends inside a sector").isZero();
    }
  }

  @Test
  void hangsUpOnNonsense() throws Exception {
    try (RawClient client = client().enter("first")) {
      client.out.write(new byte[28]);
      assertThat(client.hungUp()).isTrue();
    }
    try (RawClient client = new RawClient(server.socket())) {
      client.out.writeInt(-1);
      client.in.readNBytes(18);
      assertThat(client.hungUp()).isTrue();
    }
  }

  @Test
  void breaksOnCommand() throws Exception {
    try (RawClient client = client().enter("first")) {
      disk.setFaults(List.of(new Fault.Eio(4096, 512), new Fault.Short(SIZE - 512)));
      assertThat(client.read(4000, 97).error()).isEqualTo(5);
      assertThat(client.read(4000, 96).error()).isZero();
      assertThat(client.write(4607, new byte[1])).isEqualTo(5);
      assertThat(client.write(SIZE - 512, new byte[512])).isEqualTo(28);
      assertThat(client.read(SIZE - 512, 512).error()).isEqualTo(5);
      disk.setFaults(List.of());
      assertThat(client.read(4096, 512).data()).isEqualTo(java.util.Arrays.copyOfRange(content, 4096, 4608));
      disk.setFaults(List.of(new Fault.Slow(50)));
      long from = System.nanoTime();
      client.read(0, 1);
      client.read(0, 1);
      assertThat(System.nanoTime() - from).isGreaterThan(100_000_000L);
    }
  }

  /** Faults are the test's, a full host is not: who runs the machine must be able to tell them apart. */
  @Test
  void tellsAFailureOfTheHostFromAFault() throws Exception {
    try (RawClient client = client().enter("first")) {
      disk.setFaults(List.of(new Fault.Eio(0, 512)));
      assertThat(client.write(0, new byte[1])).isEqualTo(5);
      assertThat(disk.hostFailure()).isNotDone();
      disk.close();
      assertThat(client.write(4096, new byte[4096])).isEqualTo(5);
      assertThat(disk.hostFailure()).isDone();
    }
  }

  @Test
  void losesPower() throws Exception {
    try (RawClient client = client().enter("first")) {
      disk.setFaults(List.of(new Fault.CutAfter(2)));
      assertThat(client.write(0, new byte[1])).isZero();
      client.send(0, 3, 0, 0, new byte[0]);
      assertThat(client.hungUp()).isTrue();
      assertThat(disk.dead()).isTrue();
    }
    try (RawClient client = client()) {
      client.sendOption(7, RawClient.go("first"));
      while (!client.hungUp()) {
        // It may still say what the disk was.
      }
    }
  }

  @Test
  void boundsItsClientsAndLeavesNothing() throws Exception {
    Path path = folder.resolve("t");
    NbdServer small = NbdServer.at(path).export("", disk).maxConnections(1).start();
    assertThatThrownBy(() -> NbdServer.at(path).export("", disk).start()).hasMessageContaining("another server");
    try (RawClient one = onceThereIsRoom(path).enter("");
        RawClient two = new RawClient(path)) {
      assertThat(two.hungUp()).isTrue();
      assertThat(one.read(0, 1).error()).isZero();
      small.close();
      assertThat(one.hungUp()).isTrue();
    }
    assertThat(path).doesNotExist();
    assertThat(small.connected()).isZero();
    Files.writeString(path, "kept");
    assertThatThrownBy(() -> NbdServer.at(path).export("", disk).start()).hasMessageContaining("no socket");
    assertThat(path).content().isEqualTo("kept");
  }

  @Test
  void describesZerosInChunks() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.option(8, new byte[0]).type()).isEqualTo(1);
      ByteBuffer query = ByteBuffer.allocate(4 + 5 + 4 + 4 + 15);
      query.putInt(5).put("first".getBytes()).putInt(1).putInt(15).put("base:allocation".getBytes());
      assertThat(client.option(10, query.array()).type()).isEqualTo(4);
      assertThat(client.optionReply().type()).isEqualTo(1);
      client.enter("first");
      assertThat(client.command(0, 6, 8192, 8192)).isZero();
      long cookie = client.send(0, 7, 4096, 16384, new byte[0]);
      assertThat(client.in.readInt()).isEqualTo(0x668e33ef);
      assertThat(client.in.readInt()).as("done, block status").isEqualTo(1 << 16 | 5);
      assertThat(client.in.readLong()).isEqualTo(cookie);
      assertThat(client.in.readInt()).isEqualTo(4 + 3 * 8);
      int[] extents = new int[7];
      for (int i = 0; i < 7; i++) {
        extents[i] = client.in.readInt();
      }
      assertThat(extents).containsExactly(1, 4096, 0, 8192, 3, 4096, 0);
    }
  }

  /** The second server's question takes the only place for a moment, perhaps only after it has been answered. */
  private static RawClient onceThereIsRoom(Path path) throws Exception {
    for (int tries = 0; ; tries++) {
      RawClient client = new RawClient(path);
      try {
        return client.greet();
      } catch (IOException e) {
        client.close();
        if (tries > 1000) {
          throw e;
        }
        Thread.sleep(5);
      }
    }
  }
}
