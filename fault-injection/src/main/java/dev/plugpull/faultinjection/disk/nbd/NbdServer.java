package dev.plugpull.faultinjection.disk.nbd;

import dev.plugpull.faultinjection.disk.FaultDisk;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves disks to machines over a Unix socket, with threads of this process: it ends with it. Serves from {@link
 * Builder#start} to {@link #close}.
 */
public final class NbdServer implements AutoCloseable {
  private final Path socket;
  private final Exports exports;
  private final int maxConnections;
  private final ServerSocketChannel server;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<SocketChannel, Thread> clients = new ConcurrentHashMap<>();
  private final Thread acceptor;

  private NbdServer(Builder builder) throws IOException {
    this.socket = builder.socket;
    this.exports = builder.exports;
    this.maxConnections = builder.maxConnections;
    this.server = bind(socket);
    for (Export export : exports.all()) {
      export.disk().powerCut().thenRun(this::hangUp);
    }
    this.acceptor = Thread.ofPlatform().daemon().name("nbd " + socket.getFileName()).start(this::accept);
  }

  /**
   * A server at a path where no file is, or the left-over socket of a dead one. The path is at most about 100
   * bytes.
   */
  public static Builder at(Path socket) {
    return new Builder(socket);
  }

  /** What a server offers. */
  public static final class Builder {
    private final Path socket;
    private final Exports exports = new Exports();
    private int maxConnections = 16;

    private Builder(Path socket) {
      this.socket = socket;
    }

    /** Adds a disk. The first one answers to the empty name too. */
    public Builder export(String name, FaultDisk disk) {
      exports.add(new Export(name, "", disk));
      return this;
    }

    /** Adds a disk with a description. */
    public Builder export(Export export) {
      exports.add(export);
      return this;
    }

    /** Clients at a time (default 16); more are turned away. */
    public Builder maxConnections(int count) {
      maxConnections = count;
      return this;
    }

    /**
     * Starts to serve.
     *
     * @throws IOException {@code cannot serve at ...}
     */
    public NbdServer start() throws IOException {
      if (exports.all().isEmpty()) {
        throw new IllegalStateException("cannot serve at " + socket + ": no disk was given");
      }
      return new NbdServer(this);
    }
  }

  private static ServerSocketChannel bind(Path socket) throws IOException {
    removeLeftOver(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket), 64);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw new IOException("cannot serve at " + socket + ": " + e.getMessage(), e);
    }
  }

  private static void removeLeftOver(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      return;
    }
    if (Files.isRegularFile(socket) || Files.isDirectory(socket)) {
      throw new IOException("cannot serve at " + socket + ": something that is no socket stands there");
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new IOException("cannot serve at " + probe.getRemoteAddress() + ": another server is there");
    } catch (java.net.ConnectException nobody) {
      Files.deleteIfExists(socket);
    }
  }

  /** Where clients connect. */
  public Path socket() {
    return socket;
  }

  /** The address in the notation of QEMU and libnbd. */
  public String uri(String export) {
    String path = java.net.URLEncoder.encode(export, java.nio.charset.StandardCharsets.UTF_8).replace("+", "%20");
    return "nbd+unix:///" + path + "?socket=" + socket;
  }

  /** Clients connected now. */
  public int connected() {
    return clients.size();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        if (clients.size() >= maxConnections) {
          client.close();
          continue;
        }
        int number = connections.getAndIncrement();
        Thread thread =
            Thread.ofPlatform().daemon().name("nbd client " + number).unstarted(() -> serve(client, number));
        clients.put(client, thread);
        thread.start();
      }
    } catch (IOException closed) {
      // The server was closed.
    }
  }

  private void serve(SocketChannel client, int number) {
    try (client) {
      Input in = new Input(client);
      Output out = new Output(client);
      Handshake.Session session = new Handshake(exports, in, out).negotiate();
      if (session != null && !session.export().disk().dead()) {
        new Transmission(session, number, in, out).serve();
      }
    } catch (IOException gone) {
      // The client went away, the server was closed, or the power was cut: nobody is left to tell.
    } finally {
      clients.remove(client);
    }
  }

  /** Drops all clients; a machine whose disk lost power is dead, whatever its other disks do. */
  private void hangUp() {
    for (SocketChannel client : clients.keySet()) {
      closeQuietly(client);
    }
  }

  private static void closeQuietly(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  /** Drops all clients, waits for their threads and removes the socket. The disks stay open. */
  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    for (Map.Entry<SocketChannel, Thread> client : Map.copyOf(clients).entrySet()) {
      closeQuietly(client.getKey());
      join(client.getValue());
    }
    join(acceptor);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
