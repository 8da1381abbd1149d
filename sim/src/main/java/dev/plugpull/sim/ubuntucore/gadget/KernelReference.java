package dev.plugpull.sim.ubuntucore.gadget;

import java.nio.file.Path;

/**
 * A source of the form {@code $kernel:ASSET/path}.
 *
 * @param path in the kernel snap; a trailing slash means all below it
 */
public record KernelReference(String asset, String path) {

  private static final String PREFIX = "$kernel:";

  /**
   * Splits a reference.
   *
   * @throws IllegalArgumentException with the reason if it is not well formed
   */
  public static KernelReference parse(String source) {
    String reference = source.startsWith(PREFIX) ? source.substring(PREFIX.length()) : source;
    int slash = reference.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("it has no slash behind the asset");
    }
    String asset = reference.substring(0, slash);
    String path = reference.substring(slash + 1);
    if (asset.isEmpty() || path.isEmpty()) {
      throw new IllegalArgumentException("asset or path is empty");
    }
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean clean = !bare.isEmpty() && Path.of("/", bare).normalize().toString().equals("/" + bare);
    if (!clean || path.contains("..")) {
      throw new IllegalArgumentException("its path is not clean");
    }
    if (!KernelInfo.ASSET_NAME.matcher(asset).matches()) {
      throw new IllegalArgumentException("\"" + asset + "\" is not an asset name");
    }
    return new KernelReference(asset, path);
  }
}
