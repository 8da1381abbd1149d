package dev.plugpull.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.hostile.HostileStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All abuse at once, on the loopback interface and for a bounded time: 10,000 idle connections, slow heads by Debian's
 * slowhttptest, malformed ranges and climbing paths, with load by ApacheBench; the figures of {@code
 * docs/performance.md} come from here.
 */
@Tag("nightly")
class AbuseTest {

  private static final int IDLE = 10_000;
  private static final int GOOD = 500;
  private static final String SECRET = "nobody may see this";
  private static final byte[] BODY = "0123456789abcdef".repeat(64).getBytes(StandardCharsets.US_ASCII);
  private static final List<String> RANGES = List.of("bytes=-", "bytes=9-1", "bytes=a-b", "bytes=0-0,-1", "chars=0-1",
      "bytes=99999999999999999999-", "bytes=-0", "bytes=1024-", "bytes=0-".repeat(200), "bytes= 0 - 5", "", "=");
  private static final List<String> PATHS = List.of("/../secret", "/a/../../secret", "/%2e%2e/secret",
      "/%2e%2e%2fsecret", "//etc/passwd", "/link", "/..%5csecret", "/%00", "/%zz",
      "http://127.0.0.1/../secret", "/file/../../secret", "..");

  @TempDir
  private Path folder;

  private final AtomicBoolean over = new AtomicBoolean();

  private StoreServer serve() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.writeString(folder.resolve("secret"), SECRET);
    Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
    Files.write(root.resolve("file"), BODY);
    FileFace files = new FileFace(new DirectoryFiles(root));
    return StoreServer.start(
        new HostileStore(files, new HostileStore.Knowledge(files, files, UnaryOperator.identity())), List.of(),
        Limits.STANDARD, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** One exchange on a connection of its own; what came back. */
  private static String say(StoreServer server, String request) throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String get(String path, String more) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n";
  }

  /** Keeps so many connections open that say nothing; who was sent away comes back. Returns how many were opened. */
  private long idle(StoreServer server) throws IOException {
    List<SocketChannel> all = new ArrayList<>();
    long opened = 0;
    try {
      for (int i = 0; i < IDLE && !over.get(); i++, opened++) {
        all.add(SocketChannel.open(server.address()));
      }
      ByteBuffer one = ByteBuffer.allocate(1);
      for (int at = 0; !over.get(); at = (at + 1) % all.size()) {
        SocketChannel channel = all.get(at);
        channel.configureBlocking(false);
        boolean gone;
        try {
          gone = channel.read(one.clear()) != 0;
        } catch (IOException e) {
          gone = true;
        }
        if (gone) {
          channel.close();
          all.set(at, SocketChannel.open(server.address()));
          opened++;
          Thread.sleep(1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      for (SocketChannel channel : all) {
        channel.close();
      }
    }
    return opened;
  }

  /** Hostile requests, one after the other; none may show the secret, none may be answered as anything but refused. */
  private void hostile(StoreServer server, AtomicLong asked, List<String> bad) {
    for (int i = 0; !over.get(); i++) {
      String request = i % 2 == 0 ? get("/file", "Range: " + RANGES.get(i / 2 % RANGES.size()) + "\r\n")
          : get(PATHS.get(i / 2 % PATHS.size()), "");
      try {
        String said = say(server, request);
        asked.incrementAndGet();
        boolean shown = said.contains(SECRET) || said.contains("root:");
        boolean fits = said.isEmpty() || said.matches("(?s)HTTP/1.1 " + (i % 2 == 0 ? "(200|206|400|416|431)"
            : "(400|404)") + " .*");
        if (shown || !fits) {
          bad.add(request + said);
        }
      } catch (IOException e) {
        // Sent away by a full house.
      }
    }
  }

  @Test
  void goodRequestsAreAnsweredMeanwhile() throws Exception {
    for (String tool : List.of("slowhttptest", "ab")) {
      assumeTrue(HostCommand.present(tool), tool + " is not here; install Debian's slowhttptest and apache2-utils");
    }
    long[] calm;
    long[] latencies;
    AtomicLong opened = new AtomicLong();
    AtomicLong asked = new AtomicLong();
    List<String> bad = Collections.synchronizedList(new ArrayList<>());
    int failed = 0;
    String load;
    try (StoreServer server = serve()) {
      calm = new long[GOOD];
      failed += good(server, calm);
      assertThat(failed).isZero();
      Thread idle = Thread.ofPlatform().start(() -> {
        try {
          opened.set(idle(server));
        } catch (IOException e) {
          bad.add("cannot hold idle connections: " + e.getMessage());
        }
      });
      Thread climbing = Thread.ofPlatform().start(() -> hostile(server, asked, bad));
      Process slow = new ProcessBuilder("slowhttptest", "-H", "-c", "1000", "-r", "200", "-i", "2", "-l", "60", "-x",
          "24", "-u", server.base() + "/file").redirectErrorStream(true)
          .redirectOutput(folder.resolve("slow.txt").toFile()).start();
      try {
        for (int i = 0; i < 600 && server.sentAway() < IDLE / 2; i++) {
          Thread.sleep(100);
        }
        assertThat(server.sentAway()).as("the house is full").isGreaterThan(0);
        latencies = new long[GOOD];
        failed = good(server, latencies);
        load = apacheBench(server);
      } finally {
        over.set(true);
        slow.destroy();
        idle.join();
        climbing.join();
      }
      assertThat(good(server, new long[10])).as("it serves on").isZero();
    }
    Arrays.sort(calm);
    Arrays.sort(latencies);
    System.out.printf("calm: median %.1f ms, worst %.1f ms%nunder abuse: median %.1f ms, 99 %% %.1f ms, worst %.1f ms,"
            + " %d of %d sent away%nidle connections opened %d, hostile requests %d%n%s%n", ms(calm, 0.5), ms(calm, 1),
        ms(latencies, 0.5), ms(latencies, 0.99), ms(latencies, 1), failed, GOOD, opened.get(), asked.get(), load);
    assertThat(bad).isEmpty();
    assertThat(opened.get()).isGreaterThanOrEqualTo(IDLE);
    assertThat(asked.get()).isGreaterThan(RANGES.size() + PATHS.size());
    assertThat(failed).as("good requests that were sent away").isLessThan(GOOD / 100);
    assertThat(ms(latencies, 0.5)).as("median in ms").isLessThan(250);
    assertThat(ms(latencies, 1)).as("worst in ms").isLessThan(10_000);
  }

  private static double ms(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }

  /** Fills in nanoseconds of good requests; returns how many were not answered as they should be. */
  private static int good(StoreServer server, long[] latencies) {
    int failed = 0;
    for (int i = 0; i < latencies.length; i++) {
      long begin = System.nanoTime();
      try {
        String said = say(server, get("/file", ""));
        failed += said.startsWith("HTTP/1.1 200") && said.endsWith(new String(BODY, StandardCharsets.US_ASCII)) ? 0 : 1;
      } catch (IOException e) {
        failed++;
      }
      latencies[i] = System.nanoTime() - begin;
    }
    return failed;
  }

  private String apacheBench(StoreServer server) throws IOException, InterruptedException {
    Path said = folder.resolve("ab.txt");
    Process process = new ProcessBuilder("ab", "-r", "-n", "2000", "-c", "20", server.base() + "/file")
        .redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ApacheBench ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return String.join("\n", Files.readString(said).lines()
        .filter(line -> line.matches("(Complete requests|Failed requests|Requests per second|  (50|99|100)%).*"))
        .toList());
  }
}
