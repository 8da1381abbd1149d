package dev.plugpull.conformance.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** QEMU's monitor: what the machine itself says about resets and its end. Safe for several threads. */
final class Qmp implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Something that happened, for example {@code SHUTDOWN} because of {@code guest-reset}. */
  record Event(String name, String reason) {}

  private final SocketChannel socket;
  private final List<Event> events = new ArrayList<>();

  private Qmp(SocketChannel socket) {
    this.socket = socket;
    Thread.ofPlatform().daemon().name("qmp").start(this::read);
  }

  /** Connects as soon as QEMU listens. */
  static Qmp connect(Path path, Process qemu) throws IOException {
    Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10)).pollDelay(Duration.ZERO)
        .until(() -> Files.exists(path) || !qemu.isAlive());
    IOException last = null;
    for (int i = 0; i < 200 && qemu.isAlive(); i++) {
      try {
        SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        Qmp qmp = new Qmp(socket);
        qmp.send("{\"execute\":\"qmp_capabilities\"}\n");
        return qmp;
      } catch (IOException notYet) {
        last = notYet;
        pause();
      }
    }
    throw new IOException("cannot start a machine: QEMU does not answer", last);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot start a machine: interrupted", e);
    }
  }

  private void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode message = JSON.readTree(line);
        if (message.has("event")) {
          Event event = new Event(message.path("event").asString(""), message.path("data").path("reason").asString(""));
          synchronized (events) {
            events.add(event);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // The machine is gone.
    }
  }

  List<Event> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
