package dev.plugpull.scenarios.family;

import dev.plugpull.scenarios.bootcount.BootCountFamily;
import dev.plugpull.scenarios.chromeos.ChromeOsFamily;
import dev.plugpull.scenarios.docker.DockerFamily;
import dev.plugpull.scenarios.download.DownloadFamily;
import dev.plugpull.scenarios.flatpak.FlatpakFamily;
import dev.plugpull.scenarios.microos.MicroOsFamily;
import dev.plugpull.scenarios.ostree.OstreeFamily;
import dev.plugpull.scenarios.rauc.RaucFamily;
import dev.plugpull.scenarios.systemdboot.SystemdBootFamily;
import dev.plugpull.scenarios.tryboot.TrybootFamily;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Every family, one line each. Programs that use Plugpull bring families of their own as services of type {@link
 * Family}.
 */
public final class Families {
  private static final List<Family> ALL = List.of(
      new DownloadFamily(),
      new BootCountFamily(),
      new RaucFamily(),
      new MicroOsFamily(),
      new SystemdBootFamily(),
      new TrybootFamily(),
      new ChromeOsFamily(),
      new OstreeFamily(),
      new DockerFamily(),
      new FlatpakFamily(),
      new UbuntuCoreFamily());

  private Families() {}

  public static List<Family> all() {
    List<Family> all = new ArrayList<>(ALL);
    ServiceLoader.load(Family.class).forEach(all::add);
    return all;
  }

  /**
   * The family of this name.
   *
   * @param where the file that names it
   * @throws UnreadableProfileException if there is none
   */
  public static Family named(String name, String where) {
    List<Family> all = all();
    return all.stream().filter(family -> family.name().equals(name)).findFirst().orElseThrow(
        () -> new UnreadableProfileException(where, "there is no family '" + name + "'",
            "known are " + all.stream().map(Family::name).toList()));
  }
}
