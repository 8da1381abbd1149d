/**
 * What a run found, as records. {@link dev.plugpull.reports.Certificate} holds the rest;
 * {@link dev.plugpull.reports.CertificateBuilder} makes it. Faces (JSON, HTML, JUnit XML, plain text) are in
 * {@code face}. Knows nothing of devices.
 *
 * <p>Fault model: names, script lines and messages come from a vendor's files and may hold anything, markup, control
 * and bidirectional characters included; records keep them as they are, each face escapes for itself. Results arrive in
 * the order that threads found them; records sort what has no order of its own.
 */
package dev.plugpull.reports;
