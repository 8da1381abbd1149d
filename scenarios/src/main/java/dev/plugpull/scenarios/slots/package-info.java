/**
 * What families with two slots have in common when they are described: catalogue lines and assumptions.
 *
 * <p>Fault model: none of its own.
 */
package dev.plugpull.scenarios.slots;
