package dev.plugpull.scenarios.family;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Durability points that a device reaches when nothing strikes it. */
public final class Points {
  private static final int MOST_BOOTS = 60;

  private Points() {}

  private static final class Names<S> extends Deaf<S> {
    private final Set<String> names = new TreeSet<>();

    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      names.add(point);
      return Interruption.NONE;
    }
  }

  /** In every boot of every history without faults: with each event at rest, and with the next update. */
  public static <S> Set<String> reached(UpdatingDevice<S> device) {
    return from(device, device.start());
  }

  /** In the boots that follow an event at rest. */
  public static <S> Set<String> after(UpdatingDevice<S> device, String event) {
    S state = device.start();
    for (int i = 0; i < MOST_BOOTS; i++) {
      switch (device.boot(state, new Deaf<>())) {
        case BootEnd.Restart<S> restart -> state = restart.next();
        case BootEnd.Settled<S> settled -> {
          S rest = settled.state();
          S told = device.eventsAtRest(rest).stream().filter(it -> it.name().equals(event)).findFirst()
              .map(UpdatingDevice.Event::result).orElse(null);
          if (told != null) {
            Names<S> names = new Names<>();
            device.boot(told, names);
            return names.names;
          }
          state = rest;
        }
        case BootEnd.Stuck<S> stuck -> throw new AssertionError("stuck: " + stuck.why());
      }
    }
    throw new AssertionError("the event never happens: " + event);
  }

  private static <S> Set<String> from(UpdatingDevice<S> device, S start) {
    Names<S> names = new Names<>();
    Deque<S> waiting = new ArrayDeque<>(List.of(start));
    Set<Object> seen = new HashSet<>();
    for (int boots = 0; !waiting.isEmpty() && boots < MOST_BOOTS; boots++) {
      S state = waiting.poll();
      if (!seen.add(device.key(state))) {
        continue;
      }
      switch (device.boot(state, names)) {
        case BootEnd.Restart<S> restart -> waiting.add(restart.next());
        case BootEnd.Settled<S> settled -> {
          waiting.add(settled.state());
          device.eventsAtRest(settled.state()).forEach(event -> waiting.add(event.result()));
          device.nextUpdate(settled.state()).ifPresent(waiting::add);
        }
        case BootEnd.Stuck<S> stuck -> {
          // ends here
        }
      }
    }
    return names.names;
  }
}
