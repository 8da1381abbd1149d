package dev.plugpull.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.hostile.HostileStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server under hostile clients, and as a hostile server, byte by byte over real sockets. */
class StoreServerTest {

  private static final String BODY = "0123456789".repeat(100);
  private static final Limits SMALL = new Limits(8, 200, 1000, 2000, Duration.ofMillis(500));
  /** So long a machine that does other work may take for what is only a moment's work. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration STALLED = Duration.ofSeconds(5);

  private static StoreServer serve(String... faults) throws IOException {
    return serve(SMALL, faults);
  }

  private static StoreServer serve(Limits limits, String... faults) throws IOException {
    FileFace files = new FileFace(path -> path.equals("file")
        ? Optional.of(BODY.getBytes(StandardCharsets.US_ASCII)) : Optional.empty());
    HostileStore store =
        new HostileStore(files, new HostileStore.Knowledge(files, files, UnaryOperator.identity()));
    List<FaultWindow> windows = List.of(faults).stream().map(FaultWindow::read).toList();
    return StoreServer.start(store, windows, limits, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static Socket connect(StoreServer server) throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** Everything that comes back until the end; a reset or a time-out is told at the end of the text. */
  private static String say(StoreServer server, String request) throws IOException {
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return rest(socket);
    }
  }

  private static String rest(Socket socket) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        out.write(next);
        // The rest of an answer is there at once, or it never comes.
        socket.setSoTimeout((int) STALLED.toMillis());
      }
      return out.toString(StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketTimeoutException e) {
      return out.toString(StandardCharsets.ISO_8859_1) + "TIMEOUT";
    } catch (IOException e) {
      return out.toString(StandardCharsets.ISO_8859_1) + "RESET";
    }
  }

  private static String get(String more) {
    return "GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n";
  }

  @Test
  void servesWholeFilesAndParts() throws IOException {
    try (StoreServer server = serve()) {
      assertThat(say(server, get(""))).startsWith("HTTP/1.1 200").endsWith(BODY).contains("content-length: 1000");
      assertThat(say(server, get("Range: bytes=990-\r\n"))).startsWith("HTTP/1.1 206").endsWith("\r\n\r\n0123456789")
          .contains("content-range: bytes 990-999/1000");
      assertThat(say(server, get("Range: bytes=1000-\r\n"))).startsWith("HTTP/1.1 416");
      assertThat(say(server, get("Range: bytes=9-1,x\r\n"))).startsWith("HTTP/1.1 200").endsWith(BODY);
      assertThat(say(server, get("").replace("GET", "HEAD"))).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n")
          .contains("content-length: 1000");
      assertThat(say(server, "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 404");
      assertThat(say(server, get("").replace("GET", "DELETE"))).startsWith("HTTP/1.1 405");
    }
  }

  @ParameterizedTest
  @CsvSource({
      "truncated, 500, END", "reset-body, 500, RESET", "reset-last-byte, 999, RESET", "stalled, 500, TIMEOUT",
      "too-short, 993, END", "too-long, 1000, END", "duplicated, 1008, END", "bit-flipped, 1000, END"
  })
  void playsFaultsOnTheWire(String fault, int bytes, String end) throws IOException {
    try (StoreServer server = serve(fault)) {
      String said = say(server, get(""));
      String body = said.substring(said.indexOf("\r\n\r\n") + 4);
      assertThat(body.endsWith("RESET") ? "RESET" : body.endsWith("TIMEOUT") ? "TIMEOUT" : "END").isEqualTo(end);
      assertThat(body.replaceAll("(RESET|TIMEOUT)$", "")).hasSize(bytes);
      assertThat(body.equals(BODY)).isEqualTo(fault.equals("too-long"));
    }
  }

  @Test
  void playsFaultsInAnswersAndOnlyWhereTold() throws IOException {
    try (StoreServer server = serve("refused-429@1", "captive-portal@2-3", "reset-header@4", "content-swapped@5")) {
      assertThat(say(server, get(""))).startsWith("HTTP/1.1 429").contains("retry-after: 120");
      assertThat(say(server, get(""))).startsWith("HTTP/1.1 200").contains("text/html");
      assertThat(say(server, get(""))).contains("text/html");
      assertThat(say(server, get(""))).isEqualTo("RESET");
      assertThat(say(server, get(""))).contains("content-length: 1000").doesNotEndWith(BODY);
      assertThat(say(server, get(""))).endsWith(BODY);
      assertThat(server.requests()).isEqualTo(6);
    }
  }

  @ParameterizedTest
  @CsvSource({
      "'GET /%s HTTP/1.1', 300, 431", "'GET / HTTP/1.1\r\nX: %s', 2000, 431", "'nonsense %s', 1, 400"
  })
  void boundsHeads(String head, int length, int status) throws IOException {
    try (StoreServer server = serve()) {
      String said = say(server, head.replace("%s", "a".repeat(length)) + "\r\n\r\n");
      assertThat(said).matches("(?s)HTTP/1.1 (" + status + "|400) .*");
      assertThat(say(server, get(""))).endsWith(BODY);
    }
  }

  @Test
  void boundsBodies() throws IOException {
    try (StoreServer server = serve()) {
      assertThat(say(server, "POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 2001\r\n\r\n" + "x".repeat(2001)))
          .startsWith("HTTP/1.1 413");
      assertThat(say(server, "POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"))
          .startsWith("HTTP/1.1 413");
      assertThat(say(server, get(""))).endsWith(BODY);
    }
  }

  @Test
  void whoTricklesIsCutOff() throws Exception {
    try (StoreServer server = serve(); Socket slow = connect(server)) {
      long begin = System.nanoTime();
      slow.getOutputStream().write("GET /file HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
      boolean open = true;
      while (open && System.nanoTime() - begin < PATIENCE.toNanos()) {
        Thread.sleep(100);
        try {
          slow.getOutputStream().write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          open = false;
        }
      }
      assertThat(open).as("the connection is closed although bytes came all the time").isFalse();
    }
  }

  @Test
  void aFullHouseSendsAwayWhoWaitsLongest() throws IOException {
    try (StoreServer server = serve(new Limits(8, 200, 1000, 2000, PATIENCE))) {
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        idle.add(connect(server));
      }
      assertThat(say(server, get(""))).endsWith(BODY);
      assertThat(server.sentAway()).isGreaterThanOrEqualTo(32);
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/../../secret", "/etc/passwd", "link", "%2e%2e/secret", "a\0b", "a"})
  void aFolderShowsNothingOutside(String path, @TempDir Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root/a")).getParent();
    Files.writeString(folder.resolve("secret"), "secret");
    Files.writeString(root.resolve("shown"), "shown");
    Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
    DirectoryFiles files = new DirectoryFiles(root);
    assertThat(files.apply(path)).isEmpty();
    assertThat(files.apply("shown").orElseThrow()).asString().isEqualTo("shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "truncated@", "truncated@x", "clock-lost", "truncated@1-2-3"})
  void faultsThatAreNoneAreRefused(String text) {
    assertThatThrownBy(() -> FaultWindow.read(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot ");
  }
}
