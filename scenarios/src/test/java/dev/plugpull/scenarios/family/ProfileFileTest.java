package dev.plugpull.scenarios.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFileTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      '[1, 2'                            | it is no YAML
      'just words'                       | it holds no map
      'name: x'                          | it has no family
      'family: typewriter'               | there is no family 'typewriter'
      'famly: chrome-os'                 | unknown key 'famly'
      """)
  void sayWhatIsWrongAndWhere(String yaml, String why) {
    assertThatThrownBy(() -> ProfileFile.parse(yaml.getBytes(StandardCharsets.UTF_8), "device.yaml"))
        .isInstanceOf(UnreadableProfileException.class)
        .hasMessageStartingWith("cannot read profile: device.yaml")
        .hasMessageContaining(why);
  }
}
