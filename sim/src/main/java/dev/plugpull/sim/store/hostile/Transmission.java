package dev.plugpull.sim.store.hostile;

import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.hostile.StoreFault.OnTheWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An answer as it comes over the wire.
 *
 * @param headArrives false if not even a whole head comes
 * @param declared length of the body that the head announces
 * @param pieces the body, in order
 * @param end what happens after the last piece
 */
public record Transmission(StoreAnswer answer, boolean headArrives, int declared, List<Piece> pieces, End end) {

  /** How a transmission ends. */
  public enum End {
    /** All that was announced came, and the connection can be used again; or it is closed early in an orderly way. */
    CLOSED,
    RESET,
    /** Nothing more happens. */
    SILENT
  }

  /** Some bytes, after a time. */
  public record Piece(Duration after, byte[] bytes) {}

  public Transmission {
    pieces = List.copyOf(pieces);
  }

  /** Sends an answer over a wire with or without a fault. */
  public static Transmission of(StoreAnswer answer, Optional<OnTheWire> fault) {
    byte[] body = answer.body();
    if (fault.isEmpty()) {
      return new Transmission(answer, true, body.length, List.of(piece(body)), End.CLOSED);
    }
    return switch (fault.get()) {
      case StoreFault.Truncated(int at) -> cut(answer, place(body, at), End.CLOSED);
      case StoreFault.Stalled(int at) -> cut(answer, place(body, at), End.SILENT);
      case StoreFault.BitFlipped(int at) -> whole(answer, flipped(body, place(body, at)));
      case StoreFault.Duplicated(int at, int count) -> whole(answer, duplicated(body, place(body, at), count));
      case StoreFault.Slow(int rate) -> slow(answer, rate);
      case StoreFault.Reset(StoreFault.Reset.Place place) -> switch (place) {
        case HEADER -> new Transmission(answer, false, body.length, List.of(), End.RESET);
        case BODY -> cut(answer, body.length / 2, End.RESET);
        case LAST_BYTE -> cut(answer, Math.max(0, body.length - 1), End.RESET);
      };
      case StoreFault.WrongLength(int more) -> new Transmission(answer, true, Math.max(0, body.length + more),
          List.of(piece(Arrays.copyOf(body, Math.clamp(body.length + more, 0, body.length)))), End.CLOSED);
      case StoreFault.Unreachable() -> new Transmission(answer, false, 0, List.of(), End.RESET);
    };
  }

  private static Piece piece(byte[] bytes) {
    return new Piece(Duration.ZERO, bytes);
  }

  private static int place(byte[] body, int thousandths) {
    return (int) ((long) body.length * thousandths / 1000);
  }

  private static Transmission cut(StoreAnswer answer, int at, End end) {
    return new Transmission(answer, true, answer.body().length, List.of(piece(Arrays.copyOf(answer.body(), at))), end);
  }

  private static Transmission whole(StoreAnswer answer, byte[] body) {
    return new Transmission(answer, true, body.length, List.of(piece(body)), End.CLOSED);
  }

  private static byte[] flipped(byte[] body, int at) {
    byte[] changed = body.clone();
    if (at < changed.length) {
      changed[at] ^= 0x10;
    }
    return changed;
  }

  private static byte[] duplicated(byte[] body, int at, int count) {
    int end = Math.min(body.length, at + count);
    byte[] longer = new byte[body.length + end - at];
    System.arraycopy(body, 0, longer, 0, end);
    System.arraycopy(body, at, longer, end, body.length - at);
    return longer;
  }

  /** Ten pieces, so that whoever looks at the speed in between sees it. */
  private static Transmission slow(StoreAnswer answer, int rate) {
    byte[] body = answer.body();
    List<Piece> pieces = new ArrayList<>();
    int size = Math.max(1, (body.length + 9) / 10);
    for (int at = 0; at < body.length; at += size) {
      byte[] bytes = Arrays.copyOfRange(body, at, Math.min(body.length, at + size));
      pieces.add(new Piece(Duration.ofMillis(1000L * bytes.length / rate), bytes));
    }
    return new Transmission(answer, true, body.length, pieces, End.CLOSED);
  }
}
