package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gets binary packages with Debian's own tools and unpacks them. Nothing of this machine's installation is used or
 * changed: dependencies are resolved as if nothing were installed.
 */
final class DebianPackages {
  private static final Pattern INSTALLED = Pattern.compile("^Inst (\\S+) \\((\\S+) ", Pattern.MULTILINE);

  private final Path scratch;

  DebianPackages(Path scratch) {
    this.scratch = scratch;
  }

  /** Unpacks the packages and all they depend on into one root with merged {@code /usr}. */
  void unpackTogether(List<String> packages, Path root) throws IOException {
    Path status = Files.createFile(scratch.resolve("empty-status"));
    List<String> command = new ArrayList<>(List.of("apt-get", "-s", "-o", "Dir::State::status=" + status, "-o",
        "APT::Install-Recommends=0", "install"));
    command.addAll(packages);
    Matcher chosen = INSTALLED.matcher(run("resolve the packages " + String.join(", ", packages), scratch, command));
    List<String> all = new ArrayList<>();
    while (chosen.find()) {
      all.add(chosen.group(1) + "=" + chosen.group(2));
    }
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createDirectories(root.resolve("usr").resolve(name));
      Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
    }
    Path folder = Files.createDirectory(scratch.resolve("packages"));
    download(all, folder);
    for (Path file : debs(folder)) {
      run("unpack " + file.getFileName(), scratch, List.of("bash", "-c",
          "set -o pipefail; dpkg-deb --fsys-tarfile \"$0\" | tar -x --keep-directory-symlink -C \"$1\"",
          file.toString(), root.toString()));
    }
  }

  /** Unpacks one package alone, and returns the name and version that was chosen. */
  String unpackAlone(Target.SinglePackage wanted, Path into) throws IOException {
    String prefix = wanted.match().pattern().replaceAll("[^a-z0-9.+-].*|\\\\.*", "");
    List<String> names = run("list packages", scratch, List.of("apt-cache", "pkgnames", prefix)).lines()
        .filter(name -> wanted.match().matcher(name).matches())
        .sorted(Comparator.comparing(DebianPackages::byNumbers)).toList();
    if (names.isEmpty()) {
      throw new IOException("cannot find a package that matches '" + wanted.match()
          + "': run apt-get update, or use a machine with Debian 12's package lists");
    }
    Path folder = Files.createDirectory(scratch.resolve("package-" + wanted.as()));
    download(List.of(wanted.newest() ? names.getLast() : names.getFirst()), folder);
    Path file = debs(folder).getFirst();
    run("unpack " + file.getFileName(), scratch, List.of("dpkg-deb", "-x", file.toString(), into.toString()));
    return file.getFileName().toString();
  }

  /** Numbers in a name sort by value. */
  private static String byNumbers(String name) {
    return Pattern.compile("\\d+").matcher(name).replaceAll(m -> "0".repeat(Math.max(0, 12 - m.group().length()))
        + m.group());
  }

  private void download(List<String> packages, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of("apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download"));
    command.addAll(packages);
    run("download " + packages.size() + " packages", folder, command);
  }

  private static List<Path> debs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".deb")).sorted().toList();
    }
  }

  private static String run(String what, Path folder, List<String> command) throws IOException {
    return HostCommand.run(what, folder, Map.of(), command);
  }
}
