package dev.plugpull.sim.ostree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The three-way merge of /etc. */
class EtcTest {
  private final Etc oldDefaults = Etc.of(Versions.OLD);
  private final Etc newDefaults = Etc.of(Versions.NEW);

  @Test
  void a_new_default_arrives_where_nobody_changed_the_file() {
    assertThat(oldDefaults.mergedOnto(oldDefaults, newDefaults).files()).isEqualTo(Map.of("os.conf", "of 3"));
  }

  @Test
  void what_a_person_changed_added_or_removed_wins() {
    Etc changed = oldDefaults.edited("os.conf", "mine").edited("user.conf", "mine");

    assertThat(changed.mergedOnto(oldDefaults, newDefaults).files())
        .isEqualTo(Map.of("os.conf", "mine", "user.conf", "mine"));
    assertThat(oldDefaults.without("os.conf").edited("x", "y").mergedOnto(oldDefaults, newDefaults).files())
        .isEqualTo(Map.of("x", "y"));
  }

  @Test
  void an_empty_or_missing_file_is_no_configuration() {
    assertThat(Etc.read(Content.EMPTY)).isNull();
    assertThat(Etc.read(null)).isNull();
    assertThat(Etc.read(Content.text("a=b\n")).files()).isEqualTo(Map.of("a", "b"));
  }
}
