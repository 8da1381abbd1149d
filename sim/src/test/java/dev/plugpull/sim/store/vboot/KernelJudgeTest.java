package dev.plugpull.sim.store.vboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import dev.plugpull.sim.store.vboot.KernelJudge.Mode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Kernels of our own, good and tampered with, in every mode. */
class KernelJudgeTest {

  private static final RsaKey SUBKEY = RsaKey.generate(1024, new SeededRandom(1));
  private static final RsaKey DATA = RsaKey.generate(1024, new SeededRandom(2));
  private static final PackedKey PACKED_SUBKEY = PackedKey.of(SUBKEY.publicKey(), 1);
  private static final byte[] BODY = new byte[3 * 4096];
  private static final byte[] GOOD = kernel(2, 3, 0x7, SUBKEY);

  private static byte[] kernel(int keyVersion, int version, long flags, RsaKey signer) {
    return KernelBlob.kernel(KernelBlob.keyblock(PackedKey.of(DATA.publicKey(), keyVersion), flags, signer), DATA,
        version, BODY);
  }

  private static KernelJudge.Verified judge(byte[] blob, Mode mode, long tpm) throws TrustException {
    return new KernelJudge(PACKED_SUBKEY, mode, tpm).judge(blob);
  }

  @Test
  void aGoodKernelStarts() throws Exception {
    KernelJudge.Verified verified = judge(GOOD, Mode.NORMAL, 0x20003);
    assertThat(verified.version()).isEqualTo(0x20003);
    assertThat(verified.body()).isEqualTo(BODY);
  }

  @Test
  void olderVersionsStartInNoNormalBoot() throws Exception {
    refused(Defect.ROLLBACK, GOOD, Mode.NORMAL, 0x20004);
    refused(Defect.ROLLBACK, GOOD, Mode.NORMAL, 0x30000);
    assertThat(judge(GOOD, Mode.DEVELOPER, 0x30000).version()).isEqualTo(0x20003);
  }

  @Test
  void keyblocksCountOnlyInTheirMode() throws Exception {
    refused(Defect.MISMATCH, GOOD, Mode.RECOVERY, 0);
    refused(Defect.MISMATCH, kernel(2, 3, 0x2 | 0x4, SUBKEY), Mode.NORMAL, 0);
    assertThat(judge(kernel(2, 3, 0x9, SUBKEY), Mode.RECOVERY, 0x50000).body()).isEqualTo(BODY);
  }

  @Test
  void aDevelopersOwnKeyblockCountsOnlyInDeveloperMode() throws Exception {
    byte[] own = kernel(2, 3, 0x7, DATA);
    refused(Defect.SIGNATURE, own, Mode.NORMAL, 0);
    assertThat(judge(own, Mode.DEVELOPER, 0).body()).isEqualTo(BODY);
    byte[] broken = own.clone();
    broken[200] ^= 1;
    refused(Defect.DIGEST, broken, Mode.DEVELOPER, 0);
  }

  @Test
  void whatIsMarkedCorruptDoesNotStart() {
    byte[] marked = GOOD.clone();
    System.arraycopy("DMVERROR".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, marked, 0, 8);
    refused(Defect.FORMAT, marked, Mode.NORMAL, 0);
  }

  @Test
  void noFlippedByteAndNoCutStarts() {
    for (int at = 0; at < GOOD.length; at += at < 2000 ? 3 : 1021) {
      byte[] bad = GOOD.clone();
      bad[at] ^= 4;
      TrustException why = catchThrowableOfType(TrustException.class, () -> judge(bad, Mode.NORMAL, 0x20003));
      // Between the signature of the preamble and the body lies padding that nothing reads; the digest of the
      // keyblock counts in developer mode only.
      boolean unread = at >= 376 && at < 440 || at >= 940 && at < KernelBlob.BODY_AT;
      assertThat(why == null).as("offset %d", at).isEqualTo(unread);
    }
    for (int length : new int[] {0, 7, 111, 500, 800, KernelBlob.BODY_AT, GOOD.length - 1}) {
      byte[] cut = Arrays.copyOf(GOOD, length);
      assertThat(catchThrowableOfType(TrustException.class, () -> judge(cut, Mode.NORMAL, 0))).as("%d", length)
          .isNotNull();
    }
  }

  private static void refused(Defect defect, byte[] blob, Mode mode, long tpm) {
    TrustException why = catchThrowableOfType(TrustException.class, () -> judge(blob, mode, tpm));
    assertThat(why).as(defect.name()).isNotNull();
    assertThat(why.defect()).as(why.getMessage()).isEqualTo(defect);
  }
}
