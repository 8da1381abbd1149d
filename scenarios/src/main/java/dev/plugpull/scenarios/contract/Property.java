package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** One clause of the contract that a device must keep. */
public interface Property {

  /** Stable id, such as {@code NOBRICK}. */
  String id();

  /** What the device must do, in a few words. */
  String title();

  /** Why this story violates the property; empty if it does not. */
  Optional<String> violatedBy(Story story);
}
