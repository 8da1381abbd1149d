package dev.plugpull.scenarios.download;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.download.Departure;
import dev.plugpull.sim.download.DownloadDevice;
import dev.plugpull.sim.download.DownloadSetup.Deltas;
import dev.plugpull.sim.download.DownloadSetup.Store;
import dev.plugpull.sim.download.DownloadSetup.WhenRevoked;
import dev.plugpull.sim.download.DownloadSetup;
import dev.plugpull.sim.store.hostile.StoreFault;
import dev.plugpull.sim.store.hostile.StoreFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** A client that downloads, checks, installs and runs what a store offers that lies on demand: a snap, or a commit. */
public final class DownloadFamily implements Family {

  private static final String WITHOUT = "refresh";
  private static final String UNDER = "refresh under ";
  private static final String EXT4 = "ext4";
  private static final String POLICY = "when-revoked";
  private static final String STORE = "store";
  private static final String DELTAS = "deltas";
  private static final String GO_BACK = "go-back";

  @Override
  public String name() {
    return "download";
  }

  @Override
  public String title() {
    return "Downloading client";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(MEDIUM, List.of(EXT4, IDEAL), EXT4, "what a power cut may take from the disk"),
        new Setting(STORE, List.of("snap", "ostree"), "snap", "whose client it is"),
        new Setting(DELTAS, List.of("none", "fitting", "unfit"), "none",
            "what the store has beside whole files: deltas that fit, or deltas of another build"),
        new Setting(POLICY, List.of(GO_BACK, "keep"), GO_BACK,
            "what a device does that runs content when it learns of its revocation"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(Departure.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    List<String> scenarios = new ArrayList<>();
    scenarios.add(WITHOUT);
    StoreFaults.all().forEach((word, fault) -> {
      // Nobody takes a commit back: a later one is published.
      if (store(profile) == Store.SNAP || !(fault instanceof StoreFault.ContentRevoked)) {
        scenarios.add(UNDER + word);
      }
    });
    return scenarios;
  }

  private static Store store(Profile profile) {
    return Store.valueOf(profile.setting(STORE).toUpperCase(Locale.ROOT));
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    Optional<StoreFault> fault = scenario.startsWith(UNDER)
        ? StoreFaults.named(scenario.substring(UNDER.length())) : Optional.empty();
    if (!scenarios(profile).contains(scenario)) {
      throw new IllegalArgumentException(
          "cannot find scenario '" + scenario + "': the family has " + scenarios(profile));
    }
    SortedSet<Departure> departures = Variants.chosen(profile, Departure.class);
    return new DownloadDevice(new DownloadSetup(profile.setting(MEDIUM).equals(IDEAL), store(profile),
        profile.setting(POLICY).equals(GO_BACK) ? WhenRevoked.GO_BACK : WhenRevoked.KEEP,
        Deltas.valueOf(profile.setting(DELTAS).toUpperCase(Locale.ROOT)), departures, fault));
  }

  @Override
  public SortedMap<String, String> notTried() {
    return new TreeMap<>(Map.of(
        "RO", "a client of a store keeps its own files only: there is no base beneath it",
        "ISO", "there is one application, and nothing beside it"));
  }

  @Override
  public List<String> assumptions(Profile profile) {
    Store store = store(profile);
    String exchanges = store == Store.SNAP ? "four" : "seven";
    List<String> idle = Variants.chosen(profile, Departure.class).stream().filter(chosen -> !chosen.concerns(store))
        .map(Departure::word).toList();
    List<String> assumptions = new ArrayList<>(store == Store.SNAP ? List.of(
        "store: real assertions with RSA keys of 1024 bits; contents of 24 bytes in pieces of 8",
        "a delta is between the contents of two revisions, not between unpacked file systems") : List.of(
        "store: a real repository, signed with OpenPGP keys of 1024 bits; commits of one folder with one file",
        "what arrives of a pull stays in memory until all of it is there: nothing of it is on the disk before",
        "what becomes of the remote's keys is told to the device by other ways"));
    assumptions.addAll(List.of(
        "one fault of network or trust a history, beginning at any of the first " + exchanges + " exchanges of the"
            + " second update, or at any of its first fourteen steps if it changes trust or time; with deltas one"
            + " exchange and four steps more",
        "faults on the wire strike one answer; lies, an unreachable store and changes of trust go on until they are"
            + " over",
        "an exchange is tried three times; a boot may take twenty exchanges and a day of virtual time",
        "temporary files of cut-off atomic writes are inert: nothing lists or opens them",
        "the app is started again at once when its link changes"));
    if (!idle.isEmpty()) {
      assumptions.add("no client of this store can make these mistakes, so they change nothing: " + idle);
    }
    return assumptions;
  }
}
