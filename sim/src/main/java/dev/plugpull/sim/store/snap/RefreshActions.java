package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.snap.RefreshChoice.Asked;
import dev.plugpull.sim.store.snap.RefreshChoice.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The actions of one refresh request, judged one by one. Whatever is missing in untrusted JSON reads as absent. */
final class RefreshActions {

  /** What becomes of an action. */
  sealed interface Result {
    String instanceKey();

    record Offered(String instanceKey, String action, Snap snap, Chosen chosen, int installed) implements Result {}

    record Failed(String instanceKey, String snapId, String name, String code, String message) implements Result {}

    record Assertions(String instanceKey, String key, List<String> paths) implements Result {}
  }

  private final SnapStore store;
  private final RefreshChoice choice;
  private final JsonNode body;

  RefreshActions(SnapStore store, RefreshChoice choice, JsonNode body) {
    this.store = store;
    this.choice = choice;
    this.body = body;
  }

  /** Empty: there is nothing new, so the answer does not mention it. */
  Optional<Result> result(JsonNode action) {
    String kind = action.path("action").asString("");
    String key = action.path("instance-key").asString("");
    if (kind.equals("fetch-assertions")) {
      return Optional.of(assertions(action, key));
    }
    String id = action.path("snap-id").asString("");
    String name = action.path("name").asString("");
    Optional<Snap> snap = kind.equals("refresh") ? store.byId(id) : store.byName(name);
    if (snap.isEmpty() || snap.get().revoked()) {
      String code = kind.equals("refresh") ? "id-not-found" : "name-not-found";
      return Optional.of(new Result.Failed(key, id, name, code, "no such snap"));
    }
    JsonNode installed = kind.equals("refresh") ? context(key) : body.path("absent");
    Asked asked = asked(action, installed);
    Optional<Chosen> chosen = choice.choose(snap.get(), asked);
    if (chosen.isEmpty()) {
      return Optional.of(new Result.Failed(key, snap.get().id(), snap.get().name(), "revision-not-found",
          "no revision on " + asked.channel()));
    }
    boolean nothingNew = kind.equals("refresh") && chosen.get().revision().number() == asked.revision();
    return nothingNew ? Optional.empty()
        : Optional.of(new Result.Offered(key, kind, snap.get(), chosen.get(), asked.revision()));
  }

  private JsonNode context(String instanceKey) {
    for (JsonNode one : body.path("context")) {
      if (one.path("instance-key").asString("").equals(instanceKey)) {
        return one;
      }
    }
    return body.path("absent");
  }

  private static Asked asked(JsonNode action, JsonNode installed) {
    String channel = action.path("channel").asString(installed.path("tracking-channel").asString("latest/stable"));
    String cohort = action.path("cohort-key").asString(installed.path("cohort-key").asString(""));
    int pinned = action.path("revision").asInt(0);
    List<String> sets = new ArrayList<>();
    for (JsonNode set : action.has("validation-sets") ? action.path("validation-sets")
        : installed.path("validation-sets")) {
      // A list of key parts: series, account, name.
      sets.add(set.path(1).asString("") + "/" + set.path(2).asString(""));
    }
    List<String> held = new ArrayList<>();
    installed.path("held").path("by").forEach(by -> held.add(by.asString("")));
    return new Asked(installed.path("revision").asInt(0), Channel.read(channel).orElse(
        new Channel("latest", Channel.Risk.STABLE, "")), epoch(installed.path("epoch")),
        Optional.of(cohort).filter(text -> !text.isEmpty()), Optional.of(pinned).filter(number -> number > 0), sets,
        held, action.path("ignore-validation").asBoolean(false));
  }

  private static Epoch epoch(JsonNode node) {
    try {
      return node.path("read").isArray() ? new Epoch(numbers(node.path("read")), numbers(node.path("write")))
          : Epoch.ZERO;
    } catch (IllegalArgumentException e) {
      return Epoch.ZERO;
    }
  }

  private static List<Integer> numbers(JsonNode list) {
    List<Integer> numbers = new ArrayList<>();
    list.forEach(number -> numbers.add(number.asInt(-1)));
    return numbers;
  }

  private Result assertions(JsonNode action, String instanceKey) {
    List<String> paths = new ArrayList<>();
    for (JsonNode wanted : action.path("assertions")) {
      String type = wanted.path("type").asString("");
      JsonNode parts = wanted.has("primary-key") ? wanted.path("primary-key") : wanted.path("sequence-key");
      List<String> key = new ArrayList<>();
      parts.forEach(part -> key.add(part.asString("")));
      if (wanted.has("sequence-key")) {
        key.add(store.validationSet(key.size() == 3 ? key.get(1) + "/" + key.get(2) : "", Optional.empty())
            .map(set -> Integer.toString(set.sequence())).orElse("0"));
      }
      int newerThan = wanted.path("if-newer-than").asInt(-1);
      if (store.assertion(type, key).filter(found -> found.revision() > newerThan).isPresent()) {
        paths.add("/v2/assertions/" + type + "/" + String.join("/", key));
      }
    }
    return new Result.Assertions(instanceKey, action.path("key").asString(""), paths);
  }
}
