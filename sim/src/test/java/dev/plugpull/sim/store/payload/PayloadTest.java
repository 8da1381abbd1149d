package dev.plugpull.sim.store.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plugpull.sim.store.payload.PayloadException.Code;
import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Payloads, good and tampered with: each corruption meets the check that the real engine would make. */
class PayloadTest {

  private static final RsaKey KEY = RsaKey.generate(1024, new SeededRandom(1));
  private static final SortedMap<String, byte[]> OLD = partitions(1);
  private static final byte[] GOOD = PayloadWriter.full(OLD, 100, KEY);
  private static final Announced ANNOUNCED = PayloadWriter.announce(GOOD);
  private static final int METADATA = (int) ANNOUNCED.metadataSize();
  private static final int DATA = METADATA + ByteBuffer.wrap(GOOD).getInt(20);

  private static SortedMap<String, byte[]> partitions(int seed) {
    byte[] root = new byte[40 * 4096];
    byte[] kernel = new byte[2 * 4096];
    new SeededRandom(seed).nextBytes(root);
    Arrays.fill(kernel, (byte) seed);
    return new TreeMap<>(Map.of("root", root, "kernel", kernel));
  }

  private static SortedMap<String, byte[]> apply(byte[] payload, Announced announced) throws PayloadException {
    return new PayloadReader(KEY.publicKey(), announced, 50).apply(payload);
  }

  @Test
  void aGoodPayloadIsApplied() throws Exception {
    assertThat(apply(GOOD, ANNOUNCED)).containsOnlyKeys("kernel", "root");
    assertThat(apply(GOOD, ANNOUNCED).get("root")).isEqualTo(OLD.get("root"));
  }

  @Test
  void everyCorruptionMeetsItsCheck() {
    refused(Code.DOWNLOAD_INVALID_METADATA_MAGIC_STRING, flipped(0), ANNOUNCED);
    refused(Code.UNSUPPORTED_MAJOR_PAYLOAD_VERSION, flipped(11), ANNOUNCED);
    refused(Code.DOWNLOAD_INVALID_METADATA_SIZE, flipped(19), ANNOUNCED);
    refused(Code.DOWNLOAD_METADATA_SIGNATURE_MISMATCH, flipped(40), ANNOUNCED);
    refused(Code.DOWNLOAD_METADATA_SIGNATURE_MISMATCH, flipped(METADATA + 30), ANNOUNCED);
    refused(Code.DOWNLOAD_OPERATION_HASH_MISMATCH, flipped(DATA + 5), ANNOUNCED);
    refused(Code.DOWNLOAD_TRANSFER_ERROR, Arrays.copyOf(GOOD, 10), ANNOUNCED);
    refused(Code.DOWNLOAD_TRANSFER_ERROR, Arrays.copyOf(GOOD, DATA + 4096), ANNOUNCED);
    refused(Code.PAYLOAD_SIZE_MISMATCH_ERROR, Arrays.copyOf(GOOD, GOOD.length - 1), ANNOUNCED);
    refused(Code.PAYLOAD_SIZE_MISMATCH_ERROR, Arrays.copyOf(GOOD, GOOD.length + 1), ANNOUNCED);
    refused(Code.PAYLOAD_HASH_MISMATCH_ERROR, flipped(GOOD.length - 9), ANNOUNCED);
  }

  @Test
  void aServerThatLiesAboutTheDigestDoesNotMakeItGood() {
    byte[] bad = flipped(GOOD.length - 9);
    refused(Code.DOWNLOAD_PAYLOAD_PUB_KEY_VERIFICATION_ERROR, bad, PayloadWriter.announce(bad));
    refused(Code.PAYLOAD_HASH_MISMATCH_ERROR, GOOD, PayloadWriter.announce(bad));
  }

  @Test
  void anotherKeyAnOlderPayloadAndAMixAreRefused() {
    byte[] foreign = PayloadWriter.full(OLD, 100, RsaKey.generate(1024, new SeededRandom(2)));
    refused(Code.DOWNLOAD_METADATA_SIGNATURE_MISMATCH, foreign, PayloadWriter.announce(foreign));
    byte[] older = PayloadWriter.full(OLD, 49, KEY);
    refused(Code.PAYLOAD_TIMESTAMP_ERROR, older, PayloadWriter.announce(older));
    byte[] other = PayloadWriter.full(partitions(2), 100, KEY);
    byte[] mixed = other.clone();
    System.arraycopy(GOOD, 0, mixed, 0, DATA);
    refused(Code.DOWNLOAD_OPERATION_HASH_MISMATCH, mixed, PayloadWriter.announce(mixed));
  }

  @Test
  void noFlippedByteIsTaken() {
    for (int at = 0; at < GOOD.length; at += at < DATA ? 7 : 4099) {
      byte[] bad = flipped(at);
      assertThat(catchThrowableOfType(PayloadException.class, () -> apply(bad, ANNOUNCED))).as("offset %d", at)
          .isNotNull();
    }
  }

  private static byte[] flipped(int at) {
    byte[] bad = GOOD.clone();
    bad[at] ^= 1;
    return bad;
  }

  private static void refused(Code code, byte[] payload, Announced announced) {
    PayloadException why = catchThrowableOfType(PayloadException.class, () -> apply(payload, announced));
    assertThat(why).as(code.word()).isNotNull();
    assertThat(why.code()).as(why.getMessage()).isEqualTo(code);
  }
}
