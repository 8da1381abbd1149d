package dev.plugpull.sim.store.flatpak;

/**
 * One application or runtime.
 *
 * @param kind {@code app} or {@code runtime}
 * @param id such as {@code org.example.Hello}
 * @param runtime for applications {@code ID/ARCH/BRANCH} of the runtime; for runtimes their own name
 */
public record FlatpakRef(String kind, String id, String arch, String branch, String runtime) {

  public static FlatpakRef app(String id, String arch, String branch, String runtime) {
    return new FlatpakRef("app", id, arch, branch, runtime);
  }

  public static FlatpakRef runtime(String id, String arch, String branch) {
    return new FlatpakRef("runtime", id, arch, branch, id + "/" + arch + "/" + branch);
  }

  /** The OSTree ref. */
  public String ref() {
    return kind + "/" + id + "/" + arch + "/" + branch;
  }

  /** The text of the deployment's {@code metadata} file. */
  String metadata() {
    return kind.equals("app")
        ? "[Application]\nname=" + id + "\nruntime=" + runtime + "\nsdk=" + runtime + "\ncommand=run\n"
        : "[Runtime]\nname=" + id + "\nruntime=" + runtime + "\nsdk=" + runtime + "\n";
  }
}
