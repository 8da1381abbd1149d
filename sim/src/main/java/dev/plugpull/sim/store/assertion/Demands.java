package dev.plugpull.sim.store.assertion;

import dev.plugpull.sim.store.assertion.HeaderValue.Entries;
import dev.plugpull.sim.store.assertion.HeaderValue.Items;
import dev.plugpull.sim.store.assertion.HeaderValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Headers of an assertion, or entries of a map in them, with what is demanded of them; each refusal names the one. */
final class Demands {

  private static final String MAPS = "a list of maps";

  private final String type;
  private final String where;
  private final Map<String, HeaderValue> entries;

  private Demands(String type, String where, Map<String, HeaderValue> entries) {
    this.type = type;
    this.where = where;
    this.entries = entries;
  }

  static Demands of(Assertion assertion) {
    return new Demands(assertion.typeName(), "", assertion.headers());
  }

  /** The same entries, called that from here on, such as {@code snap 'app'}. */
  Demands called(String name) {
    return new Demands(type, " of " + name, entries);
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Names of all entries. */
  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** The text as it is; empty if it is absent or no text. */
  Optional<String> said(String name) {
    return entries.get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
  }

  /** A text that must be there. */
  String text(String name, Form form) throws AssertionException {
    if (there(name, form.wanted()) instanceof Text(String text) && form.fits(text)) {
      return text;
    }
    throw wrong(name, form.wanted());
  }

  /** A text that may be absent. */
  Optional<String> optional(String name, Form form) throws AssertionException {
    return has(name) ? Optional.of(text(name, form)) : Optional.empty();
  }

  /** One of the words; the first one if it is absent or empty. */
  String word(String name, List<String> words) throws AssertionException {
    String word = optional(name, Form.ANY).filter(text -> !text.isEmpty()).orElse(words.getFirst());
    if (!words.contains(word)) {
      throw wrong(name, "one of " + words.stream().sorted().toList());
    }
    return word;
  }

  boolean truth(String name) throws AssertionException {
    boolean known = !has(name) || entries.get(name) instanceof Text(String text) && text.matches("true|false");
    if (!known) {
      throw wrong(name, "true or false");
    }
    return has(name) && text(name, Form.ANY).equals("true");
  }

  /** A number that must be there. */
  long number(String name, int least) throws AssertionException {
    String wanted = "a whole number from " + least + " on";
    if (there(name, wanted) instanceof Text(String text) && text.matches("0|[1-9][0-9]{0,17}")
        && Long.parseLong(text) >= least) {
      return Long.parseLong(text);
    }
    throw wrong(name, wanted);
  }

  /** A number that may be absent. */
  Optional<Long> optionalNumber(String name, int least) throws AssertionException {
    return has(name) ? Optional.of(number(name, least)) : Optional.empty();
  }

  /** A list of texts; empty if it is absent. */
  List<String> texts(String name, Form form) throws AssertionException {
    String wanted = "a list; each item is " + form.wanted();
    List<String> texts = new ArrayList<>();
    for (HeaderValue item : items(name, wanted)) {
      if (!(item instanceof Text(String text)) || !form.fits(text)) {
        throw wrong(name, wanted);
      }
      texts.add(text);
    }
    return texts;
  }

  /** The maps of a list; none if it is absent. */
  List<Demands> maps(String name) throws AssertionException {
    List<Demands> maps = new ArrayList<>();
    for (HeaderValue item : items(name, MAPS)) {
      if (!(item instanceof Entries(SortedMap<String, HeaderValue> inner))) {
        throw wrong(name, MAPS);
      }
      maps.add(new Demands(type, " of an entry of '" + name + "'" + where, inner));
    }
    return maps;
  }

  /** A map; empty if it is absent. */
  Demands map(String name) throws AssertionException {
    HeaderValue value = entries.getOrDefault(name, new Entries(new TreeMap<>()));
    if (value instanceof Entries(SortedMap<String, HeaderValue> inner)) {
      return new Demands(type, " of '" + name + "'" + where, inner);
    }
    throw wrong(name, "a map");
  }

  /** A demand that several entries make together. */
  AssertionException defect(String why) {
    return Assertion.defect(type + where + ": " + why);
  }

  /** What must be there is not. */
  AssertionException missing(String name, String wanted) {
    return Assertion.defect(type + ": " + label(name) + " is missing; sign it with " + wanted);
  }

  AssertionException wrong(String name, String wanted) {
    String found = switch (entries.get(name)) {
      case Text(String text) -> AssertionException.quote(text);
      case Items ignored -> "a list";
      case Entries ignored -> "a map";
    };
    return Assertion.defect(type + ": " + label(name) + " is " + found + "; sign it with " + wanted);
  }

  private String label(String name) {
    return (where.isEmpty() ? "header '" : "'") + name + "'" + where;
  }

  private HeaderValue there(String name, String wanted) throws AssertionException {
    if (!has(name)) {
      throw missing(name, wanted);
    }
    return entries.get(name);
  }

  private List<HeaderValue> items(String name, String wanted) throws AssertionException {
    HeaderValue value = entries.getOrDefault(name, new Items(List.of()));
    if (value instanceof Items(List<HeaderValue> items)) {
      return items;
    }
    throw wrong(name, wanted);
  }
}
