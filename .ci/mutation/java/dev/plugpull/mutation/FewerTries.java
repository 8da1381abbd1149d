package dev.plugpull.mutation;

import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets every property make at most {@code mutation.tries} tries and never shrink: a mutation run repeats it once a
 * mutant, and all it asks is whether it fails.
 */
public final class FewerTries implements AroundPropertyHook {
  private static final int MOST = Integer.getInteger("mutation.tries");

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
    context.attributes().setTries(Math.min(MOST, context.attributes().tries().orElse(MOST)));
    context.attributes().setShrinking(ShrinkingMode.OFF);
    return property.execute();
  }
}
