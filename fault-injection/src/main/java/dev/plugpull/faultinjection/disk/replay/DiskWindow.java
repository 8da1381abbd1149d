package dev.plugpull.faultinjection.disk.replay;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a cut at one position of a recording may lose of one disk. Entries are whole requests, or the atomic units of
 * the requests that {@link #torn} splits.
 */
public final class DiskWindow implements PendingWindow {
  private static final long[] NO_NEEDS = {};

  private final DiskVolume base;
  private final List<PendingRequest> requests;
  private final List<Entry> entries;
  private final int unitBytes;

  /** Bytes of the disk, the first and the one after the last. */
  public record Range(long offset, long end) {}

  /** One thing kept or lost. */
  private record Entry(PendingRequest request, List<PendingRequest.Part> parts, int first) {}

  DiskWindow(DiskVolume base, List<PendingRequest> requests, int unitBytes) {
    this(base, requests, unitBytes, -1, -1);
  }

  private DiskWindow(DiskVolume base, List<PendingRequest> requests, int unitBytes, int tornFrom, int tornTo) {
    this.base = base;
    this.requests = requests;
    this.unitBytes = unitBytes;
    this.entries = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      PendingRequest request = requests.get(i);
      int first = entries.size();
      if (i >= tornFrom && i < tornTo) {
        request.units(unitBytes).forEach(unit -> entries.add(new Entry(request, List.of(unit), first)));
      } else {
        entries.add(new Entry(request, request.parts(), first));
      }
    }
  }

  /** The same window with every request split into its atomic units. */
  public DiskWindow torn() {
    return new DiskWindow(base, requests, unitBytes, 0, requests.size());
  }

  /** The same window with only pending request {@code index} (counted in requests) split into its atomic units. */
  public DiskWindow torn(int index) {
    return new DiskWindow(base, requests, unitBytes, index, index + 1);
  }

  /** Pending requests, split or not. */
  public int requests() {
    return requests.size();
  }

  /** Position in the recording of the request that entry {@code index} belongs to. */
  public int logEntry(int index) {
    return entries.get(index).request().entry();
  }

  /** True if the client was told that the request of entry {@code index} is done, although a cut may still lose it. */
  public boolean answered(int index) {
    return entries.get(index).request().completed();
  }

  /** What entry {@code index} changes, ascending. */
  public List<Range> ranges(int index) {
    return entries.get(index).parts().stream().map(part -> new Range(part.from(), part.to())).toList();
  }

  /** The state in which everything pending was kept. */
  public DiskState allKept() throws IOException {
    DiskState state = base.disk();
    for (PendingRequest request : requests) {
      state = request.applyTo(state);
    }
    return state;
  }

  @Override
  public DiskVolume base() {
    return base;
  }

  @Override
  public int size() {
    return entries.size();
  }

  /** Nothing: a disk may write its cache back in any order. */
  @Override
  public BitSet needs(int index) {
    return new BitSet();
  }

  @Override
  public long[] needsBits(int index) {
    return NO_NEEDS;
  }

  /** True: what a recording saw had reached the disk. */
  @Override
  public boolean issued(int index) {
    return true;
  }

  @Override
  public DiskVolume apply(VolumeState state, int index) {
    Entry entry = entries.get(index);
    DiskState disk = ((DiskVolume) state).disk();
    try {
      for (PendingRequest.Part part : entry.parts()) {
        disk = entry.request().apply(disk, part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the base image of a crash state", e);
    }
    return new DiskVolume(disk);
  }

  @Override
  public int request(int index) {
    return entries.get(index).first();
  }

  @Override
  public Object token(int index) {
    return entries.get(index).parts();
  }

  @Override
  public String label(int index) {
    Entry entry = entries.get(index);
    String request = "request " + entry.request().entry() + ", " + entry.request().request();
    return entry.parts() == entry.request().parts()
        ? request
        : request + ", bytes " + entry.parts().getFirst().from() + " to " + entry.parts().getFirst().to();
  }
}
