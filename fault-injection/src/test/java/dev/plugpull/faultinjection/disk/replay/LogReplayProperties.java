package dev.plugpull.faultinjection.disk.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.crash.CrashStateEnumerator;
import dev.plugpull.faultinjection.crash.CrashStates;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.DmLogWrites;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.Operation;
import dev.plugpull.faultinjection.disk.nbd.MemoryImage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The replay against the definitions read literally: every subset of the unsafe requests, applied from the start. */
class LogReplayProperties {
  private static final int SECTOR = 512;
  private static final int SECTORS = 6;
  private static final int SIZE = SECTORS * SECTOR;

  /** A recording of overlapping requests in flight together, on two disks, with errors and lies. */
  private static DiskLog recording(Random random, int requests) {
    List<LogEntry> entries = new ArrayList<>();
    List<Integer> inFlight = new ArrayList<>();
    for (int left = requests; left > 0 || !inFlight.isEmpty() && random.nextInt(8) > 0; ) {
      if (left > 0 && (inFlight.isEmpty() || random.nextBoolean())) {
        inFlight.add(entries.size());
        entries.add(request(random));
        left--;
      } else {
        int answered = inFlight.remove(random.nextInt(inFlight.size()));
        entries.add(new LogEntry.Completed(answered, random.nextInt(8) == 0 ? 5 : 0, random.nextInt(8) == 0));
      }
    }
    LogHeader.Device disk = new LogHeader.Device("d", SIZE, SECTOR);
    return new DiskLog(new LogHeader(List.of(disk, disk)), entries, true, "made up");
  }

  private static LogEntry.Issued request(Random random) {
    int device = random.nextInt(8) == 0 ? 1 : 0;
    int first = random.nextInt(SECTORS);
    int count = 1 + random.nextInt(SECTORS - first);
    byte[] data = new byte[count * SECTOR];
    Arrays.fill(data, (byte) (1 + random.nextInt(120)));
    return switch (random.nextInt(6)) {
      case 0 -> new LogEntry.Issued(device, 0, Operation.FLUSH, false, 0, 0, new byte[0]);
      case 1 -> new LogEntry.Issued(device, 0, Operation.ZERO, false, first * SECTOR, data.length, new byte[0]);
      case 2 -> new LogEntry.Issued(device, 0, Operation.WRITE, true, first * SECTOR, data.length, data);
      default -> new LogEntry.Issued(device, 0, Operation.WRITE, false, first * SECTOR, data.length, data);
    };
  }

  /** One letter a sector: all contents here are uniform. */
  private static String content(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i += SECTOR) {
      text.append(bytes[i]).append(bytes[i + SECTOR - 1] == bytes[i] ? ' ' : '!');
    }
    return text.toString();
  }

  private static String content(DiskState state) throws Exception {
    byte[] all = new byte[SIZE];
    state.read(0, ByteBuffer.wrap(all));
    return content(all);
  }

  private static boolean answered(DiskLog log, int position, int request, int before) {
    for (int i = request; i < Math.min(position, before); i++) {
      if (log.entries().get(i) instanceof LogEntry.Completed c && c.request() == request && c.error() == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean durable(DiskLog log, int position, int request) {
    for (int i = 0; i < position; i++) {
      if (log.entries().get(i) instanceof LogEntry.Completed c && c.error() == 0 && !c.lied()) {
        LogEntry.Issued by = log.request(c);
        if (by.device() != 0) {
          continue;
        }
        boolean itself = c.request() == request && by.fua();
        boolean flushed =
            by.operation() == Operation.FLUSH && answered(log, position, request, (int) c.request());
        if (itself || flushed) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> literally(DiskLog log, int position) {
    List<Integer> all = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < position; i++) {
      int at = i;
      boolean failed = log.entries().subList(0, position).stream()
          .anyMatch(e -> e instanceof LogEntry.Completed c && c.request() == at && c.error() != 0);
      if (log.entries().get(i) instanceof LogEntry.Issued r && r.device() == 0 && r.operation().changes() && !failed) {
        all.add(i);
        if (!durable(log, position, i)) {
          open.add(i);
        }
      }
    }
    Set<String> states = new TreeSet<>();
    for (int kept = 0; kept < 1 << open.size(); kept++) {
      byte[] disk = new byte[SIZE];
      for (int i : all) {
        int bit = open.indexOf(i);
        if (bit < 0 || (kept >> bit & 1) == 1) {
          LogEntry.Issued r = (LogEntry.Issued) log.entries().get(i);
          byte[] data = r.operation() == Operation.WRITE ? r.data() : new byte[(int) r.length()];
          System.arraycopy(data, 0, disk, (int) r.offset(), data.length);
        }
      }
      states.add(content(disk));
    }
    return states;
  }

  @Property(tries = 200, seed = "707666639")
  void findsExactlyTheStatesOfTheDefinition(@ForAll long seed) throws Exception {
    DiskLog log = recording(new Random(seed), 9);
    LogReplay replay = LogReplay.of(log, 0, DiskState.of(new MemoryImage(new byte[SIZE])));
    CrashStateEnumerator enumerator = new CrashStateEnumerator(CrashLimits.DEFAULT);
    for (int position = 0; position <= log.size(); position++) {
      replay.advanceTo(position);
      CrashStates states = enumerator.enumerate(replay.window());
      Set<String> found = new TreeSet<>();
      for (int i = 0; i < states.size(); i++) {
        found.add(content(((DiskVolume) states.state(i)).disk()));
      }
      assertThat(states.bounded()).isFalse();
      assertThat(found).as("position %d", position).isEqualTo(literally(log, position)).hasSize(states.size());
      assertThat(replay.window().torn().allKept().hash()).isEqualTo(replay.live().hash());
    }
  }

  @Property(tries = 100, seed = "1489480553")
  void tearsAtEverySector(@ForAll long seed) throws Exception {
    DiskLog log = recording(new Random(seed), 4);
    LogReplay replay = LogReplay.of(log, 0, DiskState.of(new MemoryImage(new byte[SIZE]))).advanceTo(log.size());
    DiskWindow window = replay.window();
    for (int request = 0; request < window.requests(); request++) {
      DiskWindow torn = window.torn(request);
      long units =
          window.torn().size() - java.util.stream.IntStream.range(0, window.torn().size())
              .filter(i -> window.torn().request(i) == i).count() + window.requests();
      assertThat(window.torn().size()).isEqualTo((int) units);
      assertThat(torn.size()).isGreaterThanOrEqualTo(window.size());
      CrashStates states = new CrashStateEnumerator(CrashLimits.DEFAULT).enumerate(torn);
      for (int i = 0; i < states.size(); i++) {
        assertThat(content(((DiskVolume) states.state(i)).disk())).doesNotContain("!");
      }
    }
  }

  /** A change with FUA that is answered after a later one over the same sectors was written down. */
  @Example
  void keepsAPromiseUnderALaterChange() throws Exception {
    survivesTheForeignFormat(11744);
  }

  /** What has gone through dm-log-writes ends with the same content and has lost no promise. */
  @Property(tries = 100, seed = "2804701173")
  void survivesTheForeignFormat(@ForAll long seed) throws Exception {
    DiskLog log = recording(new Random(seed), 12);
    Path folder = Files.createTempDirectory("dm");
    Path foreign = folder.resolve("foreign");
    Path back = folder.resolve("back");
    try {
      long written = DmLogWrites.exportTo(log, 0, foreign);
      assertThat(DmLogWrites.importTo(foreign, SIZE, back)).isEqualTo(written);
      DiskLog again = DiskLog.read(back);
      assertThat(again.complete()).isTrue();
      DiskState base = DiskState.of(new MemoryImage(new byte[SIZE]));
      LogReplay there = LogReplay.of(again, 0, base).advanceTo(again.size());
      Set<String> allowed = literally(log, log.size());
      assertThat(allowed).contains(content(there.durable()), content(there.live()));
    } finally {
      Files.deleteIfExists(foreign);
      Files.deleteIfExists(back);
      Files.delete(folder);
    }
  }
}
