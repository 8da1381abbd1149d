package dev.plugpull.sim.download;

import dev.plugpull.sim.device.Variant;
import java.util.EnumSet;
import java.util.Set;

/** Departures from the careful client, each a mistake that real clients have made. */
public enum Departure implements Variant {
  NO_DIGEST_CHECK("neither size nor digest of what came is compared"),
  SIZE_ONLY("only the size of what came is compared"),
  ANNOUNCED_LENGTH("a file is as long as its answer announces, with zeros for what does not come, and never hashed"),
  RESUMED_IS_TRUSTED("what an earlier boot began to download is not hashed when it is used"),
  BAD_PARTIAL_KEPT("after a wrong digest the next try resumes at the end of the bad file"),
  WAITS_FOR_EVER("no time-out when nothing comes"),
  NO_LEAST_SPEED("no limit for how slow a download may be"),
  RETRIES_AT_ONCE("tries again at once and without end, whatever the store says about waiting"),
  BLOCKS_AFTER_FAILURE("a revision whose download failed once is never tried again"),
  TRUSTS_THE_ANSWER("the digest in the store's answer is enough; assertions may fail"),
  NO_CROSS_CHECK("does not compare whose assertion it is"),
  TAKES_OLDER("takes an offered revision that is older than the current one"),
  ASKS_ONCE("after an answer without news it does not ask again"),
  IGNORES_KEY_END("the end of a key's validity is not looked at"),
  FIRST_KEY_ONLY("takes no new keys of the store"),
  IGNORES_REVOCATION("revocations are not looked at"),
  REVOCATION_NOT_STORED("acts on a revocation and does not store it"),
  CLOCK_BELIEVED("believes its clock although it stands before the image was made"),
  LATEST_CLOCK_KEPT("stores the latest time it ever saw and never believes an earlier one"),
  NOT_SYNCED("what was downloaded is not synced before it is linked, as OSTree does with core.fsync=false"),
  LINKED_BEFORE_CHECK("the blob is linked before it is checked"),
  DELTA_TRUSTED("what a delta makes is not hashed"),
  DELTA_KEPT("a delta that lies there is resumed and applied, whatever it is between, and nothing is hashed then"),
  DELTA_ONLY("no full download when a delta does not lead to what is offered, as OSTree does it"),
  PARTIAL_TAKEN("a commit whose own object is there is taken for whole"),
  DELTA_NOT_SYNCED("what a delta made is not synced before it is linked, as snapd does it (H1)");

  private static final Set<Departure> OF_A_PULL = EnumSet.of(RESUMED_IS_TRUSTED, WAITS_FOR_EVER, NO_LEAST_SPEED,
      RETRIES_AT_ONCE, TRUSTS_THE_ANSWER, TAKES_OLDER, ASKS_ONCE, IGNORES_KEY_END, FIRST_KEY_ONLY, CLOCK_BELIEVED,
      LATEST_CLOCK_KEPT, NOT_SYNCED, DELTA_ONLY, PARTIAL_TAKEN);

  private final String meaning;

  Departure(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  /** Whether a client of that store can make the mistake. */
  public boolean concerns(DownloadSetup.Store store) {
    return switch (store) {
      case SNAP -> this != PARTIAL_TAKEN;
      case OSTREE -> OF_A_PULL.contains(this);
    };
  }
}
