package dev.plugpull.conformance.http;

import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.omaha.OmahaServer;
import dev.plugpull.sim.store.omaha.Release;
import dev.plugpull.sim.store.payload.PayloadWriter;
import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Chrome OS's update server in a YAML file: {@code app} (the board's application id), {@code seed} of the key that
 * signs payloads, and a list {@code releases} with {@code track}, {@code version}, {@code partitions} (name to file
 * beside the profile, of whole blocks of 4096 bytes), {@code percentage} of the devices that see it (100 if not given)
 * and {@code rollback}. The first release that fits a device is offered.
 */
public final class OmahaProfile {

  private static final int KEY_BITS = 2048;
  private static final int BLOCK = 4096;

  private OmahaProfile() {}

  /**
   * Reads a profile.
   *
   * @throws IOException if it is none; the message says what is wrong where
   */
  public static StoreFace read(Path file) throws IOException {
    JsonNode root;
    try {
      root = YAMLMapper.builder().build().readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new IOException("cannot read " + file + ": no YAML: " + e.getOriginalMessage(), e);
    }
    String app = root.path("app").asString("");
    if (app.isEmpty() || root.path("releases").isEmpty()) {
      throw new IOException("cannot read " + file + ": write 'app' and a list 'releases'");
    }
    RsaKey key = RsaKey.generate(KEY_BITS, new SeededRandom(root.path("seed").asLong(1)));
    List<Release> releases = new ArrayList<>();
    for (JsonNode release : root.path("releases")) {
      byte[] payload = PayloadWriter.full(partitions(release, file), releases.size() + 1L, key);
      try {
        releases.add(new Release(release.path("track").asString("stable-channel"),
            release.path("version").asString(""), payload, release.path("percentage").asDouble(100),
            release.path("rollback").asBoolean(false)));
      } catch (IllegalArgumentException e) {
        throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
    return new OmahaServer(app, releases, "");
  }

  private static SortedMap<String, byte[]> partitions(JsonNode release, Path file) throws IOException {
    SortedMap<String, byte[]> partitions = new TreeMap<>();
    for (var partition : release.path("partitions").properties()) {
      byte[] content = Files.readAllBytes(file.resolveSibling(partition.getValue().asString("")));
      if (content.length == 0 || content.length % BLOCK != 0) {
        throw new IOException("cannot read " + file + ": partition " + partition.getKey() + " has " + content.length
            + " bytes; make it a multiple of " + BLOCK);
      }
      partitions.put(partition.getKey(), content);
    }
    if (partitions.isEmpty()) {
      throw new IOException("cannot read " + file + ": a release has no 'partitions'");
    }
    return partitions;
  }
}
