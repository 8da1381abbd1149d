package dev.plugpull.faultinjection.crashfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The live file system and the view over a crash state do what the JDK does on the disk of this machine, and a volume
 * that the recording is replayed on holds the same in the end.
 */
class NioSemanticsProperties {

  private enum Kind {
    WRITE,
    CREATE_NEW,
    APPEND,
    PUT_AT,
    TRUNCATE,
    DIRECTORY,
    MOVE,
    MOVE_REPLACING,
    MOVE_ATOMIC,
    COPY,
    COPY_REPLACING,
    DELETE,
    LINK,
    SYMBOLIC_LINK,
    FORCE,
    WRITE_WHILE_MOVED
  }

  private record Call(Kind kind, String one, String other, int number) {}

  @Provide
  Arbitrary<List<Call>> calls() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "d/a", "d/e", "d/e/f");
    return Combinators.combine(Arbitraries.of(Kind.class), names, names, Arbitraries.integers().between(0, 9000))
        .as(Call::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Property(tries = 300, seed = "3130456080")
  void theSameAsOnARealDisk(@ForAll("calls") List<Call> calls) throws IOException {
    Path real = Files.createTempDirectory("crashfs");
    try {
      Recording recording = new Recording("");
      CrashFileSystem live = new CrashFileSystem(JimfsStorage.holding(Tree.EMPTY), recording, false);
      CrashFileSystem view = new CrashFileSystem(new TreeStorage(Tree.EMPTY), new Recording(""), false);
      for (Call call : calls) {
        String expected = outcome(real, call);
        assertThat(outcome(live.getPath("/"), call)).as("live: " + call).isEqualTo(expected);
        assertThat(outcome(view.getPath("/"), call)).as("view: " + call).isEqualTo(expected);
      }
      List<String> expected = everything(real);
      assertThat(everything(live.getPath("/"))).isEqualTo(expected);
      assertThat(everything(view.getPath("/"))).isEqualTo(expected);
      for (FileSystemRules rules : everyRulesWithLinks()) {
        assertThat(everything(replayed(rules, recording).getPath("/"))).as(rules.name()).isEqualTo(expected);
      }
    } finally {
      remove(real);
    }
  }

  private static List<FileSystemRules> everyRulesWithLinks() {
    return List.of(
        FileSystemRules.ext4(), FileSystemRules.xfs(), FileSystemRules.btrfs(), FileSystemRules.weakestPosix());
  }

  private static CrashFileSystem replayed(FileSystemRules rules, Recording recording) {
    LiveVolume volume = rules.empty().open();
    volume.mount();
    recording.steps().forEach(step -> Replay.apply(volume, step.operation()));
    volume.sync();
    Tree tree = volume.pending().base().recovered();
    return new CrashFileSystem(new TreeStorage(tree), new Recording(""), false);
  }

  /** The JDK is not of one mind whether a path through a file is missing or wrong. */
  private static String outcome(Path root, Call call) {
    try {
      run(root, root.resolve(call.one()), root.resolve(call.other()), call);
      return "done";
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      return e.getClass().getSimpleName();
    } catch (IOException e) {
      return "refused";
    }
  }

  private static void run(Path root, Path one, Path other, Call call) throws IOException {
    byte[] bytes = new byte[call.number() / 3 + 1];
    java.util.Arrays.fill(bytes, (byte) call.number());
    switch (call.kind()) {
      case WRITE -> Files.write(one, bytes);
      case CREATE_NEW -> Files.createFile(one);
      case APPEND -> Files.write(one, bytes, StandardOpenOption.APPEND);
      case PUT_AT -> putAt(one, bytes, call.number());
      case TRUNCATE -> truncate(one, call.number());
      case DIRECTORY -> Files.createDirectory(one);
      case MOVE -> Files.move(one, other);
      case MOVE_REPLACING -> Files.move(one, other, StandardCopyOption.REPLACE_EXISTING);
      case MOVE_ATOMIC -> Files.move(one, other, StandardCopyOption.ATOMIC_MOVE);
      case COPY -> Files.copy(one, other);
      case COPY_REPLACING -> Files.copy(one, other, StandardCopyOption.REPLACE_EXISTING);
      case DELETE -> Files.delete(one);
      case LINK -> link(one, other);
      case SYMBOLIC_LINK -> Files.createSymbolicLink(one, root.getFileSystem().getPath("c"));
      case FORCE -> force(one);
      case WRITE_WHILE_MOVED -> writeWhileMoved(one, other, bytes);
    }
  }

  /** Linux gives a symbolic link a second name; that is refused here. */
  private static void link(Path one, Path other) throws IOException {
    if (!Files.isSymbolicLink(other)) {
      Files.createLink(one, other);
    }
  }

  private static void putAt(Path file, byte[] bytes, int offset) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
      channel.write(ByteBuffer.wrap(bytes), offset);
      channel.position(channel.size() / 2).write(ByteBuffer.wrap(bytes, 0, 1));
      channel.force(false);
    }
  }

  private static void truncate(Path file, int size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void writeWhileMoved(Path file, Path target, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      channel.write(ByteBuffer.wrap(bytes));
      Files.delete(target);
      channel.write(ByteBuffer.wrap(bytes));
    }
  }

  private static List<String> everything(Path root) throws IOException {
    TreeMap<String, String> found = new TreeMap<>();
    for (Path path : walk(root)) {
      found.put(root.relativize(path).toString(), words(path));
    }
    List<String> result = new ArrayList<>();
    found.forEach((name, words) -> result.add(name + " " + words));
    return result;
  }

  private static String words(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return "directory";
    }
    byte[] bytes = Files.readAllBytes(path);
    return bytes.length + " bytes " + java.util.Arrays.hashCode(bytes);
  }

  private static List<Path> walk(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> !path.equals(root)).toList();
    }
  }

  private static void remove(Path root) throws IOException {
    for (Path path : walk(root).reversed()) {
      Files.delete(path);
    }
    Files.delete(root);
  }
}
