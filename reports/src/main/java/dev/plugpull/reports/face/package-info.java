/**
 * The faces of a result for people and for build servers: {@link dev.plugpull.reports.face.CertificateHtml},
 * {@link dev.plugpull.reports.face.CertificateJunit}, {@link dev.plugpull.reports.face.CertificateText},
 * {@link dev.plugpull.reports.face.CensusMarkdown} and {@link dev.plugpull.reports.face.ReportFile}, which puts any of
 * them on disk.
 *
 * <p>Fault model: texts may be hostile; every face escapes them for its format. A disk may be full, a folder
 * read-only, power may fail while a report is written: under the final name stands the old file or the whole new one.
 */
package dev.plugpull.reports.face;
