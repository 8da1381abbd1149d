package dev.plugpull.sim.store.assertion;

import dev.plugpull.sim.store.trust.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Headers that say all they must, of every type that demands some, and what each must say beside its primary key. */
final class Samples {

  static final String TIME = "2026-02-01T00:00:00Z";
  static final String DIGEST = "d".repeat(64);
  static final String ID = "a".repeat(32);
  static final SigningKey DEVICE = device();
  /** Snaps that a model must list. */
  static final String ESSENTIAL = entry("pc", "gadget") + entry("pc-kernel", "kernel");
  private static final String MODEL = "type: model\nauthority-id: brand\nseries: 16\nbrand-id: brand\nmodel: box\n"
      + "architecture: amd64\ntimestamp: " + TIME + "\n";
  private static final String TWENTY = MODEL + "base: core24\nsnaps:\n" + ESSENTIAL;

  /** By a name of our own: the type, and for models what kind they are. */
  static final Map<String, String> TEXTS = texts();
  /** Headers without which each is none, in the order of {@link #TEXTS}. */
  static final Map<String, String> NEEDED = new TreeMap<>(Map.ofEntries(
      Map.entry("account", "display-name validation timestamp"), Map.entry("account-key", "account-id since"),
      Map.entry("model of 18", "architecture gadget kernel timestamp"), Map.entry("model classic", "timestamp"),
      Map.entry("model dangerous", "architecture base timestamp"),
      Map.entry("model signed", "architecture base timestamp"),
      Map.entry("model secured", "architecture base timestamp"),
      Map.entry("model hybrid", "architecture base distribution timestamp"),
      Map.entry("serial", "device-key device-key-sha3-384 timestamp"),
      Map.entry("serial-request", "brand-id model request-id device-key"),
      Map.entry("snap-declaration", "publisher-id snap-name timestamp"),
      Map.entry("snap-build", "snap-id grade snap-size timestamp"),
      Map.entry("snap-revision", "snap-id snap-size snap-revision developer-id timestamp"),
      Map.entry("store", "operator-id timestamp"), Map.entry("validation", "timestamp"),
      Map.entry("validation-set", "snaps timestamp"), Map.entry("system-user", "username since until"),
      Map.entry("repair", "summary timestamp")));

  private Samples() {}

  private static Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    String authority = "authority-id: a\n";
    String time = "timestamp: " + TIME + "\n";
    texts.put("account", "type: account\n" + authority + "account-id: a\ndisplay-name: A\nvalidation: unproven\n"
        + time);
    texts.put("account-key", "type: account-key\n" + authority + "public-key-sha3-384: k\naccount-id: a\nsince: "
        + TIME + "\n");
    texts.put("model of 18", MODEL + "base: core18\ngadget: pc=18\nkernel: pc-kernel=18\n");
    texts.put("model classic", MODEL.replace("architecture: amd64\n", "") + "classic: true\n");
    texts.put("model dangerous", TWENTY.replaceAll("    id: .*\n", "") + "grade: dangerous\n");
    texts.put("model signed", TWENTY);
    texts.put("model secured", TWENTY + "grade: secured\n");
    texts.put("model hybrid", TWENTY + "classic: true\ndistribution: debian\n");
    texts.put("serial", "type: serial\nauthority-id: brand\nbrand-id: brand\nmodel: box\nserial: 1\n" + deviceKey()
        + "device-key-sha3-384: " + DEVICE.id() + "\n" + time);
    texts.put("serial-request", "type: serial-request\nbrand-id: brand\nmodel: box\nrequest-id: 1\n" + deviceKey());
    texts.put("snap-declaration", "type: snap-declaration\n" + authority + "series: 16\nsnap-id: " + ID
        + "\npublisher-id: a\nsnap-name: app\n" + time);
    texts.put("snap-build", "type: snap-build\n" + authority + "snap-sha3-384: " + DIGEST + "\nsnap-id: " + ID
        + "\ngrade: stable\nsnap-size: 1\n" + time);
    texts.put("snap-revision", "type: snap-revision\n" + authority + "snap-sha3-384: " + DIGEST + "\nsnap-id: " + ID
        + "\nsnap-size: 1\nsnap-revision: 1\ndeveloper-id: a\n" + time);
    texts.put("store", "type: store\n" + authority + "store: shop\noperator-id: a\n" + time);
    texts.put("validation", "type: validation\n" + authority + "series: 16\nsnap-id: s\napproved-snap-id: t\n"
        + "approved-snap-revision: 2\n" + time);
    texts.put("validation-set", "type: validation-set\n" + authority
        + "series: 16\naccount-id: a\nname: set\nsequence: 1\nsnaps:\n  -\n    name: app\n    id: " + ID + "\n" + time);
    texts.put("system-user", "type: system-user\n" + authority + "brand-id: a\nemail: a@b.c\nusername: guest\n"
        + "models:\n  - box\nsince: 2026-01-01T00:00:00Z\nuntil: 2028-01-01T00:00:00Z\n");
    texts.put("repair", "type: repair\n" + authority + "brand-id: a\nrepair-id: 1\nsummary: mends\n" + time);
    return texts;
  }

  /** An entry of {@code snaps} with an id made of its name's first letter and length. */
  static String entry(String name, String type) {
    String id = (name.charAt(0) + "" + name.length() % 10).repeat(16);
    return "  -\n    name: " + name + "\n    id: " + id + "\n    type: " + type + "\n";
  }

  /** The device's key as a header. */
  static String deviceKey() {
    return "device-key:\n" + new String(DEVICE.publicKey().encoded(), StandardCharsets.US_ASCII).lines()
        .map(line -> "    " + line + "\n").collect(Collectors.joining());
  }

  /** The text as an assertion whose signature nobody has looked at. */
  static Assertion read(String headers) throws AssertionException {
    return Assertion.decode((headers + "sign-key-sha3-384: " + DIGEST + "\n\nc2ln\n")
        .getBytes(StandardCharsets.UTF_8));
  }

  private static SigningKey device() {
    try {
      return SigningKey.generate(1024, new SeededRandom(77));
    } catch (AssertionException e) {
      throw new IllegalStateException(e);
    }
  }
}
