package dev.plugpull.conformance.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Target descriptions: what they may say, and what is said when they do not. */
class TargetFileTest {
  private static final String SHORTEST = """
      name: my-device
      disks:
        - {image: device.img}
      shell: {prompt: '# '}
      health:
        healthy: /usr/bin/selfcheck
        versionOf: cat /etc/version
      update:
        steps:
          - {mark: update, run: /usr/bin/update}
      """;

  @TempDir
  private Path folder;

  private Path write(String text) throws IOException {
    Files.write(folder.resolve("device.img"), new byte[512]);
    return Files.writeString(folder.resolve("target.yaml"), text);
  }

  @Test
  void threeCommandsAndAnImageAreEnough() throws IOException {
    Target target = TargetFile.read(write(SHORTEST));
    assertThat(target.build().needed()).isFalse();
    assertThat(target.disks()).containsExactly(new Target.Disk("device.img", "virtio", false));
    assertThat(target.health().healthyCommand()).isEqualTo("/usr/bin/selfcheck");
    assertThat(target.update().steps()).containsExactly(new Target.Step("update", "/usr/bin/update"));
    assertThat(target.deadEnds()).as("what shows on any PC").extracting(Target.DeadEnd::meaning)
        .contains("kernel panic", "GRUB prompt", "initramfs prompt");
  }

  /** Every sentence names file and line, and what is allowed. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "name: my-device          | nam: my-device           | :1: the target has the unknown key 'nam'; known are name,",
      "name: my-device          | name: My Device          | :1: 'name' is 'My Device'; use up to 41 lower-case",
      "{image: device.img}      | {image: other.img}       | 'disks' names the image other.img, which is not there",
      "{image: device.img}      | {image: device.img, bus: ide} | :3: 'disks[0].bus' is 'ide'; it must be one of",
      "{image: device.img}      | {image: device.img, onlyForUpdates: true} | must name one disk that is recorded",
      "shell: {prompt: '# '}    | shell: {}                | :4: 'shell.prompt' is missing",
      "shell: {prompt: '# '}    | bootSeconds: soon        | 'bootSeconds' is 'soon'; it must be a number from 1",
      "healthy: /usr/bin/selfcheck | version: [a]          | must have either 'line', which the system prints",
      "healthy: /usr/bin/selfcheck | line: '(('            | is no regular expression",
      "- {mark: update, run: /usr/bin/update} | []         | 'update.steps",
      "- {mark: update, run: /usr/bin/update} | - {mark: x} | :10: 'update.steps[0].run' is missing",
      "versionOf: cat /etc/version | versionOf: [a         | :8: it is no YAML",
  })
  void saysWhatIsWrong(String from, String to, String sentence) throws IOException {
    Path file = write(SHORTEST.replace(from.strip(), to.strip()));
    assertThatThrownBy(() -> TargetFile.read(file)).isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read " + file).hasMessageContaining(sentence.strip());
  }

  @Test
  void namesWhatIsNotThere() {
    assertThatThrownBy(() -> TargetFile.read(folder.resolve("none.yaml")))
        .hasMessage("cannot read " + folder.resolve("none.yaml") + ": no such file");
    assertThatThrownBy(() -> TargetFile.read(folder)).hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> Home.find().target("nobody"))
        .hasMessageContaining("cannot find target 'nobody': known are")
        .hasMessageContaining("ostree-grub");
  }

  /** The reader and the published schema agree on every description in the repository. */
  @Test
  void theSchemaDescribesAllTargets() throws IOException {
    Path top = Home.find().folder();
    Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(top.resolve("targets/target.schema.json")), InputFormat.JSON);
    List<Path> files = new ArrayList<>(Home.find().targets());
    try (Stream<Path> examples = Files.walk(top.resolve("examples/targets"))) {
      examples.filter(f -> f.toString().endsWith(".yaml")).sorted().forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    for (Path file : files) {
      TargetFile.read(file);
      List<Error> errors = schema.validate(Files.readString(file), InputFormat.YAML);
      assertThat(errors).as(file.toString()).isEmpty();
    }
    assertThat(schema.validate(SHORTEST.replace("name:", "nam:"), InputFormat.YAML)).isNotEmpty();
  }
}
