package dev.plugpull.faultinjection.disk;

import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.Extent;
import dev.plugpull.faultinjection.disk.log.LogWriter;
import dev.plugpull.faultinjection.disk.log.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A disk that is recorded and may be broken: an image, an optional recording, and the faults switched on at the moment.
 * Safe for several threads.
 *
 * <p>A client announces each request with {@link #issue}, carries it out with {@link #read}, {@link #change} or {@link
 * #flush}, and reports the answer with {@link #complete} once it is on its way. {@link
 * dev.plugpull.faultinjection.disk.nbd.NbdServer} does that for machines.
 */
public final class FaultDisk implements AutoCloseable {
  /** The ticket of a request on a disk that is not recorded. */
  private static final long UNRECORDED = -1;

  private final DiskImage image;
  private final LogWriter log;
  private final int device;
  private final AtomicLong changesUntilCut = new AtomicLong(Long.MAX_VALUE);
  private final CompletableFuture<String> cut = new CompletableFuture<>();
  private final CompletableFuture<IOException> hostFailure = new CompletableFuture<>();
  private volatile List<Fault> faults = List.of();

  private FaultDisk(DiskImage image, LogWriter log, int device) {
    this.image = image;
    this.log = log;
    this.device = device;
  }

  /** A disk that nobody records. Closing it closes the image. */
  public static FaultDisk of(DiskImage image) {
    return new FaultDisk(image, null, 0);
  }

  /**
   * A disk that is recorded as number {@code device} of the log. Closing it closes the image, not the log.
   *
   * @throws IllegalArgumentException if the log was made for a disk of another size
   */
  public static FaultDisk recorded(DiskImage image, LogWriter log, int device) {
    long size = log.header().devices().get(device).size();
    if (size != image.size()) {
      throw new IllegalArgumentException(
          "cannot record a disk of " + image.size() + " bytes: the log expects " + size + " bytes");
    }
    return new FaultDisk(image, log, device);
  }

  /** Size that the client is told, in bytes. */
  public long size() {
    return image.size();
  }

  /** True if writes are refused with EPERM. */
  public boolean readOnly() {
    return image.readOnly();
  }

  /** The faults switched on. */
  public List<Fault> faults() {
    return faults;
  }

  /** Replaces the faults from the next request on, and notes that in the recording. */
  public synchronized void setFaults(List<Fault> next) throws IOException {
    if (log != null) {
      log.note("disk " + device + ", faults: " + (next.isEmpty() ? "none" : next));
    }
    changesUntilCut.set(
        next.stream()
            .filter(Fault.CutAfter.class::isInstance)
            .mapToLong(fault -> ((Fault.CutAfter) fault).requests())
            .min()
            .orElse(Long.MAX_VALUE));
    faults = List.copyOf(next);
  }

  /** Names this moment in the recording; does nothing on a disk that is not recorded. */
  public void mark(String name) throws IOException {
    if (log != null) {
      log.mark(name);
    }
  }

  /**
   * Cuts the power: from now on no request is carried out or answered, and the server drops its clients. What
   * survived is for the recording to say. A second cut does nothing.
   *
   * @param rule for the recording: why, and what the caller is going to keep
   */
  public void cutPower(String rule) throws IOException {
    if (cut.complete(rule) && log != null) {
      log.powerCut(rule);
    }
  }

  /** Completes with the rule when the power is cut. */
  public CompletableFuture<String> powerCut() {
    return cut.copy();
  }

  /**
   * Completes when image or recording fail by themselves, such as on a host whose disk is full: what the client sees
   * from then on is none of its own faults.
   */
  public CompletableFuture<IOException> hostFailure() {
    return hostFailure.copy();
  }

  /** True after {@link #cutPower}. */
  public boolean dead() {
    return cut.isDone();
  }

  /**
   * A request has arrived.
   *
   * @param data what a write brings; left as it is
   * @return a ticket for {@link #complete}
   */
  public long issue(int connection, Operation operation, boolean fua, long offset, long length, ByteBuffer data)
      throws IOException {
    long ticket = UNRECORDED;
    if (log != null) {
      try {
        ticket = log.issued(device, connection, operation, fua, offset, length, data);
      } catch (IOException e) {
        throw unrecordable(e);
      }
    }
    if (operation != Operation.READ && changesUntilCut.get() != Long.MAX_VALUE
        && changesUntilCut.decrementAndGet() == 0) {
      cutPower("after a number of requests");
    }
    return ticket;
  }

  /** The answer to a request goes out. */
  public void complete(long ticket, Operation operation, boolean fua, int error) throws IOException {
    if (ticket == UNRECORDED) {
      return;
    }
    boolean promises = error == DiskErrors.OK && (fua || operation == Operation.FLUSH);
    try {
      log.completed(ticket, error, promises && lies());
      if (promises) {
        // The machine goes on as if this were safe, so a kill of this process must not lose it from the recording.
        log.sync();
      }
    } catch (IOException e) {
      throw unrecordable(e);
    }
  }

  /** A machine must not go on unseen: a disk that cannot be recorded is dead. */
  private IOException unrecordable(IOException e) {
    cut.complete(e.getMessage());
    return failed(e);
  }

  private IOException failed(IOException e) {
    hostFailure.complete(e);
    return e;
  }

  private boolean lies() {
    return faults.stream().anyMatch(Fault.LyingFlush.class::isInstance);
  }

  /** The error that the faults give a request before it is carried out, or 0. Sleeps on a slow disk. */
  public int refusal(Operation operation, long offset, long length) {
    for (Fault fault : faults) {
      int error =
          switch (fault) {
            case Fault.Slow slow -> sleep(slow.millis());
            case Fault.Eio eio when operation != Operation.FLUSH && eio.touches(offset, length) -> DiskErrors.EIO;
            case Fault.Short end when offset + length > end.bytes() ->
                operation == Operation.READ ? DiskErrors.EIO : DiskErrors.ENOSPC;
            case Fault.Eio _, Fault.Short _, Fault.LyingFlush _, Fault.CutAfter _ -> DiskErrors.OK;
          };
      if (error != DiskErrors.OK) {
        return error;
      }
    }
    return DiskErrors.OK;
  }

  private static int sleep(int millis) {
    try {
      Thread.sleep(millis);
      return DiskErrors.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DiskErrors.ESHUTDOWN;
    }
  }

  /** Reads without regard to faults: ask {@link #refusal} first. */
  public void read(long offset, ByteBuffer into) throws IOException {
    try {
      image.read(offset, into);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Carries out a write, trim or zero request without regard to faults: ask {@link #refusal} first. */
  public void change(Operation operation, boolean fua, long offset, long length, ByteBuffer data) throws IOException {
    try {
      if (operation == Operation.WRITE) {
        image.write(offset, data);
      } else {
        image.zero(offset, length);
      }
      if (fua && !lies()) {
        image.flush();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Carries out a flush, unless the disk lies. */
  public void flush() throws IOException {
    if (lies()) {
      return;
    }
    try {
      image.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** What stands at {@code offset}; see {@link DiskImage#extent}. */
  public Extent extent(long offset, long limit) throws IOException {
    return image.extent(offset, limit);
  }

  @Override
  public void close() throws IOException {
    image.close();
  }
}
