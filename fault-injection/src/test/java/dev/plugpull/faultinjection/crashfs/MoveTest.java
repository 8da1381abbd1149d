package dev.plugpull.faultinjection.crashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.filesystem.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Moves that once went otherwise here than on a disk; the disk of this machine is asked as well. */
class MoveTest {
  @TempDir
  static Path disk;

  private static int number;

  static Stream<Path> roots() throws IOException {
    return Stream.of(
        Files.createDirectory(disk.resolve("run" + number++)),
        new CrashFileSystem(JimfsStorage.holding(Tree.EMPTY), new Recording(""), false).getPath("/"),
        new CrashFileSystem(new TreeStorage(Tree.EMPTY), new Recording(""), false).getPath("/"));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void somethingInThePlaceIsSeenBeforeADirectoryThatWouldMoveIntoItself(Path root) throws IOException {
    Files.createDirectory(root.resolve("c"));
    Files.createSymbolicLink(root.resolve("d"), root.getFileSystem().getPath("c"));
    Files.writeString(root.resolve("d/e"), "x");
    assertThatThrownBy(() -> Files.move(root.resolve("c"), root.resolve("d/e")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(
        () -> Files.move(root.resolve("c"), root.resolve("d/e"), StandardCopyOption.REPLACE_EXISTING))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThat(root.resolve("c/e")).as("deleted before the rename was refused").doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void anAtomicMoveOverAFullDirectoryIsRefusedByTheSystemCall(Path root) throws IOException {
    Files.createDirectory(root.resolve("a"));
    Files.createDirectories(root.resolve("d/e"));
    assertThatThrownBy(() -> Files.move(root.resolve("a"), root.resolve("d"), StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class).hasMessageContaining("Directory not empty");
  }

  @ParameterizedTest
  @MethodSource("roots")
  void aMoveOverTheLinkOnItsOwnPathDeletesTheLinkAndFails(Path root) throws IOException {
    Files.createDirectory(root.resolve("c"));
    Files.writeString(root.resolve("c/a"), "x");
    Files.createSymbolicLink(root.resolve("d"), root.getFileSystem().getPath("c"));
    assertThatThrownBy(() -> Files.move(root.resolve("d/a"), root.resolve("d"), StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(FileSystemException.class);
    assertThat(Files.isSymbolicLink(root.resolve("d"))).isFalse();
    assertThat(root.resolve("c/a")).exists();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void aCopyOverAnotherNameOfTheSameFileDoesNothing(Path root) throws IOException {
    Files.writeString(root.resolve("a"), "x");
    Files.createLink(root.resolve("b"), root.resolve("a"));
    Files.copy(root.resolve("a"), root.resolve("b"));
    assertThat(root.resolve("b")).hasContent("x");
  }

  @ParameterizedTest
  @MethodSource("roots")
  void aDeletedNameOfAnOpenFileStaysDeleted(Path root) throws IOException {
    Files.writeString(root.resolve("a"), "x");
    Files.createLink(root.resolve("c"), root.resolve("a"));
    try (FileChannel channel = FileChannel.open(root.resolve("c"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]));
      Files.move(root.resolve("c"), root.resolve("a"), StandardCopyOption.ATOMIC_MOVE);
      Files.delete(root.resolve("a"));
      channel.write(ByteBuffer.wrap(new byte[1]));
    }
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(root.resolve("c")).hasBinaryContent(new byte[2]);
  }

  @ParameterizedTest
  @MethodSource("roots")
  void anOpenFileKeepsTheNameThatAMoveOverItLeaves(Path root) throws IOException {
    Files.writeString(root.resolve("a"), "x");
    Files.createLink(root.resolve("b"), root.resolve("a"));
    Files.writeString(root.resolve("new"), "y");
    try (FileChannel channel = FileChannel.open(root.resolve("a"), StandardOpenOption.WRITE)) {
      Files.move(root.resolve("new"), root.resolve("a"), StandardCopyOption.ATOMIC_MOVE);
      channel.write(ByteBuffer.wrap(new byte[] {'z'}));
    }
    assertThat(root.resolve("a")).hasContent("y");
    assertThat(root.resolve("b")).hasContent("z");
  }
}
