package dev.plugpull.sim.store.assertion;

import java.util.Map;

/** Writes headers in the one canonical form of spec 1.2; empty lists and maps are left out, as snapd does. */
final class HeaderWriter {

  private final StringBuilder out = new StringBuilder();

  static String write(Map<String, HeaderValue> headers) {
    HeaderWriter writer = new HeaderWriter();
    headers.forEach((name, value) -> writer.entry(name + ":", value, 0));
    return writer.out.isEmpty() ? "" : writer.out.substring(1);
  }

  private void entry(String introduction, HeaderValue value, int indent) {
    String inner = " ".repeat(indent + 2);
    switch (value) {
      case HeaderValue.Text(String text) -> text(introduction, text, indent);
      case HeaderValue.Items(var items) -> {
        if (!items.isEmpty()) {
          out.append('\n').append(introduction);
          items.forEach(item -> entry(inner + "-", item, indent + 2));
        }
      }
      case HeaderValue.Entries(var entries) -> {
        if (!entries.isEmpty()) {
          out.append('\n').append(introduction);
          entries.forEach((key, item) -> entry(inner + key + ":", item, indent + 2));
        }
      }
    }
  }

  private void text(String introduction, String text, int indent) {
    out.append('\n').append(introduction);
    if (text.indexOf('\n') < 0) {
      out.append(' ').append(text);
      return;
    }
    String prefix = "\n" + " ".repeat(indent + 4);
    out.append(prefix).append(text.replace("\n", prefix));
  }
}
