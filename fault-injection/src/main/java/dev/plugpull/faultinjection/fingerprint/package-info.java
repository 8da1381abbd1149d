/**
 * Tables of 128-bit fingerprints without an object per entry.
 *
 * <p>Fault model: two states whose 128-bit fingerprints collide are taken for one; with a billion states the chance is
 * below one in 10<sup>20</sup>. Nothing else can go wrong here, and nothing depends on insertion order.
 */
package dev.plugpull.faultinjection.fingerprint;
