package dev.plugpull.conformance.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: asks the work to stop, waits for its partial result to be written, and ends with exit code 130.
 */
final class Interrupts implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean happened;

  private Interrupts(Runnable stop) {
    hook = new Thread(() -> {
      happened = true;
      stop.run();
      try {
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("plugpull: stopped without a result");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    });
  }

  static Interrupts watch(Runnable stop) {
    Interrupts interrupts = new Interrupts(stop);
    Runtime.getRuntime().addShutdownHook(interrupts.hook);
    return interrupts;
  }

  boolean happened() {
    return happened;
  }

  @Override
  public void close() {
    done.countDown();
    if (!happened) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
