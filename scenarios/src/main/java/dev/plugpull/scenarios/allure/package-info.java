/**
 * Counter-examples in Allure: durability points as steps, report, trace and fault plan as attachments, the requirement
 * as epic.
 *
 * <p>Used by the other packages of the test kit when Allure is on the class path.
 *
 * <p>Fault model: none. Allure hears of what was found; it changes no verdict.
 */
package dev.plugpull.scenarios.allure;
