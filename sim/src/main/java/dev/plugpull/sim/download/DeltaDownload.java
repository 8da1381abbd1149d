package dev.plugpull.sim.download;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.store.trust.TrustException;
import dev.plugpull.sim.store.vcdiff.VcdiffReader;

/** Step D2': the difference to what runs, from its beginning, hashed, applied, and what it makes hashed again. */
final class DeltaDownload {

  /** What a careless client calls every delta. */
  static final String ONE_FOR_ALL = "app.xdelta3";

  private final DownloadSetup setup;
  private final FileCalls files;
  private final Link link;
  private final LiveVolume data;
  private final Download download;

  DeltaDownload(PoweredOn<World, Ran> machine, DownloadSetup setup, FileCalls files, Link link) {
    this.setup = setup;
    this.files = files;
    this.link = link;
    this.data = machine.volume(0);
    this.download = new Download(machine, setup, files, link);
  }

  /**
   * Leaves the whole content at the path by a delta, or nothing.
   *
   * @param current revision that is installed
   * @return false if there is no delta or it does not lead to what is offered
   */
  boolean get(Offer offer, int current, String path) {
    String source = SnapClient.SNAPS + "/app_" + current + ".snap";
    boolean usable = offer.delta().filter(delta -> delta.source() == current).isPresent() && data.tree().exists(source);
    if (!usable || data.tree().exists(path)) {
      return false;
    }
    Offer.File delta = offer.delta().orElseThrow().file();
    boolean kept = setup.has(Departure.DELTA_KEPT);
    String file = kept ? SnapClient.SNAPS + "/" + ONE_FOR_ALL : path + ".xdelta3-" + current + ".partial";
    boolean resumed = kept && data.tree().exists(file);
    if (!resumed) {
      files.remove("D2'.again", file);
    }
    boolean made = fetch(delta, file, resumed) && apply(download.read(source), file, offer, path, resumed);
    if (!kept) {
      files.remove("D2'.removed", file);
    }
    return made;
  }

  private boolean fetch(Offer.File delta, String file, boolean resumed) {
    boolean there = resumed && download.read(file).length >= delta.size();
    boolean whole = there || download.append(delta, file) == null;
    return whole && (resumed || download.fits(delta, download.read(file), false));
  }

  private boolean apply(byte[] source, String file, Offer offer, String path, boolean resumed) {
    String partial = path + ".partial";
    try {
      byte[] made = VcdiffReader.apply(source, download.read(file), offer.whole().size());
      files.plain("D2'.applied", partial, Content.of(made));
      link.moment(false);
    } catch (TrustException _) {
      return false;
    }
    boolean trusted = resumed || setup.has(Departure.DELTA_TRUSTED);
    if (!trusted && !download.fits(offer.whole(), download.read(partial), false)) {
      files.remove("D2'.refused", partial);
      return false;
    }
    download.finish(partial, path, !setup.has(Departure.NOT_SYNCED) && !setup.has(Departure.DELTA_NOT_SYNCED));
    return true;
  }
}
