package dev.plugpull.faultinjection.disk.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.Overlay;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any sequence of requests against a plain array; any damage to the bytes on the wire. */
class NbdServerProperties {
  private static final int SIZE = 70_001;

  /** One request of a test. */
  record Step(int type, int offset, int length, long seed) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(0, 1, 1, 3, 4, 6),
            Arbitraries.integers().between(0, SIZE + 100),
            Arbitraries.integers().between(1, 20_000),
            Arbitraries.longs())
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Property(tries = 60, seed = "2275218692")
  void actsLikeAnArray(@ForAll("steps") List<Step> steps, @ForAll long seed) throws Exception {
    byte[] base = random(seed, SIZE);
    byte[] model = base.clone();
    Path folder = Files.createTempDirectory("nbd");
    try (Overlay overlay = Overlay.on(new MemoryImage(base.clone()), folder);
        FaultDisk disk = FaultDisk.of(overlay);
        NbdServer server = NbdServer.at(folder.resolve("s")).export("", disk).start();
        RawClient client = new RawClient(server.socket()).greet().enter("")) {
      for (Step step : steps) {
        carryOut(step, client, model);
      }
      assertThat(client.read(0, SIZE).data()).isEqualTo(model);
      assertThat(state(base, overlay)).isEqualTo(model);
    } finally {
      Files.delete(folder);
    }
  }

  private static void carryOut(Step step, RawClient client, byte[] model) throws IOException {
    boolean inside = step.offset() + step.length() <= SIZE;
    switch (step.type()) {
      case 0 -> {
        RawClient.Reply reply = client.read(step.offset(), step.length());
        assertThat(reply.error() == 0).isEqualTo(inside);
        if (inside) {
          assertThat(reply.data())
              .isEqualTo(Arrays.copyOfRange(model, step.offset(), step.offset() + step.length()));
        }
      }
      case 1 -> {
        byte[] data = random(step.seed(), step.length());
        assertThat(client.write(step.offset(), data) == 0).isEqualTo(inside);
        if (inside) {
          System.arraycopy(data, 0, model, step.offset(), data.length);
        }
      }
      case 3 -> assertThat(client.command(0, 3, 0, 0)).isZero();
      default -> {
        assertThat(client.command(0, step.type(), step.offset(), step.length()) == 0).isEqualTo(inside);
        if (inside) {
          Arrays.fill(model, step.offset(), step.offset() + step.length(), (byte) 0);
        }
      }
    }
  }

  private static byte[] state(byte[] base, Overlay overlay) throws IOException {
    byte[] all = new byte[SIZE];
    DiskState.of(new MemoryImage(base)).withChangesOf(overlay).read(0, ByteBuffer.wrap(all));
    return all;
  }

  /** A valid conversation with flipped bits and a cut; the server must go on, keep its other disk, and lose nobody. */
  @Property(tries = 300, seed = "3758763982")
  void survivesAnyBytes(@ForAll long seed) throws Exception {
    byte[] secret = random(7, 4096);
    Random random = new Random(seed);
    byte[] talk = conversation(random);
    for (int flips = random.nextInt(6); flips > 0; flips--) {
      talk[random.nextInt(talk.length)] ^= (byte) (1 << random.nextInt(8));
    }
    Path folder = Files.createTempDirectory("nbd");
    MemoryImage other = new MemoryImage(secret.clone());
    try (FaultDisk disk = FaultDisk.of(new MemoryImage(new byte[8192]));
        NbdServer server =
            NbdServer.at(folder.resolve("s")).export("a", disk).export("other", FaultDisk.of(other)).start()) {
      try (RawClient hostile = new RawClient(server.socket())) {
        hostile.out.write(talk, 0, random.nextInt(4) == 0 ? random.nextInt(talk.length) : talk.length);
        hostile.socket.shutdownOutput();
        hostile.in.readAllBytes();
      } catch (IOException hungUpEarly) {
        // As good an answer as any.
      }
      try (RawClient good = new RawClient(server.socket()).greet().enter("other")) {
        assertThat(good.read(0, 4096).data()).isEqualTo(secret);
      }
      for (int i = 0; server.connected() > 0 && i < 1000; i++) {
        Thread.sleep(1);
      }
      assertThat(server.connected()).isZero();
    } finally {
      Files.delete(folder);
    }
  }

  private static byte[] conversation(Random random) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(all);
    to.writeInt(3);
    option(to, 8, new byte[0]);
    option(to, 10, ByteBuffer.allocate(28).putInt(1).put((byte) 'a').putInt(1).putInt(15)
        .put("base:allocation".getBytes()).array());
    option(to, 7, RawClient.go("a", 3));
    for (int i = 0; i < 8; i++) {
      int type = random.nextInt(8);
      to.writeInt(0x25609513);
      to.writeShort(random.nextInt(4) == 0 ? random.nextInt(16) : 0);
      to.writeShort(type);
      to.writeLong(i);
      to.writeLong(512L * random.nextInt(18));
      to.writeInt(512 * random.nextInt(4));
      if (type == 1) {
        to.write(new byte[512]);
      }
    }
    return all.toByteArray();
  }

  private static void option(DataOutputStream to, int option, byte[] data) throws IOException {
    to.writeLong(0x49484156454F5054L);
    to.writeInt(option);
    to.writeInt(data.length);
    to.write(data);
  }
}
