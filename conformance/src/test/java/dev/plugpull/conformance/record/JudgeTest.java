package dev.plugpull.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.FileImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boots ahead, with a machine that reads its first sector and as many more as that one says. */
class JudgeTest {
  private static final int SECTORS = 16;
  private static final int SECTOR_BYTES = 512;

  @TempDir
  private Path folder;

  private final AtomicInteger boots = new AtomicInteger();

  private static int sector(DiskState disk, int index) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SECTOR_BYTES);
    disk.read((long) index * SECTOR_BYTES, bytes);
    return bytes.get(0);
  }

  private Decision boot(DiskState disk) throws IOException {
    boots.incrementAndGet();
    int last = sector(disk, 0);
    int sum = 0;
    BitSet reads = new BitSet();
    for (int i = 0; i <= last; i++) {
      reads.set(i);
      sum += sector(disk, i);
    }
    Outcome outcome = sum % 2 == 0 ? Outcome.OLD : Outcome.NEW;
    return new Decision(new Trial(List.of("sum " + sum), outcome, reads, true, false, Integer.toString(sum)), outcome,
        "");
  }

  private List<CrashState> states(long seed) throws IOException {
    Path file = Files.write(folder.resolve("base" + seed), new byte[SECTORS * SECTOR_BYTES]);
    SplittableRandom random = new SplittableRandom(seed);
    DiskState disk = DiskState.of(FileImage.openReadOnly(file));
    List<CrashState> states = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] content = new byte[SECTOR_BYTES];
      content[0] = (byte) random.nextInt(SECTORS);
      disk = disk.with((long) (random.nextInt(8) == 0 ? 0 : random.nextInt(SECTORS)) * SECTOR_BYTES, content);
      DiskState now = disk;
      states.add(new CrashState("prefix:" + i, i, i - 1, () -> now));
    }
    return states;
  }

  private List<String> judged(List<CrashState> states, int machines, Ahead.Work<Decision> work) throws IOException {
    List<String> lines = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(machines)) {
      Judge judge = new Judge(new Ahead<>(workers, machines, work), id -> {
        throw new IllegalArgumentException(id);
      }, Journal.open(Files.createTempFile(folder, "journal", "")), lines::add);
      for (int i = 0; i < states.size(); i++) {
        judge.firstOf(states.subList(i, states.size()));
      }
    }
    return lines;
  }

  @Test
  void severalMachinesJudgeAsOneDoes() throws IOException {
    int answered = 0;
    int all = 0;
    int wasted = 0;
    for (long seed = 0; seed < 50; seed++) {
      List<CrashState> states = states(seed);
      List<String> one = judged(states, 1, this::boot);
      for (int i = 0; i < one.size(); i++) {
        String[] words = one.get(i).split("[ :]+");
        CrashState state = states.get(Integer.parseInt(words[2]));
        assertThat(words[3]).as("as %s comes back when it is booted", state.id())
            .isEqualTo(boot(state.disk()).outcome().word());
      }
      boots.set(0);
      judged(states, 1, this::boot);
      int needed = boots.getAndSet(0);
      assertThat(judged(states, 4, this::boot)).isEqualTo(one);
      all += needed;
      wasted += boots.get() - needed;
      answered += one.size() - needed;
    }
    assertThat(answered).as("states that no boot was needed for").isPositive();
    assertThat(wasted).as("boots that one machine would not have made").isLessThan(all);
  }

  @Test
  void whatABootThrowsIsThrownWhereItIsAskedFor() throws IOException {
    List<CrashState> states = states(1);
    assertThatThrownBy(() -> judged(states, 2, _ -> {
      throw new IOException("cannot start a machine: no memory");
    })).isInstanceOf(IOException.class).hasMessage("cannot start a machine: no memory");
  }
}
