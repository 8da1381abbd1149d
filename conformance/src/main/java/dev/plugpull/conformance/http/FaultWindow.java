package dev.plugpull.conformance.http;

import dev.plugpull.sim.store.hostile.StoreFault;
import dev.plugpull.sim.store.hostile.StoreFaults;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault and the requests that it strikes, counted from 1 over all connections.
 *
 * @param last {@link Long#MAX_VALUE} for all that follow
 */
public record FaultWindow(StoreFault fault, long first, long last) {

  private static final Pattern TEXT = Pattern.compile("([a-z0-9-]+?)(?:@([0-9]{1,9})(-([0-9]{0,9}))?)?");

  /**
   * Reads {@code WORD}, {@code WORD@N}, {@code WORD@N-} or {@code WORD@N-M}.
   *
   * @throws IllegalArgumentException if it is none, with the words that are known
   */
  public static FaultWindow read(String text) {
    Matcher matcher = TEXT.matcher(text);
    Optional<StoreFault> fault = matcher.matches() ? StoreFaults.named(matcher.group(1)) : Optional.empty();
    if (fault.isEmpty()) {
      throw new IllegalArgumentException("cannot read fault '" + text + "': write WORD, WORD@N, WORD@N- or WORD@N-M"
          + " with one of " + StoreFaults.all().keySet());
    }
    if (fault.get() instanceof StoreFault.ClockJumped || fault.get() instanceof StoreFault.ClockLost) {
      throw new IllegalArgumentException("cannot play fault '" + text + "' here: it changes the clock of a device;"
          + " start the client with another time, for example under faketime");
    }
    if (matcher.group(2) == null) {
      return new FaultWindow(fault.get(), 1, Long.MAX_VALUE);
    }
    long first = Long.parseLong(matcher.group(2));
    boolean open = matcher.group(3) != null && matcher.group(4).isEmpty();
    long last = open ? Long.MAX_VALUE : matcher.group(3) == null ? first : Long.parseLong(matcher.group(4));
    return new FaultWindow(fault.get(), first, last);
  }

  boolean strikes(long request) {
    return first <= request && request <= last;
  }
}
