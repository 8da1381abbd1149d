package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.slots.Behaviour;
import dev.plugpull.sim.slots.SlotScenario;
import java.util.Arrays;
import java.util.TreeMap;

/** The images and payloads of a scenario, made once. */
final class Releases {
  private final TreeMap<Integer, byte[]> kernels = new TreeMap<>();
  private final TreeMap<Integer, byte[]> roots = new TreeMap<>();
  private final TreeMap<Integer, Payload> payloads = new TreeMap<>();

  Releases(ChromeBoard board, SlotScenario scenario) {
    for (int revision = SlotScenario.OLD; revision <= SlotScenario.NEXT; revision++) {
      byte[] root = RootImage.data(revision);
      String key = scenario.behaviour(revision) == Behaviour.REFUSED ? "a key of somebody else"
          : KernelImage.KERNEL_SUBKEY;
      byte[] kernel = KernelImage.build(1, board.risingVersions() ? revision : 1, revision,
          RootImage.digest(RootImage.hashTree(root)), key);
      roots.put(revision, root);
      kernels.put(revision, kernel);
      payloads.put(revision, Payload.of(revision, kernel, root, board.delta()));
    }
  }

  Iterable<Integer> targets() {
    return payloads.keySet();
  }

  Payload payload(int revision) {
    return payloads.get(revision);
  }

  byte[] kernel(int revision) {
    return kernels.get(revision);
  }

  /** A root partition with its hash tree. */
  byte[] root(int revision) {
    byte[] data = roots.get(revision);
    byte[] all = Arrays.copyOf(data, RootImage.BLOCKS * RootImage.BLOCK);
    System.arraycopy(RootImage.hashTree(data), 0, all, data.length, RootImage.BLOCK);
    return all;
  }

  /** The release whose root partition these bytes are, 0 if of none. */
  int revisionOfRoot(byte[] partition) {
    for (int revision : roots.keySet()) {
      if (Arrays.equals(root(revision), partition)) {
        return revision;
      }
    }
    return 0;
  }
}
