package dev.plugpull.sim.store.snap;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A snap and its releases. Immutable.
 *
 * @param type as the store words it, such as {@code app} or {@code kernel}
 * @param declaration revision of its declaration
 * @param revoked whether its name was taken away
 * @param releases what each channel offers; a closed channel has none
 */
public record Snap(
    String id, String name, String publisher, String type, int declaration, boolean revoked,
    SortedMap<Integer, SnapRevision> revisions, SortedMap<Channel, Release> releases) {

  /**
   * What a channel offers.
   *
   * @param history revisions released there, the newest first; the older ones are for devices outside a phase and for
   *     data that the newest cannot read
   * @param percentage of devices that see the newest on a scheduled refresh
   */
  public record Release(List<Integer> history, double percentage) {
    public Release {
      history = List.copyOf(history);
    }

    public int newest() {
      return history.getFirst();
    }
  }

  public Snap {
    revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
    releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
  }

  public static Snap of(String id, String name, String publisher, String type) {
    return new Snap(id, name, publisher, type, 0, false, new TreeMap<>(), new TreeMap<>());
  }

  Snap with(SnapRevision revision) {
    TreeMap<Integer, SnapRevision> more = new TreeMap<>(revisions);
    more.put(revision.number(), revision);
    return new Snap(id, name, publisher, type, declaration, revoked, more, releases);
  }

  Snap released(Channel channel, int revision, double percentage) {
    TreeMap<Channel, Release> more = new TreeMap<>(releases);
    Release before = more.get(channel);
    Stream<Integer> older = before == null ? Stream.of() : before.history().stream().filter(r -> r != revision);
    more.put(channel, new Release(Stream.concat(Stream.of(revision), older).toList(), percentage));
    return new Snap(id, name, publisher, type, declaration, revoked, revisions, more);
  }

  Snap closed(Channel channel) {
    TreeMap<Channel, Release> fewer = new TreeMap<>(releases);
    fewer.remove(channel);
    return new Snap(id, name, publisher, type, declaration, revoked, revisions, fewer);
  }

  Snap revokedByStore() {
    return new Snap(id, name, publisher, type, declaration + 1, true, revisions, releases);
  }
}
