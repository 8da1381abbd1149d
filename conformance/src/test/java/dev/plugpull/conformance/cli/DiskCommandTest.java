package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The disk as a person starts it, in a process of its own. */
@Timeout(300)
class DiskCommandTest {
  @TempDir private Path folder;

  /** The door of the child process. */
  static final class Main {
    public static void main(String[] arguments) {
      System.exit(line().execute(arguments));
    }
  }

  private static CommandLine line() {
    return new CommandLine(new DiskCommand()).setExecutionExceptionHandler((e, line, result) -> {
      if (!(e instanceof CannotException)) {
        throw e;
      }
      line.getErr().println("plugpull: " + e.getMessage());
      return 2;
    });
  }

  private record Run(int exit, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private Path image() throws IOException {
    return Files.write(folder.resolve("image"), new byte[8192]);
  }

  /** Writes one sector of the byte, then flushes if asked; true if all was answered. */
  private static boolean write(Path socket, long offset, int value, boolean flush) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
      in.readNBytes(18);
      out.writeInt(3);
      out.writeLong(0x49484156454F5054L);
      out.writeLong(1L << 32);
      in.readNBytes(10);
      byte[] data = new byte[512];
      Arrays.fill(data, (byte) value);
      request(out, 1, offset, data);
      boolean answered = in.readNBytes(16).length == 16;
      if (flush) {
        request(out, 3, 0, new byte[0]);
        answered &= in.readNBytes(16).length == 16;
      }
      return answered;
    } catch (IOException hungUp) {
      return false;
    }
  }

  private static void request(DataOutputStream out, int type, long offset, byte[] data) throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(all);
    to.writeInt(0x25609513);
    to.writeInt(type);
    to.writeLong(7);
    to.writeLong(offset);
    to.writeInt(data.length);
    to.write(data);
    out.write(all.toByteArray());
  }

  @Test
  void servesRecordsAndCutsThePower() throws Exception {
    Path image = image();
    Path socket = folder.resolve("s");
    Path log = folder.resolve("log");
    Process disk = start("serve", image.toString(), "--socket", socket.toString(), "--log", log.toString(),
        "--fault", "cut-after=4", "--keep", "none");
    BufferedReader said = disk.inputReader();
    assertThat(said.readLine()).startsWith("serving " + image + " (8192 bytes) at nbd+unix:///?socket=");
    assertThat(write(socket, 0, 1, true)).isTrue();
    assertThat(write(socket, 512, 2, false)).isTrue();
    assertThat(write(socket, 1024, 3, false)).isFalse();
    assertThat(disk.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(disk.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    byte[] left = Files.readAllBytes(image);
    assertThat(new byte[] {left[0], left[511], left[512], left[1024]}).containsExactly(1, 1, 0, 0);
    assertThat(socket).doesNotExist();
    Run printed = run("log", log.toString());
    assertThat(printed.exit()).isZero();
    assertThat(printed.out()).contains("write 0+512", "flush", "power cut", "end: complete");

    Path foreign = folder.resolve("foreign");
    Path back = folder.resolve("back");
    assertThat(run("export", log.toString(), foreign.toString()).exit()).isZero();
    assertThat(run("import", foreign.toString(), back.toString(), "--size", "8192").exit()).isZero();
    assertThat(run("log", back.toString()).out()).contains("write 512+512");
  }

  @Test
  void aKilledDiskLeavesAReadableRecording() throws Exception {
    Path socket = folder.resolve("s");
    Path log = folder.resolve("log");
    Process disk =
        start("serve", image().toString(), "--socket", socket.toString(), "--log", log.toString(), "--snapshot");
    assertThat(disk.inputReader().readLine()).startsWith("serving");
    assertThat(write(socket, 0, 1, true)).isTrue();
    disk.destroyForcibly().waitFor();
    Run printed = run("log", log.toString());
    assertThat(printed.exit()).isEqualTo(3);
    assertThat(printed.out()).contains("write 0+512", "flush", "no end record");
    Process again = start("serve", folder.resolve("image").toString(), "--socket", socket.toString(), "--control");
    again.waitFor();
    assertThat(Files.readString(folder.resolve("err"))).contains("without a recording");
    Process next = start("serve", folder.resolve("image").toString(), "--socket", socket.toString());
    assertThat(next.inputReader().readLine()).as("over the dead socket").startsWith("serving");
    next.destroy();
    next.waitFor();
    assertThat(socket).doesNotExist();
  }

  @Test
  void badInputIsOneSentence() throws Exception {
    String image = image().toString();
    assertThat(run("serve", image, "--fault", "smoke").err()).contains("cannot read fault 'smoke'").hasLineCount(1);
    assertThat(run("serve", image, "--fault", "eio=1").err()).contains("OFFSET+LENGTH").hasLineCount(1);
    assertThat(run("serve", image, "--keep", "half").err()).contains("none, all or random:SEED");
    assertThat(run("serve", folder.resolve("none").toString()).err()).contains("no such file").hasLineCount(1);
    assertThat(run("serve", image, "--log", image).err()).contains("the file exists");
    assertThat(run("log", image).err()).contains("not a disk log").hasLineCount(1);
    assertThat(run("import", image, folder.resolve("t").toString(), "--size", "1").err()).contains("not a dm-log");
    assertThat(run("log", folder.resolve("none").toString()).exit()).isEqualTo(2);
  }
}
