package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.Formatter;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the clean device: what install mode and two earlier refreshes left on the disk (specification section 7.7). */
final class Installer {
  static final String UBOOT_FOLDER = "/uboot/ubuntu";
  static final String BOOT_SEL = UBOOT_FOLDER + "/boot.sel";
  static final List<Integer> REVISIONS = List.of(Revisions.OLDEST, Revisions.OLDER, Revisions.OLD);

  private final CoreBoard board;
  private final CoreScenario scenario;
  private final Platform platform;
  private final boolean idealMedium;

  private Installer(CoreBoard board, CoreScenario scenario, Platform platform, boolean idealMedium) {
    this.board = board;
    this.scenario = scenario;
    this.platform = platform;
    this.idealMedium = idealMedium;
  }

  static CoreSetup install(CoreBoard board, CoreScenario scenario, Platform platform, boolean idealMedium) {
    return new Installer(board, scenario, platform, idealMedium).setup();
  }

  private CoreSetup setup() {
    Layout layout = layout();
    CoreSetup names = setup(layout, List.of(), null);
    List<VolumeState> volumes = new ArrayList<>();
    if (layout.seed() >= 0) {
      volumes.add(seed(names));
    }
    if (layout.boot() >= 0 && layout.boot() != layout.seed()) {
      volumes.add(boot(names));
    }
    if (layout.bootState() >= 0) {
      volumes.add(bootState(names));
    }
    if (layout.bootSelect() >= 0) {
      SortedMap<String, String> fields = goodVariables(names);
      volumes.add(installs() ? LkInstall.selection(board, fields) : LkInstall.bootSelect(board, names, fields));
      volumes.add(LkInstall.bootImages(board, names));
    }
    volumes.add(data(names));
    if (layout.rawAreas() >= 0) {
      volumes.add(rawAreas());
    }
    if (scenario.is(Circumstance.NO_ROOM_FOR_ASSETS)) {
      int full = board.assets().lastFiles().orElseThrow() == GadgetAssets.Home.SEED ? layout.seed() : layout.boot();
      volumes.set(full, DiskFiller.filled(volumes.get(full)));
    }
    if (hasModes()) {
      Fresh fresh = Fresh.of(board);
      volumes.add(Fresh.registered(board.medium()));
      if (layout.recoverySelect() >= 0) {
        volumes.add(LkInstall.recoverySelect(board, recoveryVariables()));
      }
      if (layout.ubuntuBoot() != layout.boot()) {
        volumes.add(ubuntuBoot());
      }
      if (installs()) {
        volumes.set(layout.ubuntuBoot(), fresh.noBoot());
        volumes.set(layout.data(), fresh.noData());
        volumes.set(layout.save(), fresh.noSave());
      }
    }
    if (layout.tpm() >= 0) {
      volumes.add(SealedInstall.tpm());
    }
    return setup(layout, volumes, bootStateAccess());
  }

  private boolean installs() {
    return scenario.is(Circumstance.INSTALLS);
  }

  private Layout layout() {
    boolean lk = board.loader() == CoreBoard.LoaderKind.LK;
    int count = 0;
    int seed = board.seed() == null ? -1 : count++;
    int boot = board.loader() == CoreBoard.LoaderKind.PIBOOT ? seed : board.boot() == null ? -1 : count++;
    int bootState = board.loader() == CoreBoard.LoaderKind.UBOOT_RAW ? count++ : -1;
    int bootSelect = lk ? count++ : -1;
    int bootImages = lk ? count++ : -1;
    int data = count++;
    int rawAreas = board.assets().images().isEmpty() ? -1 : count++;
    int save = hasModes() ? count++ : -1;
    int recoverySelect = lk && hasModes() ? count++ : -1;
    int ubuntuBoot = hasModes() && (boot < 0 || boot == seed) ? count++ : boot;
    int tpm = board.encrypted() ? count : -1;
    return new Layout(seed, boot, bootState, data, rawAreas, bootSelect, bootImages, save, recoverySelect, ubuntuBoot,
        tpm, kernelFolder());
  }

  private static RawEnvironment rawEnvironment() {
    return new RawEnvironment(new UbootFormat(true));
  }

  private CoreSetup setup(Layout layout, List<VolumeState> volumes, BootState bootState) {
    boolean raw = board.loader() == CoreBoard.LoaderKind.UBOOT_RAW;
    return new CoreSetup(
        board.series(), layout, volumes, board.kernelName(), kernelFiles(),
        board.chain().before(board.powerOn(), board.assets()), bootState,
        hasModes() ? seedLoader() : null, raw ? "" : environmentPath(), format(), raw ? rawEnvironment() : null,
        scenario, platform, board.boot() != null && board.boot().type().equals("ext4"), loadsFromData(),
        new StrayReads(), idealMedium, board.medium().flushHonoured(), board.watchdog(), board.assets(),
        board.kernelBootFiles(),
        hasModes() ? Fresh.of(board) : null,
        board.encrypted() ? new TpmSealing() : Sealing.NONE);
  }

  private String kernelFolder() {
    if (!board.series().hasModeenv()) {
      return "";
    }
    return switch (board.loader()) {
      case GRUB -> "/EFI/ubuntu";
      case UBOOT_FILE, UBOOT_RAW -> UBOOT_FOLDER;
      case PIBOOT -> PibootEnvironment.FOLDER;
      case LK, ANDROID -> "";
    };
  }

  private List<String> kernelFiles() {
    return switch (board.loader()) {
      case GRUB -> board.series().hasModeenv() ? List.of("kernel.efi") : List.of();
      case UBOOT_FILE, UBOOT_RAW -> List.of("kernel.img", "initrd.img", board.kernelBootFiles().deviceTree());
      // Device trees and overlays, which the firmware merges, are left out.
      case PIBOOT -> List.of("kernel.img", "initrd.img");
      case LK, ANDROID -> List.of();
    };
  }

  private EnvironmentFormat format() {
    return switch (board.loader()) {
      case GRUB -> new GrubFormat();
      case ANDROID -> new AndroidFormat();
      case UBOOT_FILE, UBOOT_RAW, PIBOOT, LK -> new UbootFormat(board.flagByte());
    };
  }

  /** The file that holds the loader's environment, empty if it is raw. */
  private String environmentPath() {
    return switch (board.loader()) {
      case GRUB -> "/EFI/ubuntu/grubenv";
      case UBOOT_FILE -> board.series().hasModeenv() ? BOOT_SEL : "/uboot.env";
      case PIBOOT -> PibootEnvironment.PATH;
      case ANDROID -> AndroidPowerOn.PATH;
      case UBOOT_RAW, LK -> "";
    };
  }

  private PibootEnvironment piboot() {
    return new PibootEnvironment(
        new FileEnvironment(environmentPath(), format(), FileEnvironment.Rewrite.IN_PLACE));
  }

  private BootState bootStateAccess() {
    BootEnvironment environment = switch (board.loader()) {
      case GRUB -> new FileEnvironment(environmentPath(), format(), FileEnvironment.Rewrite.TRUNCATING);
      case UBOOT_FILE -> new FileEnvironment(environmentPath(), format(), FileEnvironment.Rewrite.IN_PLACE);
      case PIBOOT -> piboot();
      case ANDROID -> new FileEnvironment(environmentPath(), format(), FileEnvironment.Rewrite.ATOMIC);
      case UBOOT_RAW -> rawEnvironment();
      case LK -> new LkEnvironment(false);
    };
    KernelStore store = switch (board.loader()) {
      case GRUB -> board.series().hasModeenv() ? KernelStore.FOLDERS : KernelStore.NONE;
      case UBOOT_FILE, UBOOT_RAW, PIBOOT -> KernelStore.FOLDERS;
      case LK -> new LkKernels(environment, ((LkPowerOn) board.powerOn()).slots());
      case ANDROID -> KernelStore.NONE;
    };
    return board.series().hasModeenv() ? new BootState20(selector(environment), store)
        : new BootState16(environment, store);
  }

  private KernelSelector selector(BootEnvironment environment) {
    return switch (board.loader()) {
      case GRUB -> new LinkSelector(environment, "/EFI/ubuntu");
      case PIBOOT -> new PibootSelector(piboot());
      case UBOOT_FILE, UBOOT_RAW, LK, ANDROID -> new VariableSelector(environment);
    };
  }

  /** With GRUB and U-Boot a file of the same name as on ubuntu-boot; the others keep everything in one place. */
  private SeedLoader seedLoader() {
    return switch (board.loader()) {
      case GRUB -> new SeedLoader(
          FileEnvironment.onSeed(environmentPath(), format(), FileEnvironment.Rewrite.TRUNCATING),
          SeedLoader.SystemKernels.NAMED);
      case UBOOT_FILE -> new SeedLoader(
          FileEnvironment.onSeed(environmentPath(), format(), FileEnvironment.Rewrite.IN_PLACE),
          SeedLoader.SystemKernels.EXTRACTED);
      case UBOOT_RAW -> new SeedLoader(rawEnvironment(), SeedLoader.SystemKernels.EXTRACTED);
      case PIBOOT -> new SeedLoader(piboot(), SeedLoader.SystemKernels.EXTRACTED);
      case LK -> new SeedLoader(new LkEnvironment(true), SeedLoader.SystemKernels.OF_IMAGE);
      case ANDROID -> throw new IllegalArgumentException("cannot leave run mode: no such loader has other modes");
    };
  }

  /** A partition with the gadget's files, on this disk. */
  static Formatter<?> formatter(CoreBoard.Partition partition, DeviceProfile medium) {
    Formatter<?> formatter = partition.type().equals("ext4")
        ? ext4(partition.label(), medium).bootReadable(true)
        : medium.flushHonoured() ? Fat.format(partition.label()) : Fat.format(partition.label()).noBarrier();
    formatter.size(partition.bytes()).at(0, partition.number());
    partition.files().forEach(formatter::with);
    return formatter;
  }

  static Ext4 ext4(String label, DeviceProfile medium) {
    return medium.flushHonoured() ? Ext4.format(label) : Ext4.format(label).noBarrier();
  }

  private VolumeState seed(CoreSetup names) {
    Formatter<?> seed = formatter(board.seed(), board.medium());
    if (board.loader() == CoreBoard.LoaderKind.PIBOOT) {
      return piboot(seed, names);
    }
    if (!environmentPath().isEmpty()) {
      seed.with(environmentPath(), environment(recoveryVariables(), environmentBytes(board.seed())));
    }
    if (hasModes()) {
      RecoverySystem.ofImage().putOn(seed, names, RecoverySystem.label(Revisions.OLD));
    }
    sealed(names).onSeed().forEach(seed::with);
    return seed.state();
  }

  private boolean hasModes() {
    return scenario.leavesRunMode();
  }

  /** As the installation leaves it, or the image build: variables, and the firmware's files for what starts next. */
  private VolumeState piboot(Formatter<?> seed, CoreSetup names) {
    SortedMap<String, String> variables = goodVariables(names);
    variables.putAll(recoveryVariables());
    seed.with(environmentPath(), environment(variables, environmentBytes(board.seed())));
    for (int revision : installs() ? List.<Integer>of() : REVISIONS) {
      String folder = kernelFolder() + "/" + names.blob(Part.KERNEL, revision);
      for (String file : kernelFiles()) {
        seed.with(folder + "/" + file, names.kernelFile(revision, file));
      }
    }
    if (hasModes()) {
      RecoverySystem.ofImage().putOn(seed, names, RecoverySystem.label(Revisions.OLD));
    }
    String prefix = PibootEnvironment.prefix(variables);
    String config = text(PibootEnvironment.CONFIG);
    seed.with(PibootEnvironment.CONFIG, Content.text(PibootEnvironment.withPrefix(config, prefix + "/")));
    seed.with(prefix + PibootEnvironment.COMMAND_LINE,
        Content.text(PibootEnvironment.commandLine(text(PibootEnvironment.COMMAND_LINE), variables)));
    return seed.state();
  }

  private String text(String path) {
    Content content = board.seed().files().get(path);
    return content == null ? "" : content.text().orElse("");
  }

  private SortedMap<String, String> recoveryVariables() {
    boolean listed = hasModes() && board.loader() == CoreBoard.LoaderKind.GRUB;
    return SeedEnvironment.installed(installs() ? "install" : "run", listed);
  }

  private VolumeState boot(CoreSetup names) {
    Formatter<?> boot = formatter(board.boot(), board.medium());
    boolean grub = board.loader() == CoreBoard.LoaderKind.GRUB;
    if (!environmentPath().isEmpty()) {
      boot.with(environmentPath(), environment(goodVariables(names), environmentBytes(board.boot())));
    }
    for (int revision : REVISIONS) {
      for (String file : kernelFiles()) {
        String path = kernelFolder() + "/" + names.blob(Part.KERNEL, revision) + "/" + file;
        boot.with(path, names.kernelFile(revision, file));
      }
    }
    sealed(names).onBoot().forEach(boot::with);
    if (grub && board.series().hasModeenv()) {
      boot.withSymlink(names.blob(Part.KERNEL, Revisions.OLD) + "/kernel.efi", "/EFI/ubuntu/kernel.efi");
    }
    if (hasModes()) {
      boot.with(ModelFile.PATH, ModelFile.of(Revisions.OLD));
    }
    return boot.state();
  }

  /** ubuntu-boot of a loader that keeps nothing on it. */
  private VolumeState ubuntuBoot() {
    return formatter(Fresh.ubuntuBoot(board), board.medium()).with(ModelFile.PATH, ModelFile.of(Revisions.OLD)).state();
  }

  private VolumeState bootState(CoreSetup names) {
    byte[] image = new byte[2 * RawEnvironment.COPY_BYTES];
    UbootFormat copy = new UbootFormat(true);
    for (int i = 0; i < 2; i++) {
      SortedMap<String, String> variables = goodVariables(names);
      variables.putAll(recoveryVariables());
      byte[] bytes = copy.encode(variables, i, RawEnvironment.COPY_BYTES);
      System.arraycopy(bytes, 0, image, i * RawEnvironment.COPY_BYTES, bytes.length);
    }
    return RawVolume.of(1 << 20, board.medium(), image).partitionName("ubuntu-boot-state").at(0, 9).state();
  }

  /** The images of the old gadget; one that it did not have yet is blank. */
  private VolumeState rawAreas() {
    List<GadgetAssets.Asset> images = board.assets().images();
    byte[] bytes = new byte[images.size() * GadgetAssets.IMAGE_BYTES];
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).before() != null) {
        System.arraycopy(GadgetAssets.imageBytes(images.get(i).before()), 0, bytes, i * GadgetAssets.IMAGE_BYTES,
            GadgetAssets.IMAGE_BYTES);
      }
    }
    return RawVolume.of(1 << 20, board.medium(), bytes).partitionName(BootChain.RAW_AREAS).at(0, 0).state();
  }

  private int environmentBytes(CoreBoard.Partition partition) {
    Content shipped = partition.files().get(environmentPath());
    return shipped != null && !shipped.isOpaque() && shipped.length() > 0
        ? Math.toIntExact(shipped.length())
        : board.environmentBytes();
  }

  private Content environment(SortedMap<String, String> variables, int bytes) {
    return Content.of(format().encode(variables, new byte[bytes]));
  }

  private SortedMap<String, String> goodVariables(CoreSetup names) {
    SortedMap<String, String> variables = new TreeMap<>(board.storedVariables());
    boolean links = board.loader() == CoreBoard.LoaderKind.GRUB && board.series().hasModeenv();
    if (!links && !installs()) {
      variables.put("snap_kernel", names.blob(Part.KERNEL, Revisions.OLD));
    }
    if (!board.series().hasModeenv()) {
      variables.put("snap_core", names.blob(Part.BASE, Revisions.OLD));
    }
    return variables;
  }

  private VolumeState data(CoreSetup names) {
    String label = board.series().hasModeenv() ? "ubuntu-data" : "writable";
    Ext4 data = ext4(label, board.medium()).size(board.dataBytes()).at(0, 10);
    if (loadsFromData()) {
      data.bootReadable(CoreSetup.SNAPS);
    }
    names.parts().forEach(part -> InstalledSnaps.put(data, names, part));
    if (names.has(Part.SNAPD)) {
      SnapdUnits.installed(Revisions.OLD).forEach(data::with);
    }
    data.withDirectory("/var/lib/snapd/cache").withDirectory("/var/lib/snapd/sequence");
    if (board.series().hasModeenv()) {
      data.with(Modeenv.PATH, modeenv(names).content());
    }
    sealed(names).onData().forEach(data::with);
    if (board.series().hasDriversTree()) {
      String tree = DriversTree.path(names, Revisions.OLD);
      DriversTree.links(names, Revisions.OLD).forEach((link, target) -> data.withSymlink(target, tree + "/" + link));
    }
    data.with(SnapdRecord.PATH, InstalledSnaps.record(names.parts(), hasModes()).content());
    return data.state();
  }

  private Modeenv modeenv(CoreSetup names) {
    return new Modeenv(names.blob(Part.BASE, Revisions.OLD), "", "", List.of(names.blob(Part.KERNEL, Revisions.OLD)),
        names.blob(Part.GADGET, Revisions.OLD),
        hasModes() ? ModeEntries.installed(RecoverySystem.label(Revisions.OLD), Revisions.OLD) : ModeEntries.NONE,
        SealedInstall.trusted(board));
  }

  private SealedInstall sealed(CoreSetup names) {
    return new SealedInstall(board, names, modeenv(names));
  }

  private boolean loadsFromData() {
    boolean looksIntoSnaps =
        board.loader() == CoreBoard.LoaderKind.GRUB || board.loader() == CoreBoard.LoaderKind.ANDROID;
    return !board.series().hasModeenv() && looksIntoSnaps;
  }
}
