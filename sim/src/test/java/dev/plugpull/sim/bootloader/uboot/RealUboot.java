package dev.plugpull.sim.bootloader.uboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debian's U-Boot in QEMU: a disk with script images in, the console and the disk out. */
final class RealUboot {

  /** The two builds that are used, and what differs between them. */
  enum Build {
    X86("nvme", "3", Path.of("/usr/lib/u-boot/qemu-x86/u-boot.rom"), Path.of("/usr/bin/qemu-system-x86_64"),
        "iow.b f4 0"),
    ARM64("virtio", "43", Path.of("/usr/lib/u-boot/qemu_arm64/u-boot.bin"), Path.of("/usr/bin/qemu-system-aarch64"),
        "poweroff");

    final String device;
    /** First digits of seven or eight of an address in RAM that nothing else uses. */
    final String memory;
    final Path firmware;
    final Path emulator;
    final String end;

    Build(String device, String memory, Path firmware, Path emulator, String end) {
      this.device = device;
      this.memory = memory;
      this.firmware = firmware;
      this.emulator = emulator;
      this.end = end;
    }

    boolean isHere() {
      return Files.isReadable(firmware) && Files.isExecutable(emulator)
          && Files.isExecutable(Path.of("/usr/bin/mcopy"));
    }
  }

  static final int DISK_BYTES = 16 << 20;
  private static final int TIMEOUT_SECONDS = 120;

  private final Build build;
  private final Path folder;

  RealUboot(Build build, Path folder) {
    this.build = build;
    this.folder = folder;
  }

  Path disk() {
    return folder.resolve("disk.img");
  }

  /** Makes a FAT disk without a partition table. */
  void makeDisk(Map<String, byte[]> files) throws IOException, InterruptedException {
    Files.deleteIfExists(disk());
    try (var file = new java.io.RandomAccessFile(disk().toFile(), "rw")) {
      file.setLength(DISK_BYTES);
    }
    command("mformat", "-i", disk().toString(), "::");
    Path source = Files.createDirectories(folder.resolve("files"));
    List<String> copy = new ArrayList<>(List.of("mcopy", "-o", "-i", disk().toString()));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      copy.add(Files.write(source.resolve(file.getKey()), file.getValue()).toString());
    }
    copy.add("::");
    command(copy.toArray(new String[0]));
  }

  /** The bytes of a file on the disk, null if it is not there. */
  byte[] file(String name) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("mtype", "-i", disk().toString(), "::" + name)
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] bytes = process.getInputStream().readAllBytes();
    return process.waitFor() == 0 ? bytes : null;
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    if (process.waitFor() != 0) {
      throw new IOException("cannot run " + words[0] + ": " + output);
    }
  }

  /** Boots, runs one line at the prompt, and answers the console from that line on. */
  String run(String line) throws IOException, InterruptedException {
    Process qemu = new ProcessBuilder(arguments()).redirectErrorStream(true).start();
    try {
      StringBuilder console = new StringBuilder();
      OutputStream keys = qemu.getOutputStream();
      waitFor(qemu, console, "any key");
      send(keys, " ");
      waitFor(qemu, console, "\n=> ");
      int start = console.length();
      send(keys, line + "; echo @@end\n");
      waitFor(qemu, console, "\n@@end");
      send(keys, build.end + "\n");
      qemu.waitFor(5, TimeUnit.SECONDS);
      return console.substring(start).replace("\r", "");
    } finally {
      qemu.destroyForcibly();
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(build.emulator.toString(), "-accel", "tcg", "-m", "256",
        "-nodefaults", "-nic", "none", "-display", "none", "-serial", "stdio", "-no-reboot",
        "-bios", build.firmware.toString(),
        "-drive", "file=" + disk() + ",format=raw,if=none,id=d"));
    arguments.addAll(switch (build) {
      case X86 -> List.of("-machine", "pc", "-vga", "none", "-device", "nvme,drive=d,serial=1",
          "-device", "isa-debug-exit,iobase=0xf4,iosize=1");
      case ARM64 -> List.of("-machine", "virt", "-cpu", "cortex-a57", "-device", "virtio-blk-pci,drive=d");
    });
    return arguments;
  }

  private static void send(OutputStream keys, String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.ISO_8859_1));
    keys.flush();
  }

  private static void waitFor(Process qemu, StringBuilder console, String marker)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    InputStream in = qemu.getInputStream();
    byte[] buffer = new byte[1 << 16];
    int from = console.length();
    while (console.indexOf(marker, Math.max(0, from - marker.length())) < 0) {
      if (System.nanoTime() > end) {
        throw new IOException("cannot get an answer from U-Boot within " + TIMEOUT_SECONDS + " s; last output: "
            + console.substring(Math.max(0, console.length() - 2000)));
      }
      if (in.available() == 0 && qemu.isAlive()) {
        Thread.sleep(2);
        continue;
      }
      from = console.length();
      int count = in.read(buffer);
      if (count < 0) {
        throw new IOException("cannot get an answer from U-Boot: QEMU ended; last output: "
            + console.substring(Math.max(0, console.length() - 2000)));
      }
      console.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
    }
  }
}
