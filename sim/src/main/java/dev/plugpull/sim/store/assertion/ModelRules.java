package dev.plugpull.sim.store.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a model must and may say, of every grade and of none (spec 1.7). */
final class ModelRules {

  private static final List<String> RISKS = List.of("stable", "candidate", "beta", "edge");
  private static final List<String> PRESENCES = List.of("required", "optional");
  private static final Set<String> ESSENTIAL = Set.of("gadget", "kernel", "snapd");
  /** Bases whose snap-id every snapd knows. */
  private static final Set<String> KNOWN_BASES = Set.of("core", "core18", "core20", "core22", "core24", "core26");
  private static final String RUN = "run";

  private final Demands said;
  private final boolean classic;
  private final boolean listed;
  private final String base;
  private final List<Demands> snaps = new ArrayList<>();
  private String grade = "";

  private ModelRules(Demands said) throws AssertionException {
    this.said = said;
    this.classic = said.truth("classic");
    this.listed = said.has("snaps");
    this.base = said.optional("base", Form.ANY).orElse("");
  }

  static void check(Demands said) throws AssertionException {
    said.text("model", Form.MODEL_NAME);
    ModelRules rules = new ModelRules(said);
    rules.together();
    rules.mandatory();
    if (rules.listed) {
      rules.listedSnaps();
    } else {
      rules.namedSnaps();
    }
    for (String authority : List.of("serial-authority", "preseed-authority")) {
      said.texts(authority, Form.ACCOUNT_ID);
    }
    if (!said.said("system-user-authority").equals(Optional.of("*"))) {
      said.texts("system-user-authority", Form.ACCOUNT_ID);
    }
    rules.validationSets();
    said.text("timestamp", Form.TIME);
  }

  /** Headers that exclude one another. */
  private void together() throws AssertionException {
    String only = listed ? "with 'snaps'" : "without 'snaps'";
    List<String> never = new ArrayList<>(listed ? List.of("gadget", "kernel", "required-snaps")
        : List.of("grade", "storage-safety"));
    if (classic && !listed) {
      never.addAll(List.of("kernel", "base"));
      only = "that is classic and without 'snaps'";
    }
    if (!classic || !listed) {
      never.add("distribution");
    }
    for (String name : never) {
      if (said.has(name)) {
        throw said.defect("a model " + only + " must not have '" + name + "' beside it; leave it out");
      }
    }
  }

  private void mandatory() throws AssertionException {
    if (classic && !listed) {
      said.optional("architecture", Form.ANY);
      said.optional("gadget", Form.ANY);
    } else {
      said.text("architecture", Form.FILLED);
    }
    if (listed) {
      said.text("base", Form.SNAP_NAME);
    } else if (!base.isEmpty()) {
      said.text("base", Form.SNAP_NAME);
    }
    if (listed && classic) {
      said.text("distribution", Form.DISTRIBUTION);
    }
    said.optional("store", Form.ANY);
    said.optional("display-name", Form.ANY);
  }

  /** The form of UC16 and UC18: {@code NAME} or {@code NAME=TRACK}. */
  private void namedSnaps() throws AssertionException {
    for (String name : List.of("gadget", "kernel")) {
      if (!classic || said.has(name)) {
        String[] parts = said.text(name, classic ? Form.ANY : Form.FILLED).split("=", 2);
        boolean track = parts.length == 1 || !parts[1].contains("/") && !RISKS.contains(parts[1]);
        if (!Form.SNAP_NAME.fits(parts[0]) || !track) {
          throw said.wrong(name, "NAME or NAME=TRACK: " + Form.SNAP_NAME.wanted());
        }
      }
    }
    said.texts("required-snaps", Form.SNAP_NAME);
  }

  private void listedSnaps() throws AssertionException {
    grade = said.word("grade", List.of("signed", "secured", "dangerous"));
    String safety = said.word("storage-safety", List.of("prefer-encrypted", "encrypted", "prefer-unencrypted"));
    boolean weaker = said.has("storage-safety") && !safety.equals("encrypted");
    if (grade.equals("secured") && weaker) {
      throw said.wrong("storage-safety", "'encrypted', since its grade is secured");
    }
    for (Demands entry : said.maps("snaps")) {
      snaps.add(entry.called("snap " + AssertionException.quote(entry.text("name", Form.SNAP_NAME))));
    }
    for (Demands snap : snaps) {
      snap(snap);
    }
    unique();
    boolean kernel = snaps.stream().anyMatch(snap -> is(snap, "kernel"));
    boolean gadget = snaps.stream().anyMatch(snap -> is(snap, "gadget"));
    if (!classic && !(gadget && kernel) || kernel && !gadget) {
      throw said.defect("header 'snaps' lists no " + (gadget ? "kernel" : "gadget") + "; sign it with one");
    }
    boolean baseListed = snaps.stream().anyMatch(snap -> name(snap).equals(base) && is(snap, "base"));
    if (!baseListed && !grade.equals("dangerous") && !KNOWN_BASES.contains(base)) {
      throw said.wrong("base", "an entry in 'snaps' for it, since its id is not well known");
    }
  }

  private void unique() throws AssertionException {
    Set<String> seen = new TreeSet<>();
    for (Demands snap : snaps) {
      String type = type(snap);
      boolean fresh = seen.add("name " + name(snap)) && seen.add("id " + snap.optional("id", Form.ANY).orElse(
          name(snap))) && (!ESSENTIAL.contains(type) || seen.add("type " + type));
      if (!fresh) {
        throw snap.defect("its name, its id, or its type " + type + " is there twice; leave one out");
      }
    }
  }

  private void snap(Demands snap) throws AssertionException {
    if (snap.has("id") || !grade.equals("dangerous")) {
      snap.text("id", Form.SNAP_ID);
    }
    String type = snap.word("type", List.of("app", "base", "core", "gadget", "kernel", "snapd"));
    boolean isBase = name(snap).equals(base);
    if (isBase && !ESSENTIAL.contains(type) && !type.equals("base")) {
      throw snap.defect("it is the model's base; sign it with the type base");
    }
    List<String> modes = snap.texts("modes", Form.MODE);
    if ((isBase || ESSENTIAL.contains(type)) && (snap.has("presence") || !modes.isEmpty())) {
      throw snap.defect("it is essential and must not state a presence or modes; leave them out");
    }
    snap.word("presence", PRESENCES);
    channel(snap);
    boolean own = snap.truth("classic");
    if (own && (!classic || !type.equals("app") || !modes.isEmpty() && !modes.equals(List.of(RUN)))) {
      throw snap.defect("only an app of a classic model may be classic, and in mode run alone");
    }
    components(snap, modes.isEmpty() ? isBase || ESSENTIAL.contains(type) ? List.of(RUN, "ephemeral") : List.of(RUN)
        : modes);
  }

  private static void channel(Demands snap) throws AssertionException {
    Optional<String> channel = snap.optional("default-channel", Form.ANY).filter(text -> !text.isEmpty());
    if (channel.isPresent()) {
      String[] parts = channel.get().split("/", -1);
      boolean good = parts.length <= 3 && !parts[0].isEmpty() && !RISKS.contains(parts[0])
          && (parts.length < 2 || RISKS.contains(parts[1])) && (parts.length < 3 || !parts[2].isEmpty());
      if (!good) {
        throw snap.wrong("default-channel", "a channel that names a track, such as latest/stable");
      }
    }
  }

  private static void components(Demands snap, List<String> modes) throws AssertionException {
    Demands components = snap.map("components");
    for (String name : components.names()) {
      if (components.said(name).isPresent()) {
        if (!PRESENCES.contains(components.text(name, Form.ANY))) {
          throw components.wrong(name, "one of " + PRESENCES);
        }
        continue;
      }
      Demands component = components.map(name).called("component '" + name + "'");
      component.text("presence", Form.FILLED);
      component.word("presence", PRESENCES);
      boolean known = Set.of("presence", "modes").containsAll(component.names())
          && modes.containsAll(component.texts("modes", Form.MODE));
      if (!known) {
        throw component.defect("it may have a presence and modes that its snap has, and nothing else");
      }
    }
  }

  private void validationSets() throws AssertionException {
    Set<String> seen = new TreeSet<>();
    for (Demands set : said.maps("validation-sets")) {
      String name = set.text("name", Form.SET_NAME);
      set.text("mode", Form.FILLED);
      set.word("mode", List.of("prefer-enforce", "enforce"));
      set.optionalNumber("sequence", 1);
      if (!seen.add(set.optional("account-id", Form.ANY).orElse("") + "/" + name)) {
        throw set.wrong("name", "each set once");
      }
    }
  }

  private static String name(Demands snap) {
    return snap.said("name").orElse("");
  }

  private static String type(Demands snap) {
    return snap.said("type").filter(type -> !type.isEmpty()).orElse("app");
  }

  private static boolean is(Demands snap, String type) {
    return type(snap).equals(type);
  }
}
