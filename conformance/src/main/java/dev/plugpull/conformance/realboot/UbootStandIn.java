package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.bootloader.uboot.ScriptImage;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** What U-Boot finds on its disk: kernels as FIT images, scripts and environments that Debian's build understands. */
final class UbootStandIn implements StandIn {
  /** The variable that stands for {@code saveenv}. */
  static final String SAVE = "plugpull_save";

  private static final Pattern DISK = Pattern.compile("(?<![\\w./-])(mmc|virtio)(?![\\w./-])");
  private static final Pattern SAVE_ENVIRONMENT = Pattern.compile("\\b(saveenv|env save)\\b");
  private static final Pattern OTHER_BOOT = Pattern.compile("\\b(booti|bootz)\\b");
  /** An export of a checksummed image, where no size of the file was set behind it yet. */
  private static final Pattern EXPORT =
      Pattern.compile("\\benv export -c(?: -s (\\S+))?( [^;&|\\n']*+)(?!&& setenv filesize)");
  private static final Pattern SCRIPT_NAME = Pattern.compile(".*/(boot\\.scr(\\.uimg)?|[^/]*\\.scr)$");

  private static final byte[] COMMENT = {'#', 0};

  private final Header header;
  private final String environmentSize;
  private final BiosProgram program = new BiosProgram();

  UbootStandIn(Header header, int environmentSize) {
    this.header = header;
    this.environmentSize = Integer.toHexString(environmentSize);
  }

  @Override
  public byte[] program(String identity) {
    return FitImage.of(program.program(identity));
  }

  @Override
  public byte[] bytes(String path, Content content) {
    if (content.isOpaque()) {
      return content.isPart() ? new byte[CUT_BYTES]
          : path.endsWith(".dtb") ? FitImage.emptyTree()
          : path.contains("initrd") ? program.program(StandIn.identity(content))
          : program(StandIn.identity(content));
    }
    if (SCRIPT_NAME.matcher(path).matches()
        && ScriptImage.read(content, null, true, true) instanceof ScriptImage.Result.Script script) {
      return ScriptImage.legacy(substituted(script.text()));
    }
    byte[] bytes = content.bytes().orElseThrow();
    return environment(content).map(known -> withoutFlag(known, bytes.length)).orElse(bytes);
  }

  /**
   * An environment as Debian's build checks it. A flag of 0 ends the name that a text import finds in the header, and
   * the variables behind it are taken; without it the first one would be lost. A comment does the same.
   */
  private static byte[] withoutFlag(UbootEnvironment known, int size) {
    byte[] image = new UbootEnvironment(known.variables(), Header.PLAIN, 0, size).image();
    int from = Header.PLAIN.length();
    boolean room = image[size - 1] == 0 && image[size - 2] == 0 && image[size - 3] == 0;
    if (known.header() == Header.FLAG && known.flag() == 0 && room) {
      System.arraycopy(image, from, image, from + COMMENT.length, size - from - COMMENT.length);
      System.arraycopy(COMMENT, 0, image, from, COMMENT.length);
      CRC32 sum = new CRC32();
      sum.update(image, from, size - from);
      ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt((int) sum.getValue());
    }
    return image;
  }

  /** A content as an environment of the board; empty if it is none, or its checksum is wrong. */
  Optional<UbootEnvironment> environment(Content content) {
    return content.bytes().flatMap(bytes -> UbootEnvironment.read(bytes, header));
  }

  /** Commands and device names of the board in those of Debian's build. */
  String substituted(String text) {
    String exported = EXPORT.matcher(text).replaceAll(found -> Matcher.quoteReplacement("env export -c -s "
        + (found.group(1) == null ? environmentSize : found.group(1)) + found.group(2).stripTrailing()
        + " && setenv filesize " + environmentSize));
    String saved = SAVE_ENVIRONMENT.matcher(exported).replaceAll("run " + SAVE);
    return OTHER_BOOT.matcher(DISK.matcher(saved).replaceAll(RealUboot.DEVICE)).replaceAll("bootm");
  }
}
