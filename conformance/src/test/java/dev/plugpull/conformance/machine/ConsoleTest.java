package dev.plugpull.conformance.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A guest that prints without end holds up nobody and fills no memory. */
class ConsoleTest {

  private static Console printing(String text) throws InterruptedException {
    Console console = new Console(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)),
        OutputStream.nullOutputStream());
    console.drain();
    return console;
  }

  @Test
  void aFloodLosesItsBeginningAndKeepsItsEnd() throws InterruptedException {
    String line = "the same line again and again\n";
    Console console = printing("first\n" + line.repeat(200_000) + "last\n");
    assertThat(console.flooded()).isTrue();
    assertThat(console.length()).as("all that was printed").isEqualTo(6 + 200_000L * line.length() + 5);
    assertThat(console.text().length()).isLessThanOrEqualTo(1 << 20);
    assertThat(console.text()).endsWith(line + "last\n").doesNotContain("first");
    assertThat(console.since(console.length() - 5)).isEqualTo("last\n");
    assertThat(console.since(0)).as("what is kept of it").isEqualTo(console.text());
  }

  @Test
  void aQuietOneKeepsAll() throws InterruptedException {
    Console console = printing("a\nb\n");
    assertThat(console.flooded()).isFalse();
    assertThat(console.text()).isEqualTo("a\nb\n");
    assertThat(console.since(2)).isEqualTo("b\n");
    assertThat(console.since(99)).isEmpty();
  }
}
