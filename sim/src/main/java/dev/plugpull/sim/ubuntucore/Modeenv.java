package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.sealing.TrustedAssets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /var/lib/snapd/modeenv} on ubuntu-data (UC20 and later), always written with P1.
 *
 * @param base blob of the good base. Written at install and at boot success; absence: emergency in the initramfs
 * @param tryBase blob of the base to try. Written together with {@code base_status} when the next base is set; empty:
 * none
 * @param baseStatus {@code ""}, {@code try} (snapd), {@code trying} (initramfs, before it starts the try base)
 * @param currentKernels blobs that the initramfs accepts. Widened before a kernel is tried, reduced at boot success. A
 *     repeated link-snap adds its kernel twice; canonical form where nothing is sealed: duplicates count once
 * @param gadget blob of the gadget. Written at install and by link-snap of a gadget (G13); empty: none is mounted
 * @param entries what it says of recovery systems and of the model
 * @param trusted the boot loaders that may be measured. Widened before a gadget's assets are written (G3), reduced at
 *     boot success; none: nothing is sealed
 */
record Modeenv(String base, String tryBase, String baseStatus, List<String> currentKernels, String gadget,
    ModeEntries entries, TrustedAssets trusted) {

  static final String PATH = "/var/lib/snapd/modeenv";

  Modeenv {
    currentKernels = List.copyOf(currentKernels);
  }

  Content content() {
    StringBuilder text = new StringBuilder(160);
    text.append("mode=run\n");
    entry(text, "base", base);
    entry(text, "try_base", tryBase);
    entry(text, "base_status", baseStatus);
    entry(text, "gadget", gadget);
    entry(text, "current_kernels", String.join(",", currentKernels));
    entry(text, "current_recovery_systems", entries.current());
    entry(text, "good_recovery_systems", entries.good());
    entry(text, "model", number(entries.model()));
    entry(text, "try_model", number(entries.tryModel()));
    if (trusted.tracked()) {
      entry(text, "current_trusted_boot_assets", trusted.hashes().toString());
    }
    return Content.parsed(text.toString(), this);
  }

  /** Parses a modeenv; null when it is missing, short or not one. */
  static Modeenv read(Content content) {
    return content != null && content.value() instanceof Modeenv modeenv ? modeenv : null;
  }

  Modeenv allowing(String kernel) {
    if (currentKernels.contains(kernel) && !trusted.tracked()) {
      return this;
    }
    List<String> more = new ArrayList<>(currentKernels);
    more.add(kernel);
    return new Modeenv(base, tryBase, baseStatus, more, gadget, entries, trusted);
  }

  Modeenv kernelsReducedTo(String kernel) {
    return new Modeenv(base, tryBase, baseStatus, List.of(kernel), gadget, entries, trusted);
  }

  Modeenv trying(String next) {
    return new Modeenv(base, next, "try", currentKernels, gadget, entries, trusted);
  }

  Modeenv status(String status) {
    return new Modeenv(base, tryBase, status, currentKernels, gadget, entries, trusted);
  }

  Modeenv promoted(String booted) {
    return new Modeenv(booted, "", "", currentKernels, gadget, entries, trusted);
  }

  Modeenv withGadget(String blob) {
    return new Modeenv(base, tryBase, baseStatus, currentKernels, blob, entries, trusted);
  }

  Modeenv with(ModeEntries other) {
    return new Modeenv(base, tryBase, baseStatus, currentKernels, gadget, other, trusted);
  }

  Modeenv withTrusted(TrustedAssets lists) {
    return new Modeenv(base, tryBase, baseStatus, currentKernels, gadget, entries, lists);
  }

  private static String number(int model) {
    return model == 0 ? "" : Integer.toString(model);
  }

  private static void entry(StringBuilder text, String key, String value) {
    if (!value.isEmpty()) {
      text.append(key).append('=').append(value).append('\n');
    }
  }
}
