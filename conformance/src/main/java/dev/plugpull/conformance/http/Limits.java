package dev.plugpull.conformance.http;

import java.time.Duration;

/**
 * What one server bears.
 *
 * @param connections open at once; one more sends away who waited longest without asking
 * @param lineBytes of the request line
 * @param headBytes of all headers
 * @param bodyBytes of a request's body
 * @param patience for a whole request to come, and between two requests
 */
public record Limits(int connections, int lineBytes, int headBytes, int bodyBytes, Duration patience) {

  public static final Limits STANDARD = new Limits(1024, 8 << 10, 16 << 10, 1 << 20, Duration.ofSeconds(10));
}
