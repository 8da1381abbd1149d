package dev.plugpull.conformance.certify;

import java.nio.file.Path;

/**
 * Which gadget to certify and how.
 *
 * @param path gadget folder or {@code .snap}
 * @param from older gadget for update scenarios, null if none
 * @param series 16 to 26, 0 to find it out
 * @param architecture Debian name, empty to choose
 * @param board options of the board
 */
public record CertifyRequest(
    Path path, Path from, int series, String architecture, BoardOptions board, Terms terms) {}
