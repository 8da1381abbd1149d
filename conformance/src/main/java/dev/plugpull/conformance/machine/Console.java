package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The serial console of a machine: all that it printed, within bounds. A guest that floods it loses the middle, and
 * {@link #flooded} says so; the machine is never held up. Safe for several threads.
 */
public final class Console {
  private static final int KEPT = 1 << 19;

  private final OutputStream keyboard;
  private final StringBuilder text = new StringBuilder();
  private final Thread reader;
  /** Characters that were dropped in front of {@link #text}. */
  private long dropped;
  private boolean ended;

  Console(InputStream screen, OutputStream keyboard) {
    this.keyboard = keyboard;
    this.reader = Thread.ofPlatform().daemon().name("console").start(() -> read(screen));
  }

  private void read(InputStream screen) {
    byte[] step = new byte[8192];
    try (screen) {
      for (int got = screen.read(step); got >= 0; got = screen.read(step)) {
        append(new String(step, 0, got, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // The machine is gone.
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void append(String more) {
    text.append(more);
    if (text.length() > 2 * KEPT) {
      int drop = text.length() - KEPT;
      text.delete(0, drop);
      dropped += drop;
    }
    notifyAll();
  }

  /** Number of characters printed so far; a place for {@link #since}. */
  public synchronized long length() {
    return dropped + text.length();
  }

  /** What was printed from this place on, as far as it was kept. */
  public synchronized String since(long place) {
    int from = (int) Math.max(0, place - dropped);
    return text.substring(Math.min(from, text.length()));
  }

  /** All that was kept. */
  public synchronized String text() {
    return text.toString();
  }

  /** True if the machine printed more than was kept. */
  public synchronized boolean flooded() {
    return dropped > 0;
  }

  /** Waits until something was printed after {@code place}, the machine is gone, or the time is over. */
  synchronized void await(long place, long milliseconds) throws InterruptedException {
    if (length() == place && !ended) {
      wait(milliseconds);
    }
  }

  /** Waits until the last character is here, after the machine has ended. */
  void drain() throws InterruptedException {
    reader.join(5000);
  }

  /** Types. */
  public void type(String keys) throws IOException {
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }
}
