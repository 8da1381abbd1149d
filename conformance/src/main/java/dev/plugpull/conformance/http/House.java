package dev.plugpull.conformance.http;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The connections that are open, those that wait for a request in the order in which they began to. */
final class House {

  private final int most;
  private final Set<Channel> waiting = new LinkedHashSet<>();
  private final Set<Channel> busy = new LinkedHashSet<>();
  private long sentAway;

  House(int most) {
    this.most = most;
  }

  /** Lets a connection in; in a full house somebody goes: who waits longest, or the new one if all are busy. */
  synchronized void enter(Channel channel) {
    if (waiting.size() + busy.size() >= most) {
      sentAway++;
      Iterator<Channel> longest = waiting.iterator();
      if (!longest.hasNext()) {
        channel.close();
        return;
      }
      Channel gone = longest.next();
      longest.remove();
      gone.close();
    }
    waiting.add(channel);
  }

  synchronized void asks(Channel channel) {
    if (waiting.remove(channel)) {
      busy.add(channel);
    }
  }

  synchronized void waits(Channel channel) {
    if (busy.remove(channel)) {
      waiting.add(channel);
    }
  }

  synchronized void leave(Channel channel) {
    waiting.remove(channel);
    busy.remove(channel);
  }

  /** How many were sent away because the house was full. */
  synchronized long sentAway() {
    return sentAway;
  }

  synchronized int open() {
    return waiting.size() + busy.size();
  }
}
