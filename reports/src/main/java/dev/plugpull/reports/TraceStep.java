package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that happened.
 *
 * @param boot counted from 1
 * @param milliseconds virtual time since the scenario began
 * @param actor firmware, bootloader, initramfs, snapd, ...
 * @param point durability point, or empty
 * @param text what happened, in plain words
 * @param where line of the vendor's script that did it, or null
 * @param disk variables on the disk after the step, sorted by name
 * @param environment variables of the bootloader's stored environment after the step, sorted by name
 */
public record TraceStep(int boot, long milliseconds, String actor, String point, String text,
    @JsonInclude(JsonInclude.Include.NON_NULL) SourceLine where, Map<String, String> disk,
    Map<String, String> environment) {
  public TraceStep {
    disk = Collections.unmodifiableMap(new TreeMap<>(disk));
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }
}
