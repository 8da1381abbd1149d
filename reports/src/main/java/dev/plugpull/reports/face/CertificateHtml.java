package dev.plugpull.reports.face;

import dev.plugpull.reports.Census;
import dev.plugpull.reports.Certificate;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The HTML face: one file that opens offline. Its security policy lets nothing load and only our own style and script
 * run, named by hash, so that a hostile name could not run even if it escaped the escaping.
 */
public final class CertificateHtml {
  private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
      null, ContentType.Html, CertificateHtml.class.getClassLoader(), CertificateHtml.class.getPackageName());
  private static final String CSS = resource("report.css");
  private static final String JS = resource("report.js");
  private static final String POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '"
      + hash(CSS) + "'; script-src '" + hash(JS) + "'";

  private CertificateHtml() {}

  public static String write(Certificate certificate) {
    return render("report.jte", Page.of(certificate, CSS, JS, POLICY));
  }

  public static String write(Census census) {
    return render("census.jte", new CensusPage(census, CSS, POLICY));
  }

  private static String render(String template, Object page) {
    var out = new StringOutput();
    ENGINE.render(template, page, out);
    return out.toString();
  }

  private static String resource(String name) {
    try (var in = CertificateHtml.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of the report: rebuild Plugpull", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
