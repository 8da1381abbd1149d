package dev.plugpull.conformance.http;

import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.hostile.StoreFault;
import dev.plugpull.sim.store.hostile.Transmission;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A running server. */
public final class StoreServer implements AutoCloseable {

  private static final int WRITE_SECONDS = 60;
  private static final int BACKLOG = 4096;

  private final HostileStore store;
  private final List<FaultWindow> faults;
  private final AtomicLong requests = new AtomicLong();
  private final House house;
  private final EventLoopGroup threads;
  private Channel listening;

  private StoreServer(HostileStore store, List<FaultWindow> faults, Limits limits) {
    this.store = store;
    this.faults = List.copyOf(faults);
    this.house = new House(limits.connections());
    this.threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  }

  /**
   * Starts to serve.
   *
   * @param address where; port 0 for any that is free
   * @throws IOException if the address is taken
   */
  public static StoreServer start(HostileStore store, List<FaultWindow> faults, Limits limits,
      InetSocketAddress address) throws IOException {
    StoreServer server = new StoreServer(store, faults, limits);
    try {
      server.listening = new ServerBootstrap().group(server.threads).channel(NioServerSocketChannel.class)
          .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childHandler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
              channel.pipeline().addLast(
                  new HttpServerCodec(new HttpDecoderConfig().setMaxInitialLineLength(limits.lineBytes())
                      .setMaxHeaderSize(limits.headBytes())),
                  new HttpObjectAggregator(limits.bodyBytes(), true),
                  new WriteTimeoutHandler(WRITE_SECONDS),
                  new Conversation(server.house, limits, server::answer));
            }
          }).bind(address).syncUninterruptibly().channel();
      return server;
    } catch (Exception e) {
      server.close();
      throw new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
    }
  }

  private Transmission answer(StoreRequest request) {
    long number = requests.incrementAndGet();
    Optional<StoreFault> fault =
        faults.stream().filter(window -> window.strikes(number)).map(FaultWindow::fault).findFirst();
    synchronized (store) {
      if (fault.isPresent() && fault.get() instanceof StoreFault.InTheWorld change) {
        store.bringAbout(change);
        // Nobody answers while the store is away.
        fault = fault.filter(StoreFault.OfflineForAYear.class::isInstance).map(away -> new StoreFault.Unreachable());
      }
      return store.answer(request, fault);
    }
  }

  /** The address it listens at. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** {@code http://HOST:PORT}. */
  public String base() {
    return "http://" + address().getAddress().getHostAddress() + ":" + address().getPort();
  }

  /** Requests so far. */
  public long requests() {
    return requests.get();
  }

  /** Connections that were sent away because the house was full. */
  public long sentAway() {
    return house.sentAway();
  }

  @Override
  public void close() {
    if (listening != null) {
      listening.close().syncUninterruptibly();
    }
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
