package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.settling.Settlement;

/**
 * One way in which a property is violated.
 *
 * @param property id of the contract
 * @param why in words
 * @param nodes how many durable states lead to it
 * @param node the node with the shortest plan
 * @param plan the shortest plan: after it, leave the device alone
 * @param settlement how the device ends after the plan; null if the search ended before that was known
 * @param <S> the state between two boots
 */
public record Finding<S>(
    String property, String why, long nodes, int node, FaultPlan plan, Settlement<S> settlement) {}
