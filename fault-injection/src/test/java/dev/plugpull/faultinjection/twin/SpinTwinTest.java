package dev.plugpull.faultinjection.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("differential")
class SpinTwinTest {

  @Test
  void spinStoresAsManyStatesAsTheExplorerFinds(@TempDir Path folder) throws IOException {
    String whyNot = SpinTwin.whyNot();
    assumeTrue(whyNot.isEmpty(), whyNot);
    for (int blocks : new int[] {1, 2, 3, 6, 10}) {
      SpinTwin.Comparison both = SpinTwin.compare(blocks, folder, System::nanoTime);
      System.out.printf("%s: SPIN %.0f states/s, explorer %.0f states/s%n", both, both.spinStatesPerSecond(),
          both.explorerStatesPerSecond());
      assertThat(both.explorerStates()).as("%s", both).isEqualTo(both.spinStates());
    }
  }
}
