package dev.plugpull.conformance.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** Containers whose image is made of Debian packages on this machine: nothing comes from a registry of images. */
public final class DebianContainer {
  private DebianContainer() {}

  /** Skips the test, and says why, where no container can be had. */
  public static void require() {
    boolean there;
    try {
      there = DockerClientFactory.instance().isDockerAvailable();
    } catch (IllegalStateException e) {
      there = false;
    }
    if (!there) {
      System.err.println("SKIPPED: no Docker daemon answers; start one, or set DOCKER_HOST");
    }
    assumeTrue(there, "no Docker daemon answers; start one, or set DOCKER_HOST");
    for (String tool : List.of("apt-get", "dpkg-deb", "tar")) {
      assumeTrue(HostCommand.present(tool), tool + " is not here");
    }
  }

  /**
   * An image with these packages and what they depend on. It goes with this process.
   *
   * @param scratch an empty folder
   */
  public static ImageFromDockerfile image(Path scratch, List<String> packages) throws IOException {
    Path root = Files.createDirectory(scratch.resolve("root"));
    new DebianPackages(scratch).unpackTogether(packages, root);
    Files.createDirectories(root.resolve("tmp"));
    Files.createDirectories(root.resolve("var/tmp"));
    Path layer = scratch.resolve("root.tar");
    HostCommand.run("pack the root of a container", scratch, Map.of(),
        List.of("tar", "-c", "-f", layer.toString(), "-C", root.toString(), "."));
    return new ImageFromDockerfile().withFileFromPath("root.tar", layer)
        .withFileFromString("Dockerfile", "FROM scratch\nADD root.tar /\nCMD [\"sleep\", \"infinity\"]\n");
  }

  /** One that waits for commands, with the network of this machine. */
  public static GenericContainer<?> of(ImageFromDockerfile image) {
    return new GenericContainer<>(image).withImagePullPolicy(name -> false).withNetworkMode("host");
  }
}
