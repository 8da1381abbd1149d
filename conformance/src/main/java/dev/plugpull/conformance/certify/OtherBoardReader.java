package dev.plugpull.conformance.certify;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.ubuntucore.AndroidPowerOn;
import dev.plugpull.sim.ubuntucore.CoreBoard.LoaderKind;
import dev.plugpull.sim.ubuntucore.CoreBoard.Partition;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.LkPowerOn;
import dev.plugpull.sim.ubuntucore.PibootPowerOn;
import dev.plugpull.sim.ubuntucore.PowerOn;
import dev.plugpull.sim.ubuntucore.ReferenceScript;
import dev.plugpull.sim.ubuntucore.gadget.Role;
import java.util.TreeMap;

/** The part of {@link BoardReader} for boot loaders without a script: piboot, lk and android-boot. */
final class OtherBoardReader {
  private static final String MODEL = "pi_model";

  private final BoardReader reader;

  OtherBoardReader(BoardReader reader) {
    this.reader = reader;
  }

  /** The Raspberry Pi's firmware; what it reads of the gadget are {@code config.txt} and {@code cmdline.txt}. */
  GadgetBoard piboot() throws GadgetBoard.NotModelled {
    Partition seed = reader.partition(Role.SEED);
    for (String file : new String[] {"/config.txt", "/cmdline.txt"}) {
      Content content = seed.files().get(file);
      if (content == null || content.text().isEmpty()) {
        throw new GadgetBoard.NotModelled(file.substring(1) + " of ubuntu-seed is not in this tree: bring it beside the"
            + " gadget.yaml, or give the built gadget snap");
      }
      reader.remember(file.substring(1), content);
    }
    String model = reader.options().environment().getOrDefault(MODEL, "pi4");
    reader.assume("board: a Raspberry Pi " + model + " with tryboot in its EEPROM; '" + MODEL
        + "' below environment of --board says otherwise");
    reader.assume("device trees and overlays beside a kernel are always whole: the model does not write them");
    reader.assume("ubuntu-boot holds nothing that a refresh changes on piboot");
    CoreBoard board = board(LoaderKind.PIBOOT, seed, null, new PibootPowerOn(seed.number(), model));
    Partition twin = BoardReader.withScript(seed, "/config.txt", ReferenceScript.PIBOOT_CONFIG.content());
    twin = BoardReader.withScript(twin, "/cmdline.txt", ReferenceScript.PIBOOT_COMMAND_LINE.content());
    return reader.finished(board, board.withSeed(twin), "piboot, piboot.conf on " + seed.type());
  }

  /** Little kernel. Its twin has the two boot image partitions that the protocol needs. */
  GadgetBoard lk() throws GadgetBoard.NotModelled {
    boolean modes = reader.series().hasModeenv();
    int slots = reader.count("system-boot-image") + reader.count("bootimg");
    int selections = reader.count("system-boot-select") + reader.count("bootselect");
    if (slots == 0 || selections == 0) {
      throw new GadgetBoard.NotModelled("lk without partitions of role system-boot-image and system-boot-select");
    }
    reader.assume("lk is a binary of the vendor: it follows the protocol of snapd's boot selection, takes the backup"
        + " if the primary has a bad checksum, and resets if it cannot load an image");
    reader.assume("lk: the boot selection is represented by two sectors a copy, a boot image by two sectors");
    Partition seed = modes ? reader.partition(Role.SEED) : null;
    CoreBoard board = board(LoaderKind.LK, seed, null, new LkPowerOn(reader.series(), reader.kernel(), slots));
    CoreBoard twin = board(LoaderKind.LK, seed, null, new LkPowerOn(reader.series(), reader.kernel(), 2));
    return reader.finished(board, twin, "lk, snapbootsel and its backup as raw partitions");
  }

  /** A loader with {@code androidboot.env}: UC16 and UC18 only. */
  GadgetBoard android() throws GadgetBoard.NotModelled {
    if (reader.series().hasModeenv()) {
      throw new GadgetBoard.NotModelled("android-boot on Ubuntu Core " + reader.series().number()
          + ": snapd supports it up to Ubuntu Core 18");
    }
    Partition boot = reader.partition(Role.BOOT);
    reader.assume("android-boot: no public loader of this kind is known; it follows the protocol and takes kernels out"
        + " of their snaps");
    CoreBoard board = board(LoaderKind.ANDROID, null, boot, new AndroidPowerOn(boot.number()));
    return reader.finished(board, board, "android-boot, androidboot.env on " + boot.type());
  }

  private CoreBoard board(LoaderKind kind, Partition seed, Partition boot, PowerOn powerOn) {
    return new CoreBoard(reader.series(), reader.kernel(), kind, seed, boot, reader.dataBytes(), powerOn,
        reader.environmentBytes(), new TreeMap<>(), reader.options().header().equals("flag"), DeviceProfile.EMMC,
        reader.options().watchdog());
  }
}
