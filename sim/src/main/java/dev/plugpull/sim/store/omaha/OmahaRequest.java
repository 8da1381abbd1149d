package dev.plugpull.sim.store.omaha;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a device asks.
 *
 * @param device what tells it from others: {@code machineid} or {@code userid}, and if it names neither the
 *     {@code requestid}, so that it draws anew each time
 * @param apps what it asks about
 */
record OmahaRequest(String device, List<App> apps) {
  private static final int MAX_BYTES = 1 << 16;
  private static final int MAX_APPS = 64;

  /**
   * An application; the operating system is one.
   *
   * @param asks true if an update is asked for; a mere ping or event does not
   */
  record App(String id, String version, String track, boolean asks) {}

  /** Reads a request; empty if it is none. Document types and entities are refused. */
  static Optional<OmahaRequest> read(byte[] body) {
    if (body.length > MAX_BYTES) {
      return Optional.empty();
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      try {
        return read(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  private static Optional<OmahaRequest> read(XMLStreamReader xml) throws XMLStreamException {
    String device = null;
    List<App> apps = new ArrayList<>();
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      String name = xml.getLocalName();
      if (device == null) {
        if (!name.equals("request")) {
          return Optional.empty();
        }
        device = device(xml);
      } else if (name.equals("app")) {
        apps.add(new App(value(xml, "appid"), value(xml, "version"), value(xml, "track"), false));
      } else if (name.equals("updatecheck") && !apps.isEmpty()) {
        App last = apps.removeLast();
        apps.add(new App(last.id(), last.version(), last.track(), true));
      }
    }
    boolean fits = device != null && !apps.isEmpty() && apps.size() <= MAX_APPS;
    return fits ? Optional.of(new OmahaRequest(device, List.copyOf(apps))) : Optional.empty();
  }

  private static String device(XMLStreamReader xml) {
    for (String name : List.of("machineid", "userid")) {
      if (!value(xml, name).isEmpty()) {
        return value(xml, name);
      }
    }
    return value(xml, "requestid");
  }

  private static String value(XMLStreamReader xml, String attribute) {
    String value = xml.getAttributeValue(null, attribute);
    return value == null ? "" : value;
  }
}
