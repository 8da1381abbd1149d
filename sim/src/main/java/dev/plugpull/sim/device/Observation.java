package dev.plugpull.sim.device;

import java.util.SortedMap;

/**
 * What an outsider sees of a device. The contract judges nothing else.
 *
 * @param outcome where it ended
 * @param running component to the revision that runs, such as {@code kernel -> 2}
 * @param reported component to the revision that the update software says is current
 * @param change state of the update as reported: {@code done}, {@code failed}, {@code waiting}, {@code doing},
 * {@code none}
 * @param why the reason reported with it, empty if none
 * @param targetGood true if what was offered is a good release
 * @param updateOffered true if an update was on offer in this history
 * @param verified false if something ran whose signature or digest had not been checked
 * @param belowFloor true if something runs that is below the revocation or rollback floor
 * @param data name of each piece of user data to its state: {@code kept}, {@code lost}, {@code foreign} (of another
 * revision)
 * @param baseChanged true if the read-only base differs from its release
 * @param baseDigest fingerprint of all booted read-only content
 * @param bookkeepingDigest fingerprint of the update software's records in canonical form; empty if nothing is promised
 *     of them
 * @param foreignChange true if an update changed something that does not belong to it
 * @param usedBlocks blocks of 4096 bytes in use
 * @param allowedBlocks what old + new + retention + cache may use
 * @param boundsKept false if a bounded effort (tries, time, writes) was exceeded
 */
public record Observation(
    Outcome outcome,
    SortedMap<String, String> running,
    SortedMap<String, String> reported,
    String change,
    String why,
    boolean targetGood,
    boolean updateOffered,
    boolean verified,
    boolean belowFloor,
    SortedMap<String, String> data,
    boolean baseChanged,
    String baseDigest,
    String bookkeepingDigest,
    boolean foreignChange,
    long usedBlocks,
    long allowedBlocks,
    boolean boundsKept) {}
