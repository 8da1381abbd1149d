package dev.plugpull.faultinjection.explore;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Boots one state twice and compares what happened, event by event. A model that is not deterministic is not believed.
 *
 * @param <S> the state between two boots
 */
final class Reconciliation<S> {
  private final UpdatingDevice<S> device;

  Reconciliation(UpdatingDevice<S> device) {
    this.device = device;
  }

  /** How two boots of a state differ; null if they do not. */
  String compare(S state) {
    List<String> first = record(state);
    List<String> second = record(state);
    int both = Math.min(first.size(), second.size());
    for (int i = 0; i < both; i++) {
      if (!first.get(i).equals(second.get(i))) {
        return "two boots of one state differ at event " + (i + 1) + ": " + first.get(i) + ", then " + second.get(i);
      }
    }
    return first.size() == second.size()
        ? null
        : "two boots of one state differ: " + first.size() + " events, then " + second.size();
  }

  private List<String> record(S state) {
    Recorder<S> recorder = new Recorder<>();
    BootEnd<S> end = device.boot(state, recorder);
    recorder.events.add(switch (end) {
      case BootEnd.Restart<S> restart -> "restarts: " + restart.why() + " #" + device.key(restart.next());
      case BootEnd.Settled<S> settled -> "settles #" + device.key(settled.state());
      case BootEnd.Stuck<S> stuck -> "is stuck: " + stuck.why() + " #" + device.key(stuck.state());
    });
    return recorder.events;
  }

  private static final class Recorder<S> implements BootListener<S> {
    private final List<String> events = new ArrayList<>();

    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      StringBuilder event = new StringBuilder(point).append(" beside #").append(rest.hash());
      for (LiveVolume volume : volumes) {
        PendingWindow window = volume.pending();
        event.append(" #").append(window.base().hash()).append(" pending");
        for (int i = 0; i < window.size(); i++) {
          event.append(' ').append(window.label(i)).append(window.issued(i) ? " (accepted);" : ";");
        }
      }
      events.add(event.toString());
      return Interruption.NONE;
    }

    @Override
    public void violation(String property, String why) {
      events.add(property + " violated: " + why);
    }
  }
}
