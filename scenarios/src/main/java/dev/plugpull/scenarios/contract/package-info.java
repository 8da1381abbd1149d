/**
 * The contract that a device must keep, one class a property.
 *
 * <p>{@link dev.plugpull.scenarios.contract.Contract} lists them; {@link dev.plugpull.scenarios.contract.Story} is what
 * they judge. They know no family: a family shows itself only through {@link dev.plugpull.sim.device.Observation}.
 *
 * <p>Fault model: none of its own. A property that does not fail on its broken twin is itself broken; the twins stand
 * in the tests of this package.
 */
package dev.plugpull.scenarios.contract;
