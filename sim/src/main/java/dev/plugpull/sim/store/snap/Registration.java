package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.AssertionStream;
import dev.plugpull.sim.store.assertion.ChainVerifier;
import dev.plugpull.sim.store.assertion.KeyRing;
import dev.plugpull.sim.store.assertion.Verdict;
import dev.plugpull.sim.store.assertion.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a device gets its serial: it asks for the id of a request, signs a serial-request with its own new key, and is
 * given the serial that its brand signed. One key gets one serial, however often it asks.
 */
final class Registration {

  private static final String BELOW = "/api/v1/snaps/auth/";
  private static final String REQUEST = "request-";

  private final SnapStore store;

  Registration(SnapStore store) {
    this.store = store;
  }

  /** Whether the path is one of a registration; {@code serial} is what devices call {@code devices} elsewhere. */
  static boolean serves(String path) {
    return path.startsWith(BELOW)
        && List.of("request-id", "devices", "serial").contains(path.substring(BELOW.length()));
  }

  StoreAnswer answer(StoreRequest request, String path) {
    if (path.endsWith("request-id")) {
      ObjectNode node = SnapApi.JSON.createObjectNode();
      node.put("request-id", REQUEST + store.devices().ask());
      return StoreAnswer.of(200, StoreAnswer.JSON, SnapApi.JSON.writeValueAsBytes(node));
    }
    try {
      Assertion asked = AssertionStream.decode(request.body()).assertions().getFirst();
      return StoreAnswer.of(200, SnapApi.ASSERTION, serial(asked).encoded());
    } catch (AssertionException e) {
      ObjectNode node = SnapApi.JSON.createObjectNode();
      node.put("message", e.getMessage());
      return StoreAnswer.of(400, StoreAnswer.JSON, SnapApi.JSON.writeValueAsBytes(node));
    }
  }

  private Assertion serial(Assertion asked) throws AssertionException {
    if (!asked.typeName().equals("serial-request")) {
      throw refused("a stream that begins with a serial-request is needed");
    }
    Verdict verdict = new ChainVerifier(new KeyRing(), Optional.empty()).verify(asked);
    if (verdict.verifies() != Verdict.Verifies.YES) {
      throw refused(verdict.why());
    }
    String brand = asked.required("brand-id");
    String model = asked.required("model");
    if (store.assertion("model", List.of(SnapStore.SERIES, brand, model)).isEmpty()) {
      throw refused("the store knows no model " + brand + "/" + model);
    }
    String id = asked.required("request-id");
    if (!id.matches(REQUEST + "[1-9][0-9]{0,8}")
        || Integer.parseInt(id.substring(REQUEST.length())) > store.devices().asked()) {
      throw refused("the store gave no such request-id");
    }
    VerificationKey key = VerificationKey.decode(asked.required("device-key").getBytes(StandardCharsets.UTF_8));
    String proposed = asked.text("serial").filter(text -> !text.isEmpty()).orElse("");
    String serial = store.devices().register(brand, model, proposed, key)
        .orElseThrow(() -> refused("another device has this serial, or it has a '/'"));
    return store.assertion("serial", List.of(brand, model, serial)).orElseThrow();
  }

  private static AssertionException refused(String why) {
    return new AssertionException("cannot register the device: " + why);
  }
}
