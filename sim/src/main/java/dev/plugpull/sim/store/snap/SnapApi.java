package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.assertion.Assertion;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The store as snapd talks to it (spec ubuntu-core 2.2, 2.6): refreshes, serials, assertions and downloads. */
public final class SnapApi implements StoreFace {

  static final JsonMapper JSON = JsonMapper.builder().build();
  static final String ASSERTION = "application/x.ubuntu.assertion";
  private static final Pattern BLOB = Pattern.compile("/download/([A-Za-z0-9]+)_([1-9][0-9]{0,8})\\.snap");
  private static final Pattern DELTA =
      Pattern.compile("/download/([A-Za-z0-9]+)_([1-9][0-9]{0,8})_([1-9][0-9]{0,8})\\.xdelta3");
  private static final int MAX_ACTIONS = 1000;

  private final SnapStore store;
  private final String base;

  /**
   * A face.
   *
   * @param base what download addresses begin with, such as {@code http://localhost:8080}; empty for what the client
   *     calls this store
   */
  public SnapApi(SnapStore store, String base) {
    this.store = store;
    this.base = base;
  }

  @Override
  public StoreAnswer answer(StoreRequest request) {
    String path = request.path().orElse("");
    if (path.equals("/v2/snaps/refresh")) {
      return request.method().equals("POST") ? refresh(request)
          : StoreAnswer.error(405, "method-not-allowed", "only POST");
    }
    if (Registration.serves(path)) {
      return request.method().equals("POST") ? new Registration(store).answer(request, path)
          : StoreAnswer.error(405, "method-not-allowed", "only POST");
    }
    if (path.equals("/api/v1/snaps/auth/nonces") || path.equals("/api/v1/snaps/auth/sessions")) {
      return session(path);
    }
    if (!request.reads()) {
      return StoreAnswer.error(405, "method-not-allowed", "only GET and HEAD");
    }
    if (path.startsWith("/v2/assertions/")) {
      return assertion(path.substring("/v2/assertions/".length()));
    }
    if (path.startsWith("/v2/snaps/info/")) {
      return info(path.substring("/v2/snaps/info/".length()), request.base(base));
    }
    if (path.startsWith("/assertion-stream/")) {
      return stream(path.substring("/assertion-stream/".length()));
    }
    return download(path, request);
  }

  /** A device session: anybody may have one, since what is served is signed and not secret. */
  private static StoreAnswer session(String path) {
    ObjectNode node = JSON.createObjectNode();
    node.put(path.endsWith("nonces") ? "nonce" : "macaroon", "everybody");
    return json(node);
  }

  private StoreAnswer assertion(String below) {
    String[] parts = below.split("/", -1);
    Optional<Assertion> found =
        store.assertion(parts[0], Arrays.asList(parts).subList(1, parts.length));
    return found.map(assertion -> StoreAnswer.of(200, ASSERTION, assertion.encoded()))
        .orElseGet(() -> StoreAnswer.error(404, "not-found", "no such assertion"));
  }

  /** All that vouches for a revision in one stream: {@code SNAPID_REVISION}. */
  private StoreAnswer stream(String name) {
    Matcher matcher = Pattern.compile("([A-Za-z0-9]+)_([1-9][0-9]{0,8})").matcher(name);
    if (!matcher.matches() || store.byId(matcher.group(1)).isEmpty()) {
      return StoreAnswer.error(404, "not-found", "no such revision");
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (Assertion assertion : store.streamFor(matcher.group(1), Integer.parseInt(matcher.group(2)))) {
      if (out.size() > 0) {
        out.write('\n');
      }
      out.writeBytes(assertion.encoded());
    }
    return StoreAnswer.of(200, ASSERTION, out.toByteArray());
  }

  private StoreAnswer download(String path, StoreRequest request) {
    Matcher blob = BLOB.matcher(path);
    Matcher delta = DELTA.matcher(path);
    Optional<byte[]> found = Optional.empty();
    if (blob.matches()) {
      found = revision(blob.group(1), blob.group(2)).map(SnapRevision::blob);
    } else if (delta.matches()) {
      found = revision(delta.group(1), delta.group(3))
          .flatMap(revision -> Optional.ofNullable(revision.deltas().get(Integer.parseInt(delta.group(2)))));
    }
    return found.map(bytes -> StoreAnswer.of(200, StoreAnswer.BYTES, bytes).asFile(request))
        .orElseGet(() -> StoreAnswer.error(404, "resource-not-found", "nothing here"));
  }

  private Optional<SnapRevision> revision(String id, String number) {
    return store.byId(id).flatMap(snap -> Optional.ofNullable(snap.revisions().get(Integer.parseInt(number))));
  }

  private StoreAnswer info(String name, String from) {
    Optional<Snap> snap = store.byName(name).filter(known -> !known.revoked());
    if (snap.isEmpty()) {
      return StoreAnswer.error(404, "resource-not-found", "no snap with that name");
    }
    ObjectNode root = JSON.createObjectNode();
    root.put("name", name);
    root.put("snap-id", snap.get().id());
    root.set("snap", about(snap.get()));
    ArrayNode map = root.putArray("channel-map");
    for (Map.Entry<Channel, Snap.Release> release : snap.get().releases().entrySet()) {
      ObjectNode one = map.addObject();
      ObjectNode channel = one.putObject("channel");
      channel.put("architecture", "amd64");
      channel.put("name", release.getKey().toString());
      channel.put("risk", release.getKey().risk().word());
      channel.put("track", release.getKey().track());
      channel.put("released-at", StoreKeys.BEGIN.toString());
      describe(one, snap.get(), snap.get().revisions().get(release.getValue().newest()), 0, from);
    }
    return json(root);
  }

  private static ObjectNode about(Snap snap) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", snap.name());
    node.put("snap-id", snap.id());
    node.put("title", snap.name());
    node.putObject("publisher").put("id", snap.publisher()).put("username", snap.publisher())
        .put("display-name", snap.publisher());
    return node;
  }

  private void describe(ObjectNode node, Snap snap, SnapRevision revision, int from, String home) {
    node.put("revision", revision.number());
    node.put("version", revision.version());
    node.put("type", snap.type());
    node.put("confinement", "strict");
    node.putArray("architectures").add("all");
    ObjectNode epoch = node.putObject("epoch");
    revision.epoch().read().forEach(epoch.putArray("read")::add);
    revision.epoch().write().forEach(epoch.putArray("write")::add);
    ObjectNode download = node.putObject("download");
    String address = home + "/download/" + snap.id() + "_";
    download.put("sha3-384", revision.hexDigest());
    download.put("size", revision.blob().length);
    download.put("url", address + revision.number() + ".snap");
    ArrayNode deltas = download.putArray("deltas");
    byte[] delta = revision.deltas().get(from);
    if (delta != null) {
      SnapRevision file = SnapRevision.of(revision.number(), delta);
      deltas.addObject().put("format", "xdelta3").put("source", from).put("target", revision.number())
          .put("sha3-384", file.hexDigest()).put("size", delta.length)
          .put("url", address + from + "_" + revision.number() + ".xdelta3");
    }
  }

  private StoreAnswer refresh(StoreRequest request) {
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (JacksonException e) {
      return StoreAnswer.error(400, "bad-request", "no JSON");
    }
    if (!body.path("actions").isArray() || body.path("actions").size() > MAX_ACTIONS) {
      return StoreAnswer.error(400, "bad-request", "no list of actions, or more than " + MAX_ACTIONS);
    }
    boolean scheduled = request.header("snap-refresh-reason").filter("scheduled"::equals).isPresent();
    boolean deltas = request.header("snap-accept-delta-format").filter(formats -> formats.contains("xdelta3"))
        .isPresent();
    String device = request.header("snap-device-authorization").or(() -> request.header("snap-device"))
        .orElse("nobody");
    RefreshActions actions = new RefreshActions(store, new RefreshChoice(store, device, scheduled), body);
    ObjectNode root = JSON.createObjectNode();
    ArrayNode results = root.putArray("results");
    for (JsonNode action : body.path("actions")) {
      actions.result(action).ifPresent(result -> write(result, deltas, results, request.base(base)));
    }
    return json(root);
  }

  private void write(RefreshActions.Result result, boolean deltas, ArrayNode results, String home) {
    ObjectNode node = results.addObject();
    node.put("instance-key", result.instanceKey());
    switch (result) {
      case RefreshActions.Result.Failed failed -> {
        node.put("result", "error");
        node.put("snap-id", failed.snapId());
        node.put("name", failed.name());
        node.putObject("error").put("code", failed.code()).put("message", failed.message());
      }
      case RefreshActions.Result.Offered offered -> {
        node.put("result", offered.action());
        node.put("snap-id", offered.snap().id());
        node.put("name", offered.snap().name());
        node.put("effective-channel", offered.chosen().channel().toString());
        ObjectNode snap = about(offered.snap());
        describe(snap, offered.snap(), offered.chosen().revision(), deltas ? offered.installed() : 0, home);
        node.set("snap", snap);
      }
      case RefreshActions.Result.Assertions assertions -> {
        node.put("result", "fetch-assertions");
        node.put("key", assertions.key());
        ArrayNode urls = node.putArray("assertion-stream-urls");
        assertions.paths().forEach(path -> urls.add(home + path));
      }
    }
  }

  private static StoreAnswer json(JsonNode node) {
    return StoreAnswer.of(200, StoreAnswer.JSON, JSON.writeValueAsBytes(node)).with("snap-store-version", "55");
  }
}
