package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/** The pending writes of a journalled file system. */
sealed interface JournalWrite extends Write<JournalState> {

  /**
   * A member of the ordered metadata stream.
   *
   * @param before the name space that the stream has brought about so far
   * @param touched inode numbers whose inode or whose names change
   * @param values the inodes they hold afterwards
   * @param blocks home blocks that the operation changes in the journal
   */
  record Metadata(
      String call, String path, String other, Names before, Names after, int[] touched, Inode[] values, int[] blocks)
      implements JournalWrite {

    @Override
    public JournalState apply(JournalState state) {
      Inode[] inodes = Arrays.copyOf(state.inodes, Math.max(state.inodes.length, highest() + 1));
      long high = state.high - before.high() + after.high();
      long low = state.low - before.low() + after.low();
      for (int i = 0; i < touched.length; i++) {
        int number = touched[i];
        Inode old = inodes[number];
        Inode now = values[i] == UNCHANGED ? old : values[i];
        high += after.highOf(number) * JournalState.highOf(now) - before.highOf(number) * JournalState.highOf(old);
        low += after.lowOf(number) * JournalState.lowOf(now) - before.lowOf(number) * JournalState.lowOf(old);
        inodes[number] = now;
      }
      Home home = state.home;
      for (int block : blocks) {
        home = Home.stale(home, block, state);
      }
      if (home != null) {
        home = freed(state, home);
      }
      return new JournalState(state.volume, after, inodes, high, low, home);
    }

    /** The blocks of a file that goes keep their data, which a stale inode may have older. */
    private Home freed(JournalState state, Home home) {
      Home result = home;
      for (int i = 0; i < touched.length; i++) {
        boolean goes = values[i] != UNCHANGED && state.inode(touched[i]) instanceof FileData;
        if (goes && result.remembersOther((FileData) state.inode(touched[i]))) {
          FileData old = (FileData) state.inode(touched[i]);
          result = result.withGhost(old.start(), old.blocks(), old.content());
        }
      }
      return result;
    }

    @Override
    public Hash128 fingerprint() {
      Hash128 all = Hash128.of(label()).then(new Hash128(after.high(), after.low()));
      for (int i = 0; i < touched.length; i++) {
        all = all.then(new Hash128(touched[i], after.highOf(touched[i])))
            .then(values[i] == null ? Hash128.ZERO : values[i].hash());
      }
      for (int block : blocks) {
        all = all.then(new Hash128(block, 2));
      }
      return all;
    }

    private int highest() {
      int highest = 0;
      for (int number : touched) {
        highest = Math.max(highest, number);
      }
      return highest;
    }

    @Override
    public String label() {
      return other.isEmpty() ? call + " of " + path : call + " of " + path + " to " + other;
    }
  }

  /** Stands for an inode that the operation leaves as the crash state has it. */
  Inode UNCHANGED = FileData.empty(Long.MIN_VALUE);

  /** Blocks were allocated and written, and the inode now says so: the size that delayed allocation held back. */
  record Size(String path, int number, FileData value, Append append, boolean whole, boolean home)
      implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      if (!(state.inode(number) instanceof FileData file) || file.epoch() != value.epoch()) {
        return state;
      }
      Home now = home ? Home.stale(state.home, JournalVolume.inodeBlock(number), state) : state.home;
      return state.with(number, value.with(append.onto(file.content())), now);
    }

    @Override
    public boolean moot(JournalState base) {
      return !(base.inode(number) instanceof FileData file) || file.epoch() != value.epoch();
    }

    @Override
    public Hash128 fingerprint() {
      return Hash128.of(label()).then(value.hash()).then(append.hash()).then(new Hash128(number, whole ? 1 : 0));
    }

    @Override
    public String label() {
      return (whole ? "data and size of " : "first part of the data and a short size of ") + path;
    }
  }

  /** Data of blocks that the inode already claims (a mode in which sizes do not wait for data). */
  record LateData(String path, int number, Content stale, FileData value) implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      boolean claimed =
          state.inode(number) instanceof FileData file
              && file.epoch() == value.epoch()
              && file.content() == stale;
      return claimed ? state.with(number, value, state.home) : state;
    }

    @Override
    public boolean moot(JournalState base) {
      return !(base.inode(number) instanceof FileData file) || file.epoch() != value.epoch();
    }

    @Override
    public String label() {
      return "data of " + path;
    }
  }

  /** Data of freshly allocated blocks, seen only by a loader whose stale inode still points there. */
  record FreshData(String path, int number, FileData whole, Append append) implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      if (state.home == null || !state.home.refersTo(whole.start(), whole.blocks())) {
        return state;
      }
      boolean grows = state.inode(number) instanceof FileData file && file.epoch() == whole.epoch();
      Content now = grows ? append.onto(((FileData) state.inode(number)).content()) : whole.content();
      return state.with(state.home.withGhost(whole.start(), whole.blocks(), now));
    }

    @Override
    public Hash128 fingerprint() {
      return Hash128.of(label()).then(whole.hash()).then(append.hash()).then(new Hash128(number, 3));
    }

    @Override
    public String label() {
      return "data blocks of " + path;
    }
  }

  /** Bytes of allocated blocks overwritten in place: ordered with nothing. */
  record InPlace(String path, int number, long epoch, long offset, byte[] bytes, Memo memo) implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      if (!(state.inode(number) instanceof FileData file) || file.epoch() != epoch) {
        return state;
      }
      return state.with(number, file.with(memo.overwritten(file.content(), offset, bytes)), state.home);
    }

    @Override
    public boolean moot(JournalState base) {
      return !(base.inode(number) instanceof FileData file) || file.epoch() != epoch;
    }

    @Override
    public String label() {
      return "data of " + path + ", sector " + offset / 512;
    }
  }

  /** A part of an opaque file overwritten in place. */
  record InPlacePart(String path, int number, long epoch, Content whole, boolean last) implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      if (!(state.inode(number) instanceof FileData file) || file.epoch() != epoch) {
        return state;
      }
      return state.with(number, file.with(mixed(file.content())), state.home);
    }

    private Content mixed(Content now) {
      if (last && now.name().startsWith("damaged: begin of ") && now.name().endsWith(" in " + id())) {
        return whole;
      }
      return Content.damaged((last ? "end of " : "begin of ") + now.name() + " in " + id(), whole.length());
    }

    private String id() {
      return whole.hash().toString();
    }

    @Override
    public boolean moot(JournalState base) {
      return !(base.inode(number) instanceof FileData file) || file.epoch() != epoch;
    }

    @Override
    public String label() {
      return (last ? "last" : "first") + " part of the data of " + path;
    }
  }

  /**
   * A metadata block goes from the journal to its home location, as the journal has it then.
   *
   * @param cause the write that changed the block in the journal
   */
  record HomeBlock(int block, WriteLog.Entry<JournalState> cause) implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      return state.with(Home.written(state.home, block));
    }

    @Override
    public boolean moot(JournalState base) {
      return base.home == null || base.home.find(block) < 0;
    }

    @Override
    public Hash128 fingerprint() {
      return new Hash128(block, 4);
    }

    @Override
    public String label() {
      return block >= 0 ? "home block " + block + " of the inode table" : "home block of directory inode " + -block;
    }
  }

  /** A boot loader overwrites sectors where the inode that it sees says they are. */
  record LoaderSector(String path, FileData seen, Content before, long offset, byte[] bytes, Memo memo)
      implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      JournalState result = state;
      boolean owned = false;
      for (int i = 0; i < state.inodes.length; i++) {
        if (state.inodes[i] instanceof FileData file && file.start() == seen.start()) {
          owned = true;
          if (offset < file.content().length()) {
            result = result.with(i, file.with(patched(file.content())), result.home);
          }
        }
      }
      return owned || state.home == null ? result : result.with(ghost(state));
    }

    private Home ghost(JournalState state) {
      Content now = new HomeView(state).content(seen);
      return state.home.withGhost(seen.start(), seen.blocks(), patched(now));
    }

    private Content patched(Content now) {
      long room = now.length() - offset;
      return memo.overwritten(now, offset, room < bytes.length ? Arrays.copyOf(bytes, (int) room) : bytes);
    }

    @Override
    public String label() {
      return "data of " + path + ", sector " + offset / 512;
    }
  }

  /** A boot loader's own ext4 writer replaces a file; {@code content} null takes the old one away. */
  record LoaderFile(String path, Content content, String what) implements JournalWrite {
    @Override
    public JournalState apply(JournalState state) {
      Tree tree = state.recovered();
      Tree changed =
          content == null ? tree.without(path) : tree.with(path, new Tree.File(content, 0, 0));
      return JournalState.of(state.volume, changed);
    }

    @Override
    public String label() {
      return what + " " + path;
    }
  }

  /** Remembers the last overwritten content, for the many subsets that share it. */
  final class Memo {
    private record Pair(Content before, Content after) {}

    private Pair last;

    Content overwritten(Content before, long offset, byte[] bytes) {
      Pair known = last;
      if (known == null || known.before() != before) {
        known = new Pair(before, before.overwritten(offset, bytes));
        last = known;
      }
      return known.after();
    }
  }
}
