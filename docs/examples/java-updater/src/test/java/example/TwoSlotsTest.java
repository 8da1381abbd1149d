package example;

import static dev.plugpull.scenarios.assertj.PlugpullAssertions.assertThat;
import static dev.plugpull.scenarios.junit.UpdateStory.device;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.twin.TryCommitDevice;
import dev.plugpull.scenarios.trial.Trial;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A whole device, tried at every power cut: one test a requirement of the contract. */
class TwoSlotsTest {

  @TestFactory
  Stream<DynamicNode> aCarefulDeviceKeepsTheContract() {
    return device("two slots", new TryCommitDevice(3, true)).cutAnywhere().settles();
  }

  @Test
  void aCarelessOneIsFound() {
    assertThatThrownBy(() -> assertThat(Trial.of("careless slots", new TryCommitDevice(3, false)).explore())
        .reachedFixpoint().hasNoBrick())
        .hasMessageContaining("NOBRICK violated")
        .hasMessageContaining("power fails at switch");
  }
}
