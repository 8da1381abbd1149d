package dev.plugpull.sim.ubuntucore.gadget;

import java.nio.file.Path;

/**
 * A kernel snap, or the folder of one: what a gadget takes content from.
 *
 * @param metadata from {@code meta/snap.yaml}; unknown if there is none
 * @param info from {@code meta/kernel.yaml}; {@link KernelInfo#NONE} if there is none
 */
public record KernelPackage(GadgetFiles files, SnapMetadata metadata, KernelInfo info) implements AutoCloseable {

  /**
   * Opens a kernel.
   *
   * @param path folder or {@code .snap}
   * @throws UnreadableGadgetException if it cannot be read or is a snap of another type; the message says kernel
   */
  public static KernelPackage open(Path path) {
    try {
      GadgetFiles files = GadgetPackage.files(path);
      try {
        return read(files);
      } catch (RuntimeException e) {
        files.close();
        throw e;
      }
    } catch (UnreadableGadgetException e) {
      throw e.ofKernel();
    }
  }

  private static KernelPackage read(GadgetFiles files) {
    SnapMetadata metadata =
        has(files, "meta/snap.yaml") ? SnapMetadata.parse(bytes(files, "meta/snap.yaml"), files.where("meta/snap.yaml"))
            : SnapMetadata.UNKNOWN;
    if (!metadata.type().isEmpty() && !metadata.type().equals("kernel")) {
      throw new UnreadableGadgetException(
          files.origin(), "it is a snap of type " + metadata.type() + " and not a kernel", "name the kernel snap");
    }
    KernelInfo info =
        has(files, "meta/kernel.yaml")
            ? KernelInfo.parse(bytes(files, "meta/kernel.yaml"), files.where("meta/kernel.yaml"))
            : KernelInfo.NONE;
    return new KernelPackage(files, metadata, info);
  }

  private static boolean has(GadgetFiles files, String path) {
    return files.find(path).filter(GadgetFiles.Entry::isFile).isPresent();
  }

  private static byte[] bytes(GadgetFiles files, String path) {
    return files.read(path, YamlDocument.LIMIT);
  }

  @Override
  public void close() {
    files.close();
  }
}
