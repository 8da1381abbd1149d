package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.HeaderValue;
import dev.plugpull.sim.store.assertion.VerificationKey;
import dev.plugpull.sim.store.hostile.StoreFault.InTheWorld;
import dev.plugpull.sim.store.hostile.StoreFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything that a snap store knows. Mutable; {@link #copy} keeps what it was. Not for several threads. */
public final class SnapStore {

  static final String SERIES = "16";

  /** A snap-id and a revision that was approved or taken back, by revision. */
  private record Approval(boolean revoked, int revision) {}

  private final StoreKeys keys;
  private final TreeMap<String, String> accounts = new TreeMap<>();
  private final TreeMap<String, Snap> snaps = new TreeMap<>();
  private final TreeMap<String, Approval> approvals = new TreeMap<>();
  private final TreeMap<String, SortedMap<String, Integer>> cohorts = new TreeMap<>();
  private final TreeMap<String, List<ValidationSet>> validationSets = new TreeMap<>();
  /** By {@code BRAND/MODEL}: headers. */
  private final TreeMap<String, SortedMap<String, HeaderValue>> models = new TreeMap<>();
  /** By name: headers. */
  private final TreeMap<String, SortedMap<String, HeaderValue>> stores = new TreeMap<>();
  private final Devices devices;

  /**
   * One member of a sequence of validation sets.
   *
   * @param pinned snap-id to the revision it must have; 0 for any
   */
  public record ValidationSet(String account, String name, int sequence, SortedMap<String, Integer> pinned) {
    /** {@code ACCOUNT/NAME}. */
    public String key() {
      return account + "/" + name;
    }
  }

  public SnapStore(StoreKeys keys) {
    this(keys, new Devices());
  }

  private SnapStore(StoreKeys keys, Devices devices) {
    this.keys = keys;
    this.devices = devices;
  }

  /** Another store with the same content now; its keys are its own from here on. */
  public SnapStore copy() {
    SnapStore copy = new SnapStore(keys.copy(), devices.copy());
    copy.accounts.putAll(accounts);
    copy.snaps.putAll(snaps);
    copy.approvals.putAll(approvals);
    copy.cohorts.putAll(cohorts);
    copy.validationSets.putAll(validationSets);
    copy.models.putAll(models);
    copy.stores.putAll(stores);
    return copy;
  }

  public StoreKeys keys() {
    return keys;
  }

  Devices devices() {
    return devices;
  }

  // ---- what publishers and the store's people do ----

  public SnapStore account(String id, String displayName) {
    accounts.put(id, displayName);
    keys.register(id);
    return this;
  }

  public SnapStore snap(Snap snap) {
    snaps.put(snap.id(), snap);
    return this;
  }

  public SnapStore upload(String snapId, SnapRevision revision) {
    return snap(known(snapId).with(revision));
  }

  /** Releases a revision to so many per cent of the devices. */
  public SnapStore release(String snapId, Channel channel, int revision, double percentage) {
    if (!known(snapId).revisions().containsKey(revision)) {
      throw new IllegalArgumentException("cannot release revision " + revision + ": it was not uploaded");
    }
    return snap(known(snapId).released(channel, revision, percentage));
  }

  public SnapStore close(String snapId, Channel channel) {
    return snap(known(snapId).closed(channel));
  }

  /** Takes the snap's name away: nobody may install it any more. */
  public SnapStore revokeSnap(String snapId) {
    return snap(known(snapId).revokedByStore());
  }

  /** Approves one revision, or takes the approval back. */
  public SnapStore approve(String snapId, int revision, boolean revoked) {
    approvals.merge(snapId + "/" + revision, new Approval(revoked, 0),
        (before, now) -> new Approval(revoked, before.revision() + 1));
    return this;
  }

  /** Remembers what the channels offer now; devices that show the key get that. */
  public SnapStore cohort(String cohortKey, Channel channel) {
    TreeMap<String, Integer> seen = new TreeMap<>();
    snaps.values().forEach(snap -> offer(snap, channel).ifPresent(
        release -> seen.put(snap.id(), release.newest())));
    return cohort(cohortKey, seen);
  }

  /** Devices that show the key get these revisions, by snap-id. */
  public SnapStore cohort(String cohortKey, SortedMap<String, Integer> revisions) {
    cohorts.put(cohortKey, new TreeMap<>(revisions));
    return this;
  }

  public SnapStore validationSet(ValidationSet set) {
    List<ValidationSet> sequence = new ArrayList<>(validationSets.getOrDefault(set.key(), List.of()));
    sequence.add(set);
    validationSets.put(set.key(), sequence);
    validationSetAssertion(List.of(SERIES, set.account(), set.name(), Integer.toString(set.sequence())));
    return this;
  }

  /**
   * A device's description; its brand, whose account is there, signs it.
   *
   * @throws IllegalArgumentException if a model must not say that, or must say more
   */
  public SnapStore model(String brand, String name, SortedMap<String, HeaderValue> headers) {
    models.put(brand + "/" + name, new TreeMap<>(headers));
    model(brand, name);
    return this;
  }

  /**
   * A store that somebody runs, with what devices must know of it.
   *
   * @throws IllegalArgumentException if a store assertion must not say that
   */
  public SnapStore store(String name, String operator, SortedMap<String, HeaderValue> headers) {
    SortedMap<String, HeaderValue> all = new TreeMap<>(headers);
    all.put("operator-id", HeaderValue.of(operator));
    stores.put(name, all);
    store(name);
    return this;
  }

  /**
   * A device of a model that is there; its brand vouches for its key.
   *
   * @throws IllegalArgumentException if another device has the serial
   */
  public SnapStore device(String brand, String model, String serial, VerificationKey key) {
    if (devices.register(brand, model, serial, key).filter(serial::equals).isEmpty() || serial.isEmpty()) {
      throw new IllegalArgumentException("cannot register device " + serial + " of " + brand + "/" + model
          + ": the serial or the key is another device's; give each its own");
    }
    serial(brand, model, serial);
    return this;
  }

  /**
   * Brings about what can happen to a store's trust. Faults of a device's clock change nothing here.
   *
   * @param end when the key that signs now is past its time, if that is what happens
   */
  public SnapStore suffer(InTheWorld fault, Instant end) {
    switch (fault) {
      case StoreFault.KeyRevoked() -> keys.revoke();
      case StoreFault.KeyRotated() -> keys.rotate();
      case StoreFault.KeyExpired() -> keys.expireAt(end);
      case StoreFault.OfflineForAYear() -> {
        keys.expireAt(end);
        keys.rotate();
      }
      case StoreFault.ContentRevoked() -> snaps().forEach(snap -> snap.releases().values().stream()
          .map(Snap.Release::newest).distinct().forEach(newest -> approve(snap.id(), newest, true)));
      case StoreFault.ClockJumped ignored -> { }
      case StoreFault.ClockLost ignored -> { }
    }
    return this;
  }

  private Snap known(String snapId) {
    Snap snap = snaps.get(snapId);
    if (snap == null) {
      throw new IllegalArgumentException("cannot find snap " + snapId + ": the store has none with that id");
    }
    return snap;
  }

  // ---- what it knows ----

  Optional<Snap> byId(String id) {
    return Optional.ofNullable(snaps.get(id));
  }

  Optional<Snap> byName(String name) {
    return snaps.values().stream().filter(snap -> snap.name().equals(name)).findFirst();
  }

  public List<Snap> snaps() {
    return List.copyOf(snaps.values());
  }

  Optional<Integer> cohortRevision(String cohortKey, String snapId) {
    return Optional.ofNullable(cohorts.getOrDefault(cohortKey, new TreeMap<>()).get(snapId));
  }

  /** The newest member of a sequence of validation sets, or one of them. */
  Optional<ValidationSet> validationSet(String key, Optional<Integer> sequence) {
    List<ValidationSet> all = validationSets.getOrDefault(key, List.of());
    return sequence.isEmpty() ? all.isEmpty() ? Optional.empty() : Optional.of(all.getLast())
        : all.stream().filter(set -> set.sequence() == sequence.get()).findFirst();
  }

  /** What a channel offers: its own release, or that of the first channel it falls back to. */
  static Optional<Snap.Release> offer(Snap snap, Channel channel) {
    return effective(snap, channel).map(found -> snap.releases().get(found));
  }

  static Optional<Channel> effective(Snap snap, Channel channel) {
    return channel.fallbacks().stream().filter(snap.releases()::containsKey).findFirst();
  }

  // ---- what it signs ----

  /** An assertion by its type and primary key; empty if the store has none. */
  public Optional<Assertion> assertion(String type, List<String> key) {
    return switch (type) {
      case "account" -> key.size() == 1 ? account(key.get(0)) : Optional.empty();
      case "account-key" -> accountKey(key);
      case "model" -> key.size() == 3 && key.get(0).equals(SERIES) ? model(key.get(1), key.get(2)) : Optional.empty();
      case "serial" -> key.size() == 3 ? serial(key.get(0), key.get(1), key.get(2)) : Optional.empty();
      case "store" -> key.size() == 1 ? store(key.get(0)) : Optional.empty();
      case "snap-declaration" -> key.size() == 2 && key.get(0).equals(SERIES)
          ? byId(key.get(1)).map(this::declaration) : Optional.empty();
      case "snap-revision" -> key.isEmpty() ? Optional.empty() : revision(key.get(0));
      case "validation" -> key.size() == 4 ? validation(key) : Optional.empty();
      case "validation-set" -> key.size() == 4 ? validationSetAssertion(key) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Assertion> accountKey(List<String> key) {
    Stream<Assertion> all = Stream.of(keys.all().stream(), keys.trusted().stream(),
        keys.accounts().stream().map(keys::accountKey)).flatMap(known -> known);
    return all.filter(known -> known.typeName().equals("account-key") && known.primaryKey().equals(key)).findFirst();
  }

  private Optional<Assertion> account(String id) {
    if (id.equals(StoreKeys.AUTHORITY)) {
      return Optional.of(keys.trusted().getFirst());
    }
    return Optional.ofNullable(accounts.get(id)).map(name -> sign("account", "account-id", id, "display-name", name,
        "username", id, "validation", "unproven"));
  }

  private Assertion declaration(Snap snap) {
    return sign("snap-declaration", "revision", Integer.toString(snap.declaration()), "series", SERIES, "snap-id",
        snap.id(), "publisher-id", snap.publisher(), "snap-name", snap.revoked() ? "" : snap.name());
  }

  private Optional<Assertion> revision(String digest) {
    for (Snap snap : snaps.values()) {
      for (SnapRevision revision : snap.revisions().values()) {
        if (revision.headerDigest().equals(digest)) {
          return Optional.of(sign("snap-revision", "snap-sha3-384", digest, "developer-id", snap.publisher(),
              "snap-id", snap.id(), "snap-revision", Integer.toString(revision.number()), "snap-size",
              Integer.toString(revision.blob().length)));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Assertion> model(String brand, String name) {
    return Optional.ofNullable(models.get(brand + "/" + name)).map(said -> {
      Map<String, HeaderValue> headers = StoreKeys.headers("model", "series", SERIES, "brand-id", brand, "model", name,
          "timestamp", StoreKeys.BEGIN.toString());
      headers.putAll(said);
      return keys.signFor(brand, headers, StoreKeys.BEGIN);
    });
  }

  private Optional<Assertion> store(String name) {
    return Optional.ofNullable(stores.get(name)).map(said -> {
      Map<String, HeaderValue> headers =
          StoreKeys.headers("store", "store", name, "timestamp", StoreKeys.BEGIN.toString());
      headers.putAll(said);
      return keys.sign(headers, StoreKeys.BEGIN);
    });
  }

  private Optional<Assertion> serial(String brand, String model, String serial) {
    return devices.key(brand, model, serial).map(key -> signFor(brand, "serial", "brand-id", brand, "model", model,
        "serial", serial, "device-key", new String(key.encoded(), StandardCharsets.US_ASCII),
        "device-key-sha3-384", key.id()));
  }

  private Optional<Assertion> validation(List<String> key) {
    Approval approval = approvals.get(key.get(2) + "/" + key.get(3));
    if (approval == null || !key.get(0).equals(SERIES)) {
      return Optional.empty();
    }
    Optional<Snap> gating = byId(key.get(1));
    return gating.map(snap -> signFor(snap.publisher(), "validation", "revision",
        Integer.toString(approval.revision()), "series", SERIES, "snap-id", key.get(1), "approved-snap-id",
        key.get(2), "approved-snap-revision", key.get(3), "revoked", Boolean.toString(approval.revoked())));
  }

  private Optional<Assertion> validationSetAssertion(List<String> key) {
    return validationSet(key.get(1) + "/" + key.get(2), number(key.get(3))).map(set -> {
      Map<String, HeaderValue> headers = StoreKeys.headers("validation-set", "series", SERIES, "account-id",
          set.account(), "name", set.name(), "sequence", Integer.toString(set.sequence()), "timestamp",
          StoreKeys.BEGIN.toString());
      List<HeaderValue> listed = new ArrayList<>();
      set.pinned().forEach((id, revision) -> {
        TreeMap<String, HeaderValue> entry = new TreeMap<>();
        entry.put("id", HeaderValue.of(id));
        entry.put("name", HeaderValue.of(byId(id).map(Snap::name).orElse(id)));
        entry.put("presence", HeaderValue.of("required"));
        if (revision > 0) {
          entry.put("revision", HeaderValue.of(Integer.toString(revision)));
        }
        listed.add(new HeaderValue.Entries(entry));
      });
      headers.put("snaps", new HeaderValue.Items(listed));
      return keys.signFor(set.account(), headers, StoreKeys.BEGIN);
    });
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[1-9][0-9]{0,8}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private Assertion signFor(String account, String type, String... namesAndValues) {
    Map<String, HeaderValue> headers = StoreKeys.headers(type, namesAndValues);
    headers.put("timestamp", HeaderValue.of(StoreKeys.BEGIN.toString()));
    return keys.signFor(account, headers, StoreKeys.BEGIN);
  }

  private Assertion sign(String type, String... namesAndValues) {
    Map<String, HeaderValue> headers = StoreKeys.headers(type, namesAndValues);
    headers.put("timestamp", HeaderValue.of(StoreKeys.BEGIN.toString()));
    return keys.sign(headers, StoreKeys.BEGIN);
  }

  /**
   * What a client needs to believe a revision, prerequisites first: statements about keys, accounts, declaration, the
   * approval if there is one, and the revision.
   */
  public List<Assertion> streamFor(String snapId, int revision) {
    List<Assertion> stream = new ArrayList<>(keys.all());
    Snap snap = known(snapId);
    if (!snap.publisher().equals(StoreKeys.AUTHORITY)) {
      account(snap.publisher()).ifPresent(stream::add);
      stream.add(keys.accountKey(snap.publisher()));
    }
    stream.add(declaration(snap));
    for (String approval : new TreeSet<>(approvals.keySet())) {
      if (approval.startsWith(snapId + "/")) {
        validation(List.of(SERIES, snapId, snapId, approval.substring(snapId.length() + 1))).ifPresent(stream::add);
      }
    }
    Optional.ofNullable(snap.revisions().get(revision)).flatMap(known -> revision(known.headerDigest()))
        .ifPresent(stream::add);
    return stream;
  }
}
