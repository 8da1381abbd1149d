package dev.plugpull.sim.store.ostree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.trust.Ed25519Key;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of static deltas; run with {@code -Dtest=OstreeDeltaFuzzTest} and the nightly group. */
class OstreeDeltaFuzzTest {

  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private final ByteArrayOutputStream operations = new ByteArrayOutputStream();

  private void operation(char code, int... numbers) {
    operations.write(code);
    for (int number : numbers) {
      if (number > 0x7f) {
        operations.write(number & 0x7f | 0x80);
      }
      operations.write(number > 0x7f ? number >> 7 : number);
    }
  }

  private int holds(byte[] bytes) {
    int at = payload.size();
    payload.writeBytes(bytes);
    return at;
  }

  /** A part with every instruction that there is. */
  private byte[] part() {
    byte[] meta = OstreeObject.dirmeta().encode();
    operation('S', meta.length, holds(meta));
    int digest = holds(OstreeCommit.digest(OstreeObject.checksum(OstreeDeltaFuzzHarness.OLD)));
    byte[] patched = OstreeDeltaFuzzHarness.PATCHED.content();
    byte[] patch = patch(OstreeDeltaFuzzHarness.OLD.content(), patched);
    operation('o', 0, 0, patched.length);
    operation('r', digest);
    operation('B', holds(patch), patch.length);
    operation('R');
    operation('c');
    byte[] pieced = OstreeDeltaFuzzHarness.PIECED.content();
    operation('o', 1, 0, pieced.length);
    operation('r', digest);
    operation('w', 6, 0);
    operation('R');
    operation('w', pieced.length - 6, holds(Arrays.copyOfRange(pieced, 6, pieced.length)));
    operation('c');
    byte[] link = OstreeDeltaFuzzHarness.LINK.target().getBytes(StandardCharsets.UTF_8);
    operation('S', 2, 0, link.length, holds(link));
    List<GVariant> modes = Stream.of(OstreeDeltaFuzzHarness.PATCHED, OstreeDeltaFuzzHarness.PIECED,
        OstreeDeltaFuzzHarness.LINK).map(entry -> GVariant.tuple(GVariant.bigEndian32(0), GVariant.bigEndian32(0),
            GVariant.bigEndian32(OstreeObject.mode(entry)))).toList();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(0);
    file.writeBytes(GVariant.tuple(new GVariant.Items("(uuu)", modes), new GVariant.Items("a(ayay)", List.of()),
        GVariant.bytes(payload.toByteArray()), GVariant.bytes(operations.toByteArray())).encode());
    return file.toByteArray();
  }

  /** A difference of one step in bsdiff's form: what is added to the old bytes, then what comes new. */
  private static byte[] patch(byte[] old, byte[] target) {
    ByteBuffer patch = ByteBuffer.allocate(24 + target.length).order(ByteOrder.LITTLE_ENDIAN);
    patch.putLong(old.length).putLong(target.length - old.length).putLong(0);
    for (int i = 0; i < target.length; i++) {
      patch.put((byte) (target[i] - (i < old.length ? old[i] : 0)));
    }
    return patch.array();
  }

  private static byte[] superblock() throws Exception {
    OstreeSigner signer = OstreeSigner.of(Ed25519Key.of(new byte[32]));
    OstreeRepository repository = new OstreeRepository();
    String one = repository.commit("main", OstreeDeltaTest.tree("one"), List.of(), "one", Instant.EPOCH, signer);
    String two = repository.commit("main", OstreeDeltaTest.tree("two"), List.of(), "two", Instant.EPOCH, signer);
    repository.delta(one, two, Instant.EPOCH);
    return repository.file(OstreeDelta.path(one, two, "superblock")).orElseThrow();
  }

  @Test
  void theHarnessReadsItsSeedsToTheEnd() throws Exception {
    assertThat(OstreeDeltaFuzzHarness.made(part(), OstreeDeltaFuzzHarness.NAMES)).isTrue();
    assertThat(OstreeDelta.read(superblock()).parts()).hasSize(1);
    OstreeDeltaFuzzHarness.fuzzerTestOneInput(part());
    OstreeDeltaFuzzHarness.fuzzerTestOneInput(superblock());
  }

  @Tag("nightly")
  @Test
  void fuzz() throws Exception {
    CoverageFuzzer.run(OstreeDeltaFuzzHarness.class, "dev.plugpull.sim.store.**", List.of(part(), superblock()),
        List.of("\\x00\\x00\\x81\\xa4", "\\x00\\x00\\xa1\\xff", "ostree.endianness", "r\\x18", "B", "w", "S", "o"));
  }
}
