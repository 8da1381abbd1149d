package dev.plugpull.sim.store.hostile;

import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.hostile.StoreFault.InTheAnswer;
import dev.plugpull.sim.store.hostile.StoreFault.InTheWorld;
import dev.plugpull.sim.store.hostile.StoreFault.OnTheWire;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A store with somebody in between. */
public final class HostileStore {

  private static final String PORTAL =
      "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Please log in first.</body></html>\n";
  private static final int LARGEST_HEAD = 64;

  /**
   * What somebody in between knows.
   *
   * @param frozen the store when the device was last up to date
   * @param rolledBack the store before that
   * @param mixed turns a request into one for something else
   * @param world changes what the store itself knows, for good
   */
  public record Knowledge(StoreFace frozen, StoreFace rolledBack, UnaryOperator<StoreRequest> mixed,
      Consumer<InTheWorld> world) {

    /** Somebody who cannot change the store. */
    public Knowledge(StoreFace frozen, StoreFace rolledBack, UnaryOperator<StoreRequest> mixed) {
      this(frozen, rolledBack, mixed, fault -> { });
    }
  }

  private final StoreFace store;
  private final Knowledge knowledge;
  private final Set<String> happened = new TreeSet<>();

  public HostileStore(StoreFace store, Knowledge knowledge) {
    this.store = store;
    this.knowledge = knowledge;
  }

  /** Changes the store itself, once for each kind of fault; what is answered from here on shows it. */
  public void bringAbout(InTheWorld fault) {
    if (happened.add(fault.word())) {
      knowledge.world().accept(fault);
    }
  }

  /** The answer under at most one fault. A fault in the world is {@link #bringAbout}'s: nothing changes here. */
  public Transmission answer(StoreRequest request, Optional<StoreFault> fault) {
    if (fault.isEmpty()) {
      return Transmission.of(store.answer(request), Optional.empty());
    }
    return switch (fault.get()) {
      case OnTheWire wire -> Transmission.of(store.answer(request), Optional.of(wire));
      case InTheAnswer lie -> Transmission.of(lie(request, lie), Optional.empty());
      case InTheWorld ignored -> Transmission.of(store.answer(request), Optional.empty());
    };
  }

  private StoreAnswer lie(StoreRequest request, InTheAnswer fault) {
    return switch (fault) {
      case StoreFault.CaptivePortal() -> StoreAnswer.of(200, "text/html; charset=utf-8", PORTAL);
      case StoreFault.Refused(int status, Duration after) -> refused(status, after);
      case StoreFault.ContentSwapped() -> swapped(request, store.answer(request));
      case StoreFault.SignatureBroken() -> broken(request, store.answer(request));
      case StoreFault.Frozen() -> knowledge.frozen().answer(request);
      case StoreFault.RolledBack() -> knowledge.rolledBack().answer(request);
      case StoreFault.MixedUp() -> store.answer(knowledge.mixed().apply(request));
    };
  }

  private static StoreAnswer refused(int status, Duration after) {
    StoreAnswer answer = StoreAnswer.error(status, "try-later", "try again later");
    return after.isZero() ? answer : answer.with("retry-after", Long.toString(after.toSeconds()));
  }

  /** Payload bytes are replaced by others; what is signed stays. */
  private static StoreAnswer swapped(StoreRequest request, StoreAnswer answer) {
    if (answer.status() >= 300 || signed(request, answer) || answer.header("content-type").filter(
        StoreAnswer.JSON::equals).isPresent()) {
      return answer;
    }
    byte[] other = answer.body().clone();
    for (int i = 0; i < other.length; i++) {
      other[i] = (byte) ~other[i];
    }
    return answer.withBody(other);
  }

  /** The signature is changed, whatever it signs stays. */
  private static StoreAnswer broken(StoreRequest request, StoreAnswer answer) {
    if (answer.status() >= 300 || !signed(request, answer) || answer.body().length < LARGEST_HEAD) {
      return answer;
    }
    byte[] changed = answer.body().clone();
    // Assertions end in their signature, in lines of base64; detached signatures are nothing else.
    int at = changed.length - LARGEST_HEAD / 2;
    changed[at] = (byte) (changed[at] == 'A' ? 'B' : 'A');
    return answer.withBody(changed);
  }

  private static boolean signed(StoreRequest request, StoreAnswer answer) {
    boolean assertion = answer.header("content-type").filter("application/x.ubuntu.assertion"::equals).isPresent();
    String path = request.path().orElse("");
    return assertion || path.endsWith(".sig") || path.endsWith(".commitmeta");
  }
}
