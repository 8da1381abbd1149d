package dev.plugpull.sim.store.vcdiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.snap.SnapRevision;
import dev.plugpull.sim.store.trust.Tool;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real xdelta3, which is what snapd starts, applies what we write, and we apply what it writes. */
@Tag("differential")
class XdeltaToolTest {

  private static final int MOST = 64 << 20;

  @TempDir
  private Path folder;

  @BeforeEach
  void needsTheTool() {
    Tool.require("xdelta3", "xdelta3");
  }

  private byte[] xdelta(boolean good, String... options) throws Exception {
    String[] command = Arrays.copyOf(new String[] {"xdelta3", "-f"}, 2 + options.length);
    System.arraycopy(options, 0, command, 2, options.length);
    Tool.Said said = Tool.run(folder, Map.of(), command);
    assertThat(said.exit() == 0).as(said.text()).isEqualTo(good);
    return good ? Files.readAllBytes(folder.resolve("out")) : new byte[0];
  }

  private void write(byte[] source, byte[] second) throws Exception {
    Files.write(folder.resolve("source"), source);
    Files.write(folder.resolve("in"), second);
  }

  /** The windows are small, so that there are several at the largest size. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40, 3000, 200_000})
  void itAppliesOursAndWeApplyIts(int size) throws Exception {
    byte[][] pair = VcdiffTest.pair(size);
    SnapRevision two = SnapRevision.of(2, pair[1]).withDelta(SnapRevision.of(1, pair[0]));
    write(pair[0], two.deltas().get(1));
    assertThat(xdelta(true, "-d", "-s", "source", "in", "out")).isEqualTo(two.blob());
    write(pair[0], pair[1]);
    for (String packing : new String[] {"none", "lzma"}) {
      for (String level : new String[] {"-1", "-9"}) {
        byte[] its = xdelta(true, "-e", "-W", "65536", "-S", packing, level, "-s", "source", "in", "out");
        assertThat(VcdiffReader.apply(pair[0], its, MOST)).as("%s %s", packing, level).isEqualTo(pair[1]);
      }
    }
    byte[] alone = xdelta(true, "-e", "-S", "none", "in", "out");
    assertThat(VcdiffReader.apply(new byte[0], alone, MOST)).isEqualTo(pair[1]);
  }

  /** Text repeats itself: copies within the target, runs and double instructions. */
  @Test
  void weApplyItsDeltasOfText() throws Exception {
    String words = "kernel base gadget snapd app 0000000000000000000000000000 ".repeat(3000);
    byte[] source = words.replace("app", "application").getBytes(StandardCharsets.UTF_8);
    byte[] target = (words + "-".repeat(5000) + words.replace('a', 'b'))
        .getBytes(StandardCharsets.UTF_8);
    write(source, target);
    for (String packing : new String[] {"none", "lzma"}) {
      byte[] its = xdelta(true, "-e", "-S", packing, "-s", "source", "in", "out");
      assertThat(VcdiffReader.apply(source, its, MOST)).isEqualTo(target);
      byte[] alone = xdelta(true, "-e", "-S", packing, "in", "out");
      assertThat(VcdiffReader.apply(new byte[0], alone, MOST)).isEqualTo(target);
    }
    write(source, VcdiffWriter.delta(source, target));
    assertThat(xdelta(true, "-d", "-s", "source", "in", "out")).isEqualTo(target);
  }

  @Test
  void bothRefuseABrokenWindowAndAPackingThatWeDoNotKnow() throws Exception {
    byte[][] pair = VcdiffTest.pair(3000);
    byte[] bad = VcdiffWriter.delta(pair[0], pair[1]);
    bad[bad.length / 2] ^= 1;
    write(pair[0], bad);
    xdelta(false, "-d", "-s", "source", "in", "out");
    assertThatThrownBy(() -> VcdiffReader.apply(pair[0], bad, MOST)).isInstanceOf(TrustException.class);
    write(pair[0], pair[1]);
    byte[] its = xdelta(true, "-e", "-S", "djw", "-s", "source", "in", "out");
    assertThatThrownBy(() -> VcdiffReader.apply(pair[0], its, MOST)).hasMessageContaining("only xz is known");
  }
}
