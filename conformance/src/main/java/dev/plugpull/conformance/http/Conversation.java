package dev.plugpull.conformance.http;

import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.hostile.Transmission;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection: requests in, transmissions out, one after the other. */
final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final House house;
  private final Limits limits;
  private final Function<StoreRequest, Transmission> store;
  private ScheduledFuture<?> patience;

  Conversation(House house, Limits limits, Function<StoreRequest, Transmission> store) {
    this.house = house;
    this.limits = limits;
    this.store = store;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    house.enter(context.channel());
    startWaiting(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopWaiting();
    house.leave(context.channel());
  }

  /** From here on the next request must come whole within the time; bytes that trickle in do not extend it. */
  private void startWaiting(ChannelHandlerContext context) {
    patience = context.executor().schedule(() -> context.close(), limits.patience().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void stopWaiting() {
    if (patience != null) {
      patience.cancel(false);
      patience = null;
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    stopWaiting();
    house.asks(context.channel());
    if (request.decoderResult().isFailure()) {
      Throwable why = request.decoderResult().cause();
      boolean large = why instanceof TooLongHttpHeaderException || why instanceof TooLongHttpLineException;
      refuse(context, large ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpResponseStatus.BAD_REQUEST);
      return;
    }
    TreeMap<String, String> headers = new TreeMap<>();
    request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    StoreRequest asked = new StoreRequest(request.method().name(), request.uri(), headers,
        ByteBufUtil.getBytes(request.content()));
    boolean keep = HttpUtil.isKeepAlive(request);
    Transmission transmission;
    try {
      transmission = store.apply(asked);
    } catch (RuntimeException e) {
      refuse(context, HttpResponseStatus.INTERNAL_SERVER_ERROR);
      return;
    }
    play(context, transmission, keep, request.method().name().equals("HEAD"));
  }

  private static void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
    DefaultFullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    HttpUtil.setContentLength(answer, 0);
    HttpUtil.setKeepAlive(answer, false);
    context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  private void play(ChannelHandlerContext context, Transmission transmission, boolean keep, boolean head) {
    if (!transmission.headArrives()) {
      reset(context);
      return;
    }
    HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(transmission.answer().status()));
    transmission.answer().headers().forEach((name, value) -> answer.headers().set(name, value));
    boolean bodyless = transmission.answer().status() == 304;
    if (!bodyless) {
      HttpUtil.setContentLength(answer, transmission.declared());
    }
    int comes = transmission.pieces().stream().mapToInt(piece -> piece.bytes().length).sum();
    boolean whole = transmission.end() == Transmission.End.CLOSED && comes == transmission.declared();
    HttpUtil.setKeepAlive(answer, keep && whole);
    if (keep && whole) {
      // Clients of HTTP/1.0 wait for the end of the connection unless they are told that it stays.
      answer.headers().set("connection", "keep-alive");
    }
    context.write(answer);
    Queue<Transmission.Piece> pieces = new ArrayDeque<>(head || bodyless ? List.of() : transmission.pieces());
    next(context, pieces, transmission.end(), keep && whole);
  }

  private void next(ChannelHandlerContext context, Queue<Transmission.Piece> pieces, Transmission.End end,
      boolean keep) {
    Transmission.Piece piece = pieces.poll();
    if (piece == null) {
      finish(context, end, keep);
      return;
    }
    Runnable send = () -> {
      if (context.channel().isActive()) {
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece.bytes())));
        next(context, pieces, end, keep);
      }
    };
    if (piece.after().isZero()) {
      send.run();
    } else {
      context.flush();
      context.executor().schedule(send, piece.after().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void finish(ChannelHandlerContext context, Transmission.End end, boolean keep) {
    switch (end) {
      case CLOSED -> {
        if (keep) {
          context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
          house.waits(context.channel());
          startWaiting(context);
        } else {
          context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        }
      }
      case RESET -> context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> reset(context));
      case SILENT -> context.flush();
    }
  }

  /** Closes so that the client sees a reset and no orderly end. */
  private static void reset(ChannelHandlerContext context) {
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Resets and broken pipes are what clients do.
    context.close();
  }
}
