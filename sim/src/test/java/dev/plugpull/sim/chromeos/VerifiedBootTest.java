package dev.plugpull.sim.chromeos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which kernels and root file systems are taken ({@code chrome-os.md} 4 to 6). */
class VerifiedBootTest {
  private static final byte[] ROOT = RootImage.data(2);
  private static final String DIGEST = RootImage.digest(RootImage.hashTree(ROOT));

  private static byte[] kernel(int version, String key) {
    return KernelImage.build(1, version, 2, DIGEST, key);
  }

  @Test
  void aSignedKernelIsTakenAndNamesItsRoot() {
    KernelImage image = KernelImage.verify(kernel(1, KernelImage.KERNEL_SUBKEY), 1 << 16 | 1, false);
    assertThat(image.failure()).isEmpty();
    assertThat(image.revision()).isEqualTo(2);
    assertThat(image.rootDigest()).isEqualTo(DIGEST);
  }

  @Test
  void aForeignKeyIsRefusedInNormalModeOnly() {
    byte[] foreign = kernel(1, "somebody else");
    assertThat(KernelImage.verify(foreign, 1, false).failure()).contains("keyblock");
    assertThat(KernelImage.verify(foreign, 1, true).good()).isTrue();
  }

  @Test
  void aVersionBelowTheTpmsIsRefusedInNormalModeOnly() {
    byte[] old = kernel(1, KernelImage.KERNEL_SUBKEY);
    assertThat(KernelImage.verify(old, 1 << 16 | 2, false).failure()).contains("below the TPM");
    assertThat(KernelImage.verify(old, 1 << 16 | 2, true).good()).isTrue();
  }

  @Test
  void everyDamagedBlockIsNoticed() {
    byte[] good = kernel(1, KernelImage.KERNEL_SUBKEY);
    for (int at : new int[] {0, 9, 20, 40, 60, KernelImage.BLOCK + 3}) {
      byte[] damaged = good.clone();
      damaged[at] ^= 1;
      assertThat(KernelImage.verify(damaged, 1, false).good()).as("byte " + at).isFalse();
    }
    byte[] marked = good.clone();
    System.arraycopy(KernelImage.VERITY_ERROR, 0, marked, 0, 8);
    assertThat(KernelImage.verify(marked, 1, false).failure()).contains("failed verification");
  }

  @Test
  void dmVerityNoticesDataTreeAndDigest() {
    byte[] partition = Arrays.copyOf(ROOT, RootImage.BLOCKS * RootImage.BLOCK);
    System.arraycopy(RootImage.hashTree(ROOT), 0, partition, ROOT.length, RootImage.BLOCK);
    assertThat(RootImage.verifies(partition, DIGEST)).isTrue();
    assertThat(RootImage.verifies(partition, "0".repeat(DIGEST.length()))).isFalse();
    for (int block = 0; block < RootImage.BLOCKS; block++) {
      byte[] damaged = partition.clone();
      damaged[block * RootImage.BLOCK + 1] ^= 1;
      assertThat(RootImage.verifies(damaged, DIGEST)).as("block " + block).isFalse();
    }
  }

  @Test
  void firmwareSlotsVerify() {
    byte[] image = FirmwareImage.build(3);
    assertThat(FirmwareImage.version(image)).isEqualTo(3);
    image[FirmwareImage.BLOCK] ^= 1;
    assertThat(FirmwareImage.version(image)).isZero();
    assertThat(FirmwareImage.version(new byte[FirmwareImage.BYTES])).isZero();
  }
}
