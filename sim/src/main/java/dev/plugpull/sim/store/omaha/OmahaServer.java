package dev.plugpull.sim.store.omaha;

import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.Phasing;
import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.payload.Announced;
import dev.plugpull.sim.store.trust.Digests;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The server: {@code POST /update} in protocol 3.0, {@code GET /payload/VERSION}. A device outside a release's
 * fraction, on another track or with an equal or newer version is told that there is no update.
 */
public final class OmahaServer implements StoreFace {
  private static final String XML = "text/xml";

  private final String appId;
  private final List<Release> releases;
  private final String base;
  private final StoreFace files;

  /**
   * A server.
   *
   * @param appId of the board, such as {@code {01234567-89AB-CDEF-0123-456789ABCDEF}}
   * @param releases the first one that fits a device is offered
   * @param base what addresses of payloads begin with, such as {@code http://localhost:8080}; empty for what the client
   *     calls this server
   */
  public OmahaServer(String appId, List<Release> releases, String base) {
    this.appId = appId;
    this.releases = List.copyOf(releases);
    this.base = base;
    SortedMap<String, byte[]> payloads = new TreeMap<>();
    releases.forEach(release -> payloads.put("payload/" + release.version(), release.payload()));
    this.files = new FileFace(path -> Optional.ofNullable(payloads.get(path)));
  }

  @Override
  public StoreAnswer answer(StoreRequest request) {
    if (!request.path().orElse("").equals("/update")) {
      return files.answer(request);
    }
    if (!request.method().equals("POST")) {
      return StoreAnswer.of(405, "text/plain", "only POST\n");
    }
    return OmahaRequest.read(request.body())
        .map(asked -> StoreAnswer.of(200, XML, response(asked, request.base(base))))
        .orElseGet(() -> StoreAnswer.of(400, "text/plain", "this is no request of protocol 3.0\n"));
  }

  /** The release that this device gets, if any. */
  private Optional<Release> offered(String device, OmahaRequest.App app) {
    if (!Release.isVersion(app.version())) {
      return Optional.empty();
    }
    return releases.stream()
        .filter(release -> release.track().equals(app.track()))
        .filter(release -> release.rollback()
            ? release.compareVersion(app.version()) < 0 : release.compareVersion(app.version()) > 0)
        .filter(release -> Phasing.sees(device, release.track() + " " + release.version(), release.percentage()))
        .findFirst();
  }

  private String response(OmahaRequest asked, String home) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, "response", "protocol", "3.0");
      for (OmahaRequest.App app : asked.apps()) {
        boolean known = app.id().equals(appId);
        start(xml, "app", "appid", app.id(), "status", known ? "ok" : "error-unknownApplication");
        if (known && app.asks()) {
          updateCheck(xml, offered(asked.device(), app), home);
        }
        xml.writeEndElement();
      }
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write into memory: " + e.getMessage(), e);
    }
    return text.toString();
  }

  private static void updateCheck(XMLStreamWriter xml, Optional<Release> offered, String home)
      throws XMLStreamException {
    if (offered.isEmpty()) {
      start(xml, "updatecheck", "status", "noupdate");
      xml.writeEndElement();
      return;
    }
    Release release = offered.get();
    Announced payload = release.announced();
    if (release.rollback()) {
      start(xml, "updatecheck", "status", "ok", "_rollback", "true");
    } else {
      start(xml, "updatecheck", "status", "ok");
    }
    start(xml, "urls");
    start(xml, "url", "codebase", home + "/payload/");
    end(xml, 2);
    start(xml, "manifest", "version", release.version());
    start(xml, "packages");
    start(xml, "package", "name", release.version(), "size", Long.toString(payload.size()),
        "hash_sha256", Digests.hex(payload.sha256()), "required", "true");
    end(xml, 2);
    start(xml, "actions");
    start(xml, "action", "event", "postinstall", "MetadataSize", Long.toString(payload.metadataSize()),
        "IsDeltaPayload", "false");
    end(xml, 4);
  }

  private static void start(XMLStreamWriter xml, String name, String... attributes) throws XMLStreamException {
    xml.writeStartElement(name);
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }

  private static void end(XMLStreamWriter xml, int elements) throws XMLStreamException {
    for (int i = 0; i < elements; i++) {
      xml.writeEndElement();
    }
  }
}
