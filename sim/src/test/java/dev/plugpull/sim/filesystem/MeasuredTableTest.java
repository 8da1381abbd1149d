package dev.plugpull.sim.filesystem;

import static dev.plugpull.sim.filesystem.CrashStates.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of replace idioms as measured on a real kernel (section 2.2 of the file-system facts), row by row. Measured
 * was what the device held when the call returned, with nothing written later: the base of the window.
 */
final class MeasuredTableTest {
  private static final Content OLD = Content.text("old");
  private static final Content NEW = Content.text("new");

  static Stream<Arguments> rows() {
    return Stream.of(
        row("write tmp, rename, crash at once", v -> tmpRename(v, false), file("/A"), "old", "old", "old"),
        row("... then other fsync", then(v -> tmpRename(v, false)), file("/A"), "new", "empty", "old"),
        row("... then fsync(directory) only", v -> {
          tmpRename(v, false);
          v.fsyncDirectory("/");
        }, file("/A"), "new", "empty", "empty"),
        row("O_TRUNC, write, close, other fsync", then(v -> {
          v.truncate("/A");
          v.write("/A", NEW);
          v.close("/A");
        }), file("/A"), "new", "empty", "old"),
        row("write tmp, fsync tmp, rename, crash at once", v -> tmpRename(v, true), both("/A", "/tmp"),
            "old,new", "old,new", "old,new"),
        row("... then other fsync", then(v -> tmpRename(v, true)), both("/A", "/tmp"),
            "new,absent", "new,absent", "new,absent"),
        row("write tmp, fsync tmp, rename, fsync dir", v -> {
          tmpRename(v, true);
          v.fsyncDirectory("/");
        }, both("/A", "/tmp"), "new,absent", "new,absent", "new,absent"),
        row("create without fsync, other fsync", then(v -> {
          v.create("/B");
          v.write("/B", NEW);
          v.close("/B");
        }), file("/B"), "empty", "empty", "absent"),
        row("mkdir d, create d/f, fsync f", v -> {
          v.mkdir("/d");
          v.create("/d/f");
          v.write("/d/f", NEW);
          v.fsync("/d/f");
        }, both("/d", "/d/f"), "directory,new", "directory,new", "directory,new"),
        row("O_TMPFILE, fdatasync, link, crash at once", MeasuredTableTest::tmpFileLink, file("/B"),
            "absent", "absent", "absent"),
        row("... then other fsync (O_TMPFILE)", then(MeasuredTableTest::tmpFileLink), file("/B"), "new", "new", "new"),
        row("symlink tmp, rename over l, other fsync", then(v -> {
          v.symlink("new", "/tmp");
          v.rename("/tmp", "/l");
        }), file("/l"), "new", "new", "old"),
        row("unlink A, create B, fsync B", v -> {
          v.unlink("/A");
          v.create("/B");
          v.write("/B", NEW);
          v.fsync("/B");
        }, both("/A", "/B"), "absent,new", "absent,new", "old,new"),
        row("link A to B, fsync another new file", then(v -> v.link("/A", "/B")), file("/B"), "old", "old", "absent"),
        row("overwrite in place, other fsync", then(v -> v.overwrite("/A", NEW)), file("/A"), "old", "old", "old"));
  }

  private static Arguments row(
      String name, Consumer<LiveVolume> calls, Function<Tree, String> look, String... expected) {
    return Arguments.of(name, calls, look, expected[0], expected[1], expected[2]);
  }

  private static void tmpRename(LiveVolume volume, boolean fsync) {
    volume.create("/tmp");
    volume.write("/tmp", NEW);
    if (fsync) {
      volume.fsync("/tmp");
    }
    volume.close("/tmp");
    volume.rename("/tmp", "/A");
  }

  private static void tmpFileLink(LiveVolume volume) {
    String nameless = volume.temporary("/");
    volume.write(nameless, NEW);
    volume.fsync(nameless);
    volume.link(nameless, "/B");
  }

  private static Consumer<LiveVolume> then(Consumer<LiveVolume> calls) {
    return calls.andThen(
        volume -> {
          volume.create("/other");
          volume.write("/other", NEW);
          volume.fsync("/other");
        });
  }

  private static Function<Tree, String> both(String one, String other) {
    return tree -> file(one).apply(tree) + "," + file(other).apply(tree);
  }

  private static <F extends Formatter<F>> LiveVolume mounted(F formatter) {
    LiveVolume volume = formatter.with("/A", OLD).withSymlink("old", "/l").state().open();
    volume.mount();
    return volume;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void ext4(String name, Consumer<LiveVolume> calls, Function<Tree, String> look, String expected) {
    LiveVolume volume = mounted(Ext4.format("x"));
    calls.accept(volume);
    assertThat(look.apply(volume.pending().base().recovered())).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void ext4ReadByLoader(String name, Consumer<LiveVolume> calls, Function<Tree, String> look, String expected) {
    LiveVolume volume = mounted(Ext4.format("x").bootReadable(true));
    calls.accept(volume);
    assertThat(look.apply(volume.pending().base().recovered())).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void ext4NoAutoDaAlloc(
      String name, Consumer<LiveVolume> calls, Function<Tree, String> look, String plain, String expected) {
    LiveVolume volume = mounted(Ext4.format("x").noAutoDaAlloc());
    calls.accept(volume);
    assertThat(look.apply(volume.pending().base().recovered())).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void btrfs(
      String name,
      Consumer<LiveVolume> calls,
      Function<Tree, String> look,
      String plain,
      String noAutoDaAlloc,
      String expected) {
    LiveVolume volume = mounted(Btrfs.format("x"));
    calls.accept(volume);
    assertThat(look.apply(volume.pending().base().recovered())).isEqualTo(expected);
  }
}
