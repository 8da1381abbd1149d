package dev.plugpull.sim.store;

import java.util.Optional;
import java.util.function.Function;

/** Serves files by their paths: OSTree and Flatpak repositories, image layouts, payloads. */
public final class FileFace implements StoreFace {

  private final Function<String, Optional<byte[]>> files;

  /** A face over a map from path, without a slash before it, to bytes. */
  public FileFace(Function<String, Optional<byte[]>> files) {
    this.files = files;
  }

  @Override
  public StoreAnswer answer(StoreRequest request) {
    if (!request.reads()) {
      return StoreAnswer.error(405, "method-not-allowed", "only GET and HEAD");
    }
    // Only exact names of the map are found, so a path that climbs out of a folder finds nothing.
    return request.path().filter(path -> path.startsWith("/")).flatMap(path -> files.apply(path.substring(1)))
        .map(bytes -> StoreAnswer.of(200, StoreAnswer.BYTES, bytes).asFile(request))
        .orElseGet(() -> StoreAnswer.of(404, "text/plain", "not found\n"));
  }
}
