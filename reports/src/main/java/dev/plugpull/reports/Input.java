package dev.plugpull.reports;

/**
 * A file or folder that was read. The digest of a certificate covers {@code digest}, not {@code path}: the same bytes
 * in another folder give the same certificate.
 *
 * @param digest algorithm and lower-case hexadecimal, such as {@code sha256:0a1b...}
 */
public record Input(String path, String digest) {}
