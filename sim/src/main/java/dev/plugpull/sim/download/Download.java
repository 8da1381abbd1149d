package dev.plugpull.sim.download;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.hostile.Transmission;
import dev.plugpull.sim.store.trust.Digests;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Steps D2 to D5: append to a partial file, resume where it ends, hash, rename, sync. */
final class Download {

  private static final int PIECE = 8;

  private final PoweredOn<World, Ran> machine;
  private final DownloadSetup setup;
  private final FileCalls files;
  private final Link link;
  private final LiveVolume data;

  Download(PoweredOn<World, Ran> machine, DownloadSetup setup, FileCalls files, Link link) {
    this.machine = machine;
    this.setup = setup;
    this.files = files;
    this.link = link;
    this.data = machine.volume(0);
  }

  /** Leaves the whole content at the path, or says why it cannot be had. */
  void get(Offer.File offer, String path) throws Unavailable {
    if (data.tree().exists(path)) {
      if (fits(offer, read(path), false)) {
        data.fsync(path);
        files.point("D1", "syncs the file that was there,", path);
        return;
      }
      files.remove("D1", path);
    }
    String partial = path + ".partial";
    boolean resumed = data.tree().exists(partial) && read(partial).length > 0;
    Unavailable why = null;
    // Once more from the start after a wrong digest; a second one is an error.
    for (int round = 0; round < 2; round++) {
      if (!fits(offer, read(partial), resumed)) {
        if (read(partial).length >= offer.size() && !setup.has(Departure.BAD_PARTIAL_KEPT)) {
          files.remove("D3.again", partial);
        }
        why = append(offer, partial);
      }
      if (why == null && fits(offer, read(partial), resumed)) {
        finish(partial, path);
        return;
      }
      if (why != null) {
        throw why;
      }
      if (!setup.has(Departure.BAD_PARTIAL_KEPT)) {
        files.remove("D3", partial);
      }
      resumed = false;
    }
    throw new Unavailable("what came does not have the announced digest");
  }

  byte[] read(String path) {
    Content content = data.tree().content(path);
    return content == null ? new byte[0] : content.bytes().orElse(new byte[0]);
  }

  boolean fits(Offer.File offer, byte[] content, boolean resumed) {
    if (setup.has(Departure.NO_DIGEST_CHECK)) {
      return content.length > 0;
    }
    if (setup.has(Departure.ANNOUNCED_LENGTH)) {
      return content.length >= offer.size();
    }
    if (content.length != offer.size()) {
      return false;
    }
    boolean trusted = setup.has(Departure.SIZE_ONLY) || setup.has(Departure.LINKED_BEFORE_CHECK)
        || resumed && setup.has(Departure.RESUMED_IS_TRUSTED);
    return trusted || Digests.hex(Digests.digest("SHA3-384", content)).equals(offer.digest());
  }

  /** Appends what comes; null if all that was announced is there. */
  Unavailable append(Offer.File offer, String partial) {
    if (!data.tree().exists(partial)) {
      data.create(partial);
      files.point("D2.created", "creates", partial);
    }
    Appender appender = new Appender(offer, partial);
    try {
      link.tries(() -> request(offer, partial), appender,
          () -> read(partial).length >= offer.size() || setup.has(Departure.NO_DIGEST_CHECK));
      if (setup.has(Departure.ANNOUNCED_LENGTH)) {
        data.write(partial, Content.of(Arrays.copyOf(read(partial), appender.announced)));
        files.point("D2.filled", "fills", partial);
      }
      return null;
    } catch (Unavailable e) {
      return e;
    }
  }

  /** Asks for what is missing. */
  private StoreRequest request(Offer.File offer, String partial) {
    StoreRequest whole = StoreRequest.get(offer.url());
    int have = read(partial).length;
    return have == 0 ? whole : whole.with("Range", "bytes=" + have + "-");
  }

  /** One connection: decides at the head whether the bytes belong to the end of the file. */
  private final class Appender implements Link.Sink {
    private final Offer.File offer;
    private final String partial;
    private int announced;

    Appender(Offer.File offer, String partial) {
      this.offer = offer;
      this.partial = partial;
    }

    @Override
    public void head(Transmission transmission) throws Unavailable {
      Link.ok(transmission, 200, 206);
      int have = read(partial).length;
      announced = transmission.declared() + (transmission.answer().status() == 206 ? have : 0);
      String range = transmission.answer().header("content-range").orElse("");
      if (transmission.answer().status() == 200 && have > 0) {
        // The whole file comes, not its rest.
        data.truncate(partial);
        files.point("D2.truncated", "truncates", partial);
      } else if (transmission.answer().status() == 206 && !range.startsWith("bytes " + have + "-")) {
        throw new Unavailable("another part comes than was asked for");
      }
    }

    @Override
    public void bytes(byte[] piece) {
      for (int at = 0; at < piece.length && read(partial).length < offer.size() + PIECE; at += PIECE) {
        append(Arrays.copyOfRange(piece, at, Math.min(piece.length, at + PIECE)));
      }
    }

    private void append(byte[] bytes) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(read(partial));
      whole.writeBytes(bytes);
      data.write(partial, Content.of(whole.toByteArray()));
      files.point("D2", "appends to", partial);
      link.moment(false);
    }
  }

  private void finish(String partial, String path) {
    finish(partial, path, !setup.has(Departure.NOT_SYNCED));
  }

  void finish(String partial, String path, boolean synced) {
    data.close(partial);
    data.rename(partial, path);
    files.point("D4", "renames to", path);
    link.moment(false);
    if (synced) {
      data.fsync(path);
      files.point("D5.file", "syncs", path);
      data.fsyncDirectory(SnapClient.SNAPS);
      files.point("D5", "syncs the folder of", path);
    }
    machine.step("has the whole content of " + path);
  }
}
