package dev.plugpull.conformance.certify;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.ubuntucore.BootFiles;
import dev.plugpull.sim.ubuntucore.CoreBoard.LoaderKind;
import dev.plugpull.sim.ubuntucore.CoreBoard.Partition;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.PowerOn;
import dev.plugpull.sim.ubuntucore.ReferenceScript;
import dev.plugpull.sim.ubuntucore.Series;
import dev.plugpull.sim.ubuntucore.gadget.GadgetFiles;
import dev.plugpull.sim.ubuntucore.gadget.GadgetInfo;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetValidator;
import dev.plugpull.sim.ubuntucore.gadget.KernelPackage;
import dev.plugpull.sim.ubuntucore.gadget.PlacedStructure;
import dev.plugpull.sim.ubuntucore.gadget.Role;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import dev.plugpull.sim.ubuntucore.gadget.VolumeLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds the device that a gadget describes. */
final class BoardReader {
  /** Name of the kernel snap: the model names it, the gadget does not. */
  private static final String KERNEL = "device-kernel";

  private static final long DATA_BYTES = 4L << 30;
  private static final int ENVIRONMENT_BYTES = 4096;
  private static final Pattern NAMED_TREE = Pattern.compile("\\bdtbs/[\\w./+-]+\\.dtb\\b");

  private final GadgetPackage gadget;
  private final GadgetInfo info;
  private final Target target;
  private final BoardOptions options;
  private final Optional<KernelPackage> kernel;
  private final Series series;
  private final List<PlacedStructure> partitions;
  private final List<String> assumptions = new ArrayList<>();
  private final List<String> notLookedAt = new ArrayList<>();
  private final SortedMap<String, String> scripts = new TreeMap<>();

  private BoardReader(GadgetPackage gadget, GadgetInfo info, Target target, BoardOptions options,
      Optional<KernelPackage> kernel) {
    this.kernel = kernel;
    this.gadget = gadget;
    this.info = info;
    this.target = target;
    this.options = options;
    this.series = Series.of(target.series());
    this.partitions = partitions();
  }

  /**
   * Builds it.
   *
   * @throws GadgetBoard.NotModelled if boot loader or layout are not modelled yet
   */
  static GadgetBoard read(GadgetPackage gadget, GadgetInfo info, Target target, BoardOptions options)
      throws GadgetBoard.NotModelled {
    try (KernelPackage kernel = options.kernel() == null ? null : KernelPackage.open(options.kernel())) {
      return new BoardReader(gadget, info, target, options, Optional.ofNullable(kernel)).board();
    }
  }

  private List<PlacedStructure> partitions() {
    for (VolumeLayout layout : GadgetValidator.layouts(info, target)) {
      if (!layout.volume().bootloader().isEmpty()) {
        return layout.inFileOrder().stream().filter(PlacedStructure::isPartition).toList();
      }
    }
    return List.of();
  }

  private GadgetBoard board() throws GadgetBoard.NotModelled {
    if (target.kind().isClassic()) {
      throw new GadgetBoard.NotModelled("a classic system (" + target.why() + "): only Ubuntu Core is modelled");
    }
    assumptions.add("series: Ubuntu Core " + series.number() + ", " + target.why());
    return switch (info.bootloader()) {
      case "grub" -> grub();
      case "u-boot" -> new UbootBoardReader(this).read();
      case "piboot" -> new OtherBoardReader(this).piboot();
      case "lk" -> new OtherBoardReader(this).lk();
      case "android-boot" -> new OtherBoardReader(this).android();
      default -> throw new GadgetBoard.NotModelled("boot loader " + info.bootloader() + " is not modelled yet");
    };
  }

  private GadgetBoard grub() throws GadgetBoard.NotModelled {
    if (!series.hasModeenv()) {
      return grubSingle();
    }
    Partition seed = withScript(partition(Role.SEED), "/EFI/ubuntu/grub.cfg", ReferenceScript.GRUB_SEED.content());
    Partition boot = withScript(partition(Role.BOOT), "/EFI/ubuntu/grub.cfg", ReferenceScript.GRUB_RUN.content());
    assumptions.add("grub.cfg is the one that snapd manages, in our words (edition of 2026)");
    PowerOn loader = dev.plugpull.sim.ubuntucore.GrubPowerOn.chained(seed.number(), boot.number(), cpu(boot));
    CoreBoard board = new CoreBoard(series, KERNEL, LoaderKind.GRUB, seed, boot, DATA_BYTES, loader, 1024,
        new TreeMap<>(), false, DeviceProfile.DISK_512E, options.watchdog());
    return finished(board, board, "grub, managed by snapd, grubenv on " + boot.type());
  }

  /** The processor that the GRUB on ubuntu-boot is for: snapd's configuration starts it by a name that tells. */
  private String cpu(Partition boot) throws GadgetBoard.NotModelled {
    List<String> programs = boot.files().keySet().stream().map(path -> path.toLowerCase(Locale.ROOT))
        .filter(path -> path.matches("/efi/boot/grub\\w+\\.efi")).toList();
    if (programs.isEmpty() && !notLookedAt.isEmpty()) {
      throw new GadgetBoard.NotModelled("GRUB of ubuntu-boot is not in this tree: give the built gadget snap");
    }
    if (programs.isEmpty() || programs.contains("/efi/boot/grubx64.efi")) {
      return "x86_64";
    }
    if (programs.contains("/efi/boot/grubaa64.efi")) {
      return "arm64";
    }
    throw new GadgetBoard.NotModelled("GRUB for another processor (" + programs.getFirst() + "): the configuration that"
        + " snapd manages, as read, starts grubx64.efi or grubaa64.efi only");
  }

  private GadgetBoard grubSingle() throws GadgetBoard.NotModelled {
    String path = script("grub.conf").or(() -> script("grub.cfg")).orElseThrow(
        () -> new GadgetBoard.NotModelled("no grub.cfg and no filled grub.conf: the boot script is not in this tree"));
    Content vendor = Content.of(gadget.files().read(path, GadgetPackage.LARGEST_TEXT));
    remember(path, vendor);
    Partition boot = withScript(partition(Role.BOOT), "/EFI/ubuntu/grub.cfg", vendor);
    PowerOn loader = dev.plugpull.sim.ubuntucore.GrubPowerOn.single(boot.number());
    CoreBoard board = new CoreBoard(series, KERNEL, LoaderKind.GRUB, null, boot, DATA_BYTES, loader, 1024,
        new TreeMap<>(), false, DeviceProfile.DISK_512E, options.watchdog());
    Partition twin = withScript(boot, "/EFI/ubuntu/grub.cfg", ReferenceScript.GRUB_SINGLE.content());
    return finished(board, board.withBoot(twin), "grub, own grub.cfg, grubenv on " + boot.type());
  }

  GadgetBoard finished(CoreBoard board, CoreBoard twin, String title) throws GadgetBoard.NotModelled {
    Optional<BootFiles> sizes = bootFiles(board.loader());
    if (sizes.isPresent()) {
      requireRoom(board, sizes.get());
    }
    assumptions.add("kernel snap: a stand-in named " + KERNEL + "; base " + series.base() + "; its boot files take "
        + sizes.map(s -> s.image() + " and " + s.initrd() + " bytes, as those of " + options.kernel())
            .orElse("32 MiB or, where that is less, a sixth of the boot partition; --kernel says otherwise")
        + deviceTree().map(tree -> "; the board's device tree is " + tree + ", which the script names").orElse(""));
    BootFiles files = sizes.orElseGet(board::kernelBootFiles).withDeviceTree(
        deviceTree().orElse(BootFiles.BOARD_TREE));
    assumptions.add("watchdog: "
        + (options.watchdog() ? "resets a hanging board" : "none; a kernel that hangs stays so"));
    assumptions.add("medium: " + board.medium().name() + ", honest flush, no neighbour damage");
    return new GadgetBoard(
        board.withBootFiles(files), twin.withBootFiles(files), title,
        scripts, List.of(), List.copyOf(assumptions), List.copyOf(notLookedAt));
  }

  /** The first device tree of the kernel that a boot script calls by its name. */
  private Optional<String> deviceTree() {
    return scripts.values().stream().map(NAMED_TREE::matcher).filter(Matcher::find).map(Matcher::group).findFirst();
  }

  /** A device keeps older kernels; one on which they do not fit cannot be set up. */
  private void requireRoom(CoreBoard board, BootFiles sizes) throws GadgetBoard.NotModelled {
    Partition home = board.loader() == LoaderKind.PIBOOT ? board.seed() : board.boot();
    long room = home == null ? Long.MAX_VALUE : home.bytes();
    if (!sizes.fitAsKept(room)) {
      throw new GadgetBoard.NotModelled("a device whose boot partition of " + room + " bytes does not hold as many"
          + " kernels like " + options.kernel() + " as snapd keeps");
    }
  }

  /** Sizes of the given kernel's boot files; empty without a kernel, or where they are not files of their own. */
  private Optional<BootFiles> bootFiles(LoaderKind loader) {
    if (kernel.isEmpty() || loader == LoaderKind.LK || loader == LoaderKind.ANDROID) {
      return Optional.empty();
    }
    GadgetFiles files = kernel.get().files();
    Optional<GadgetFiles.Entry> image = files.find("kernel.efi").or(() -> files.find("kernel.img"));
    return image.filter(GadgetFiles.Entry::isFile).map(
        entry -> new BootFiles(entry.size(), files.find("initrd.img").map(GadgetFiles.Entry::size).orElse(0L),
            BootFiles.BOARD_TREE));
  }

  /** The partition with a role, formatted and filled as the image build does. */
  Partition partition(String role) throws GadgetBoard.NotModelled {
    for (int i = 0; i < partitions.size(); i++) {
      PlacedStructure structure = partitions.get(i);
      if (structure.role().equals(role)) {
        SortedMap<String, Content> files = PartitionFiles.of(gadget, kernel, structure, notLookedAt);
        String type = structure.structure().linuxFilesystem();
        return new Partition(
            label(structure, role), type.isEmpty() ? "vfat" : type, size(structure), i + 1, files);
      }
    }
    throw new GadgetBoard.NotModelled("the volume with the boot loader has no partition with role " + role);
  }

  private static String label(PlacedStructure structure, String role) {
    if (!structure.label().isEmpty()) {
      return structure.label();
    }
    return structure.structure().name().isEmpty() ? role : structure.structure().name();
  }

  private static long size(PlacedStructure structure) {
    return Math.max(structure.structure().size(), structure.structure().effectiveMinSize());
  }

  boolean hasRole(String role) {
    return partitions.stream().anyMatch(p -> p.role().equals(role));
  }

  /** How many partitions have this role. */
  int count(String role) {
    return Math.toIntExact(partitions.stream().filter(p -> p.role().equals(role)).count());
  }

  private Optional<String> script(String name) {
    return gadget.standIn(name).filter(p -> gadget.files().find(p).map(e -> e.size() > 0).orElse(false));
  }

  static Partition withScript(Partition partition, String path, Content script) {
    SortedMap<String, Content> files = new TreeMap<>(partition.files());
    files.put(path, script);
    return new Partition(partition.label(), partition.type(), partition.bytes(), partition.number(), files);
  }

  void remember(String path, Content script) {
    script.bytes().ifPresent(b -> scripts.put(path, new String(b, StandardCharsets.UTF_8)));
  }

  GadgetPackage gadget() {
    return gadget;
  }

  BoardOptions options() {
    return options;
  }

  Series series() {
    return series;
  }

  String kernel() {
    return KERNEL;
  }

  long dataBytes() {
    return DATA_BYTES;
  }

  int environmentBytes() {
    return ENVIRONMENT_BYTES;
  }

  void assume(String assumption) {
    assumptions.add(assumption);
  }
}
