package dev.plugpull.faultinjection.disk.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.disk.nbd.MemoryImage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** States against a plain array. */
class DiskStateProperties {
  @Property(tries = 200, seed = "479748870")
  void actsLikeAnArrayAndKnowsEqualContent(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400_000) int size)
      throws Exception {
    Random random = new Random(seed);
    byte[] base = new byte[size];
    random.nextBytes(base);
    byte[] model = base.clone();
    DiskState start = DiskState.of(new MemoryImage(base));
    DiskState state = start;
    for (int i = 0; i < 12; i++) {
      int from = random.nextInt(size);
      int length = random.nextInt(Math.min(size - from, 20_000) + 1);
      if (random.nextInt(3) == 0) {
        state = state.withZeros(from, length);
        Arrays.fill(model, from, from + length, (byte) 0);
      } else {
        byte[] data = new byte[length];
        random.nextBytes(data);
        state = state.with(from, data);
        System.arraycopy(data, 0, model, from, length);
      }
      int at = random.nextInt(size);
      byte[] some = new byte[random.nextInt(size - at + 1)];
      state.read(at, ByteBuffer.wrap(some));
      assertThat(some).isEqualTo(Arrays.copyOfRange(model, at, at + some.length));
    }
    Path file = Files.createTempFile("state", ".img");
    try {
      state.writeTo(file);
      assertThat(Files.readAllBytes(file)).isEqualTo(model);
    } finally {
      Files.delete(file);
    }
    byte[] applied = base.clone();
    state.applyTo(new MemoryImage(applied));
    assertThat(applied).isEqualTo(model);
    assertThat(start.with(0, model).hash()).as("the same content by another way").isEqualTo(state.hash());
    assertThat(state.with(0, base).hash()).as("all undone").isEqualTo(start.hash());
  }

  /** Two states agree on sectors exactly if their bytes do: against plain arrays. */
  @Property(tries = 200, seed = "4711")
  void agreesExactlyWhereTheBytesDo(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100_000) int size)
      throws Exception {
    Random random = new Random(seed);
    byte[] base = new byte[size];
    DiskState start = DiskState.of(new MemoryImage(base));
    byte[][] bytes = {base.clone(), base.clone()};
    DiskState[] states = {start, start};
    for (int i = 0; i < 6; i++) {
      int which = random.nextInt(2);
      int from = random.nextInt(size);
      byte[] data = new byte[random.nextInt(Math.min(size - from, 3000) + 1)];
      random.nextBytes(data);
      states[which] = states[which].with(from, data);
      System.arraycopy(data, 0, bytes[which], from, data.length);
    }
    BitSet units = new BitSet();
    boolean equal = true;
    for (int i = random.nextInt(40); i < (size + 511) / 512; i += 1 + random.nextInt(40)) {
      units.set(i);
      int to = Math.min(size, (i + 1) * 512);
      equal &= Arrays.equals(bytes[0], i * 512, to, bytes[1], i * 512, to);
    }
    assertThat(states[0].agrees(states[1], units, 512)).isEqualTo(equal);
    assertThat(states[0].agrees(states[1], new BitSet(), 512)).as("nothing matters").isTrue();
  }
}
