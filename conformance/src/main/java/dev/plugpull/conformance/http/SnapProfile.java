package dev.plugpull.conformance.http;

import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.HeaderValue;
import dev.plugpull.sim.store.assertion.SigningKey;
import dev.plugpull.sim.store.assertion.VerificationKey;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.snap.Channel;
import dev.plugpull.sim.store.snap.Epoch;
import dev.plugpull.sim.store.snap.Snap;
import dev.plugpull.sim.store.snap.SnapApi;
import dev.plugpull.sim.store.snap.SnapRevision;
import dev.plugpull.sim.store.snap.SnapStore;
import dev.plugpull.sim.store.snap.StoreKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A snap store in a YAML file: {@code seed}, {@code base} (what download addresses begin with; if not given, what the
 * client calls this store) and a list {@code snaps} with {@code id}, {@code name}, {@code publisher}, {@code type},
 * {@code revisions} (number to file beside the profile, or to {@code file} and {@code epoch}), {@code deltas} (true for
 * one from each revision to the next), {@code releases} (channel to number, or to {@code revision} and {@code
 * percentage} of the devices that see it; a channel that is not listed is closed) and {@code revoked} (numbers that
 * were taken back, or true for the whole snap). Beside them {@code cohorts} (key to snap-ids and numbers) and {@code
 * validation-sets} with {@code account}, {@code name}, {@code sequence} and {@code snaps} (snap-id to number, 0 for
 * any), {@code models} with {@code brand}, {@code model} and what else the brand says of it, {@code serials} with
 * {@code brand}, {@code model}, {@code serial} and {@code key} (a file with the device's private key), and {@code
 * stores} with {@code store}, {@code operator} and what else is said of it.
 */
public final class SnapProfile {

  /** When the key that signs is past its time, if that is asked for. */
  private static final Instant KEY_END = StoreKeys.BEGIN.plus(Duration.ofDays(60));

  private final SnapStore store;
  private final String base;

  private SnapProfile(SnapStore store, String base) {
    this.store = store;
    this.base = base;
  }

  /**
   * Reads a profile.
   *
   * @throws IOException if it is none; the message says what is wrong where
   */
  public static SnapProfile read(Path file) throws IOException {
    JsonNode root;
    try {
      root = YAMLMapper.builder().build().readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new IOException("cannot read " + file + ": no YAML: " + e.getOriginalMessage(), e);
    }
    try {
      return new SnapProfile(store(root, file), root.path("base").asString(""));
    } catch (IllegalArgumentException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static SnapStore store(JsonNode root, Path file) throws IOException {
    SnapStore store = new SnapStore(new StoreKeys(root.path("seed").asLong(1)));
    for (JsonNode snap : root.path("snaps")) {
      add(store, snap, file);
    }
    if (store.snaps().isEmpty()) {
      throw new IOException("cannot read " + file + ": it has no snaps; write a list 'snaps'");
    }
    for (var cohort : root.path("cohorts").properties()) {
      store.cohort(cohort.getKey(), pinned(store, cohort.getValue(), file));
    }
    for (JsonNode set : root.path("validation-sets")) {
      String account = text(set, "account", file);
      store.account(account, account).validationSet(new SnapStore.ValidationSet(account, text(set, "name", file),
          number(set.path("sequence").asString("1"), file), pinned(store, set.path("snaps"), file)));
    }
    for (JsonNode model : root.path("models")) {
      String brand = text(model, "brand", file);
      store.account(brand, brand).model(brand, text(model, "model", file), without(model, "brand", "model"));
    }
    for (JsonNode device : root.path("serials")) {
      store.device(text(device, "brand", file), text(device, "model", file), text(device, "serial", file),
          deviceKey(file.resolveSibling(device.path("key").asString(""))));
    }
    for (JsonNode one : root.path("stores")) {
      String operator = text(one, "operator", file);
      store.account(operator, operator).store(text(one, "store", file), operator, without(one, "store", "operator"));
    }
    return store;
  }

  private static VerificationKey deviceKey(Path file) throws IOException {
    try {
      return SigningKey.fromPem(Files.readString(file, StandardCharsets.ISO_8859_1)).publicKey();
    } catch (AssertionException | IOException e) {
      throw new IOException("cannot read " + file
          + ": no device key; 'plugpull assertion key generate --out' makes one", e);
    }
  }

  /** What an entry says beside its names. */
  private static SortedMap<String, HeaderValue> without(JsonNode node, String... names) {
    SortedMap<String, HeaderValue> headers = new TreeMap<>(entries(node));
    headers.keySet().removeAll(Set.of(names));
    return headers;
  }

  /** A header as a list, a map or a text, as the file has it. */
  private static HeaderValue header(JsonNode node) {
    return node.isArray() ? new HeaderValue.Items(node.values().stream().map(SnapProfile::header).toList())
        : node.isObject() ? new HeaderValue.Entries(entries(node)) : HeaderValue.of(node.asString(""));
  }

  private static SortedMap<String, HeaderValue> entries(JsonNode node) {
    SortedMap<String, HeaderValue> entries = new TreeMap<>();
    node.properties().forEach(entry -> entries.put(entry.getKey(), header(entry.getValue())));
    return entries;
  }

  /** Snap-ids that the store has, with a number each. */
  private static SortedMap<String, Integer> pinned(SnapStore store, JsonNode node, Path file) throws IOException {
    SortedMap<String, Integer> pinned = new TreeMap<>();
    for (var one : node.properties()) {
      if (store.snaps().stream().noneMatch(snap -> snap.id().equals(one.getKey()))) {
        throw new IOException("cannot read " + file + ": no snap has the id '" + one.getKey() + "'");
      }
      pinned.put(one.getKey(), one.getValue().asInt(0));
    }
    return pinned;
  }

  private static void add(SnapStore store, JsonNode snap, Path file) throws IOException {
    String id = text(snap, "id", file);
    String publisher = text(snap, "publisher", file);
    store.account(publisher, publisher)
        .snap(Snap.of(id, text(snap, "name", file), publisher, snap.path("type").asString("app")));
    SnapRevision before = null;
    for (SnapRevision revision : revisions(snap, file)) {
      boolean delta = before != null && snap.path("deltas").asBoolean(false);
      store.upload(id, delta ? revision.withDelta(before) : revision);
      before = revision;
    }
    for (var release : snap.path("releases").properties()) {
      Channel channel = Channel.read(release.getKey()).orElseThrow(
          () -> new IOException("cannot read " + file + ": '" + release.getKey() + "' is no channel"));
      JsonNode what = release.getValue();
      store.release(id, channel, what.path("revision").asInt(what.asInt(0)), what.path("percentage").asDouble(100));
    }
    for (JsonNode number : snap.path("revoked")) {
      store.approve(id, number(number.asString(""), file), true);
    }
    if (snap.path("revoked").asBoolean(false)) {
      store.revokeSnap(id);
    }
  }

  /** By ascending number. */
  private static List<SnapRevision> revisions(JsonNode snap, Path file) throws IOException {
    List<SnapRevision> revisions = new ArrayList<>();
    for (var revision : snap.path("revisions").properties()) {
      JsonNode what = revision.getValue();
      Path blob = file.resolveSibling(what.path("file").asString(what.asString("")));
      String epoch = what.path("epoch").asString("0");
      revisions.add(SnapRevision.of(number(revision.getKey(), file), Files.readAllBytes(blob)).withEpoch(
          Epoch.read(epoch).orElseThrow(
              () -> new IOException("cannot read " + file + ": '" + epoch + "' is no epoch; write one like 1 or 1*"))));
    }
    revisions.sort(Comparator.comparingInt(SnapRevision::number));
    return revisions;
  }

  private static String text(JsonNode snap, String key, Path file) throws IOException {
    String value = snap.path(key).asString("");
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
      throw new IOException("cannot read " + file + ": an entry has no proper '" + key
          + "'; write letters, digits and dashes");
    }
    return value;
  }

  private static int number(String text, Path file) throws IOException {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IOException("cannot read " + file + ": '" + text + "' is no revision");
    }
    return Integer.parseInt(text);
  }

  /** The store as snapd talks to it. */
  public StoreFace face() {
    return new SnapApi(store, base);
  }

  /**
   * The store with somebody in between.
   *
   * @param older what it answered when the device was last up to date
   */
  public HostileStore hostile(StoreFace older) {
    return new HostileStore(face(), new HostileStore.Knowledge(older, older, this::mixed,
        fault -> store.suffer(fault, KEY_END)));
  }

  /** Whether there is anything that one snap can be mixed up with. */
  public boolean mixes() {
    return store.snaps().size() > 1;
  }

  private StoreRequest mixed(StoreRequest request) {
    return request.about(store.snaps().getFirst().id(), store.snaps().getLast().id());
  }
}
