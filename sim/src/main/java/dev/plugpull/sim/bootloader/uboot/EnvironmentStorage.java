package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Copy;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.media.Content;
import java.util.Arrays;
import java.util.Optional;

/**
 * Loading and saving the environment at the place where the build keeps it ({@code bootloaders.md} 2.1).
 *
 * <p>A single copy is overwritten in place: a power cut leaves a bad CRC, and then the built-in defaults. With two
 * copies the one that was not loaded is written, with the next serial in its flag byte.
 */
final class EnvironmentStorage {

  private EnvironmentStorage() {}

  /** Reads the stored environment into memory, or takes the default; false if the default was taken. */
  static boolean load(Session session) {
    Optional<UbootEnvironment> stored = switch (session.board.store()) {
      case EnvironmentStore.Nowhere nowhere -> Optional.empty();
      case EnvironmentStore.Files files -> loadFiles(session, files);
      case EnvironmentStore.Raw raw -> loadRaw(session, raw);
    };
    session.variables.environment.clear();
    session.environmentIsDefault = stored.isEmpty();
    if (stored.isPresent()) {
      session.variables.environment.putAll(stored.get().variables());
      session.loadedFlag = stored.get().flag();
      return true;
    }
    session.variables.environment.putAll(session.board.environment());
    if (!(session.board.store() instanceof EnvironmentStore.Nowhere)) {
      session.print("*** Warning - bad CRC, using default environment\n");
      session.find(UbootFinding.Kind.BAD_ENVIRONMENT, "no readable stored environment: the built-in one is used",
          "keep two copies of the environment, or make the default environment boot");
    }
    return false;
  }

  private static Optional<UbootEnvironment> loadFiles(Session session, EnvironmentStore.Files files) {
    BootVolume volume = session.devices.place(files.disk(), files.partition(), files.label());
    if (volume == null) {
      return Optional.empty();
    }
    byte[] first = bytes(session, volume, files.path());
    byte[] second = files.redundant() ? bytes(session, volume, files.redundantPath()) : new byte[0];
    return pick(session, first, second, files.redundant());
  }

  /** A file that is shorter than an environment cannot have a good CRC; of a longer one the beginning counts. */
  private static byte[] bytes(Session session, BootVolume volume, String path) {
    byte[] bytes = volume.read(FileCommands.path(path)).flatMap(Content::bytes).orElse(new byte[0]);
    int size = session.board.environmentSize();
    return bytes.length < size ? new byte[0] : Arrays.copyOf(bytes, size);
  }

  private static Optional<UbootEnvironment> loadRaw(Session session, EnvironmentStore.Raw raw) {
    BootVolume volume = session.devices.place(raw.disk(), raw.partition(), raw.label());
    if (volume == null) {
      return Optional.empty();
    }
    int size = session.board.environmentSize();
    byte[] first = volume.readRaw(raw.offset(), size);
    byte[] second = raw.redundant() ? volume.readRaw(raw.redundantOffset(), size) : new byte[0];
    return pick(session, first, second, raw.redundant());
  }

  private static Optional<UbootEnvironment> pick(Session session, byte[] first, byte[] second, boolean redundant) {
    Header header = session.board.header();
    if (!redundant) {
      return UbootEnvironment.read(first, header);
    }
    session.loadedCopy = UbootEnvironment.choose(first, second);
    return switch (session.loadedCopy) {
      case FIRST -> UbootEnvironment.read(first, Header.FLAG);
      case SECOND -> UbootEnvironment.read(second, Header.FLAG);
      case NONE -> Optional.empty();
    };
  }

  /** {@code saveenv}: 0 if the environment was written. */
  static int save(Session session) {
    EnvironmentStore store = session.board.store();
    if (store instanceof EnvironmentStore.Nowhere) {
      session.print("Saving Environment to nowhere... not possible\n");
      session.find(UbootFinding.Kind.NOT_SAVED, "saveenv fails: this build stores its environment nowhere",
          "save the variables with env export and save, or say in the board file where the environment is");
      return 1;
    }
    boolean redundant = store.redundant();
    boolean toSecond = redundant && session.loadedCopy == Copy.FIRST;
    int flag = redundant ? session.loadedFlag + 1 & 0xff : 0;
    UbootEnvironment image = new UbootEnvironment(session.variables.environment,
        redundant ? Header.FLAG : session.board.header(), flag, session.board.environmentSize());
    if (!image.fits()) {
      session.print("## Error: Cannot export environment: errno = 12\n");
      return 1;
    }
    if (!write(session, store, image.image(), toSecond)) {
      session.print("Saving Environment... Failed (-5)\n");
      return 1;
    }
    session.loadedCopy = toSecond ? Copy.SECOND : Copy.FIRST;
    session.loadedFlag = flag;
    session.print("Saving Environment... OK\n");
    return 0;
  }

  private static boolean write(Session session, EnvironmentStore store, byte[] image, boolean toSecond) {
    String copy = store.redundant() ? toSecond ? ", second copy" : ", first copy" : "";
    switch (store) {
      case EnvironmentStore.Nowhere nowhere -> {
        return false;
      }
      case EnvironmentStore.Files files -> {
        BootVolume volume = session.devices.place(files.disk(), files.partition(), files.label());
        String path = toSecond ? files.redundantPath() : files.path();
        if (volume == null || !volume.rewrite(FileCommands.path(path), Content.of(image))) {
          return false;
        }
        session.wrote("uboot.saveenv", "saves the environment to " + path + copy);
      }
      case EnvironmentStore.Raw raw -> {
        BootVolume volume = session.devices.place(raw.disk(), raw.partition(), raw.label());
        if (volume == null) {
          return false;
        }
        volume.writeRaw(toSecond ? raw.redundantOffset() : raw.offset(), image);
        session.wrote("uboot.saveenv", "saves the environment to raw sectors" + copy);
      }
    }
    return true;
  }
}
