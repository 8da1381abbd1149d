package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An exploration boots millions of times: a warm boot must not parse and must stay far below a millisecond. */
class GrubSpeedTest {

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Test
  void aWarmBootTakesMicroseconds() throws GrubEnvironmentException {
    MemoryVolume boot =
        new MemoryVolume(0, 3, "ubuntu-boot")
            .with("/EFI/ubuntu/grub.cfg", GrubReferenceScripts.uc20Run())
            .with("/EFI/ubuntu/kernel.efi", Content.opaque("good", 9))
            .with("/EFI/ubuntu/try-kernel.efi", Content.opaque("new", 9));
    Content environment = GrubEnvironment.snapdFile(Map.of("kernel_status", "try"));
    Grub grub = new Grub(GrubConfig.stock("(hd0,gpt3)/EFI/ubuntu"));
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 30; round++) {
      long start = cpu();
      for (int i = 0; i < 1000; i++) {
        boot.with("/EFI/ubuntu/grubenv", environment);
        grub.boot(new MemoryMachine(boot));
      }
      best = Math.min(best, (cpu() - start) / 1e6);
    }
    System.out.printf("GRUB: %.1f microseconds a boot of the run configuration with a save%n", best);
    assertThat(best).as("microseconds a boot").isLessThan(100);
  }
}
