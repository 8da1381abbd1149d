package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes the images of a target, or takes them from the cache: a folder named by the target and the digest of its
 * recipe, which is everything in the description's folder that the build may use. A folder appears under its name only
 * when it is whole; two builders at once wait for each other.
 */
public final class ImageBuilder {
  /** Raised when the builder itself changes what it makes. */
  private static final String VERSION = "1";

  private final Path cache;
  private final Consumer<String> progress;

  /**
   * A builder.
   *
   * @param progress takes a line for each longer step
   */
  public ImageBuilder(Home home, Consumer<String> progress) {
    this.cache = home.images();
    this.progress = progress;
  }

  /**
   * The folder that holds the target's images as raw files.
   *
   * @throws IOException {@code cannot ...}: packages or tools are missing, the script fails, the disk is full
   */
  public Path build(Target target) throws IOException {
    Files.createDirectories(cache);
    Path folder = cache.resolve(target.name() + "-" + digest(target));
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try (FileChannel lock = FileChannel.open(cache.resolve(target.name() + ".lock"), StandardOpenOption.CREATE,
        StandardOpenOption.WRITE); FileLock held = lock.lock()) {
      if (!held.isValid() || Files.isDirectory(folder)) {
        return folder;
      }
      Path scratch = Files.createTempDirectory(cache, "building-");
      try {
        Path out = Files.createDirectory(scratch.resolve("out"));
        make(target, scratch, out);
        Files.move(out, folder, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(scratch);
      }
      return folder;
    }
  }

  private void make(Target target, Path scratch, Path out) throws IOException {
    if (target.build().needed()) {
      checkTools();
      runRecipe(target, scratch, out);
    }
    for (Target.Disk disk : target.disks()) {
      Path image = out.resolve(rawName(disk));
      if (!target.build().needed()) {
        toRaw(target.folder().resolve(disk.image()), image);
      }
      if (!Files.isRegularFile(image)) {
        throw new IOException("cannot build " + target.name() + ": its script made no " + disk.image());
      }
    }
  }

  /** Where the image of a disk is, in the folder of a build. */
  public static String rawName(Target.Disk disk) {
    return Path.of(disk.image()).getFileName().toString();
  }

  private static void checkTools() throws IOException {
    for (String tool : List.of("apt-get", "dpkg-deb", "tar", "bash")) {
      if (!HostCommand.present(tool)) {
        throw new IOException("cannot build an image: " + tool + " is not here; build on Debian 12 or in a container"
            + " (--container)");
      }
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new IOException("cannot build an image: files in it belong to root; run as root or in a container"
          + " (--container)");
    }
  }

  private void runRecipe(Target target, Path scratch, Path out) throws IOException {
    DebianPackages packages = new DebianPackages(scratch);
    Path root = Files.createDirectory(scratch.resolve("root"));
    Path single = Files.createDirectory(scratch.resolve("single"));
    progress.accept("getting Debian packages for " + target.name());
    packages.unpackTogether(target.build().packages(), root);
    List<String> chosen = new ArrayList<>();
    for (Target.SinglePackage one : target.build().single()) {
      chosen.add(packages.unpackAlone(one, single.resolve(one.as())));
    }
    progress.accept("building " + target.name() + " with " + String.join(", ", chosen));
    Path work = Files.createDirectory(scratch.resolve("work"));
    String log = HostCommand.run("build " + target.name(), work,
        Map.of("ROOT", root.toString(), "PACKAGES", single.toString(), "OUT", out.toString()),
        List.of("bash", target.folder().resolve(target.build().script()).toString()));
    Files.writeString(out.resolve("build.log"), String.join("\n", chosen) + "\n" + log);
  }

  private static void toRaw(Path image, Path raw) throws IOException {
    byte[] start = new byte[4];
    try (var in = Files.newInputStream(image)) {
      int ignored = in.readNBytes(start, 0, 4);
    }
    if (start[0] == 'Q' && start[1] == 'F' && start[2] == 'I' && (start[3] & 0xff) == 0xfb) {
      HostCommand.run("convert " + image, raw.getParent(), Map.of(),
          List.of("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image.toString(), raw.toString()));
    } else {
      HostCommand.run("copy " + image, raw.getParent(), Map.of(),
          List.of("cp", "--sparse=always", "--reflink=auto", image.toString(), raw.toString()));
    }
  }

  /** Digest of the recipe, or of the given images. */
  public static String digest(Target target) throws IOException {
    MessageDigest sum = sha256();
    sum.update((VERSION + target.build()).getBytes(StandardCharsets.UTF_8));
    List<Path> files = new ArrayList<>();
    if (target.build().needed()) {
      try (Stream<Path> all = Files.walk(target.folder())) {
        all.filter(Files::isRegularFile).filter(f -> !f.toString().endsWith(".yaml")).sorted().forEach(files::add);
      }
    }
    for (Target.Disk disk : target.disks()) {
      sum.update(disk.image().getBytes(StandardCharsets.UTF_8));
      if (!target.build().needed()) {
        files.add(target.folder().resolve(disk.image()));
      }
    }
    for (Path file : files) {
      sum.update(target.folder().relativize(file.toAbsolutePath()).toString().getBytes(StandardCharsets.UTF_8));
      try (var in = Files.newInputStream(file)) {
        byte[] step = new byte[1 << 16];
        for (int got = in.read(step); got >= 0; got = in.read(step)) {
          sum.update(step, 0, got);
        }
      }
    }
    return HexFormat.of().formatHex(sum.digest(), 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    // Deployments may be marked immutable; the builder avoids it, so a failure here is a leftover for a person.
    HostCommand.run("delete " + folder, folder.getParent(), Map.of(), List.of("rm", "-rf", folder.toString()));
  }
}
