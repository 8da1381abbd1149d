package dev.plugpull.sim.store.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.RsaPublicKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.Tool;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL accepts both signatures of a payload over the bytes that the format says, and no others. */
@Tag("differential")
class PayloadToolTest {

  private static final int BITS = 2048;
  /** After a signature of the payload's format: its unpadded length as field 3. */
  private static final int TAIL = 5;

  @TempDir
  private Path folder;

  private boolean opensslAccepts(byte[] content, byte[] signature) throws Exception {
    Files.write(folder.resolve("content"), content);
    Files.write(folder.resolve("signature"), signature);
    return Tool.run(folder, Map.of(), "openssl", "dgst", "-sha256", "-verify", "public", "-signature", "signature",
        "content").exit() == 0;
  }

  private static byte[] signature(byte[] message) {
    return Arrays.copyOfRange(message, message.length - TAIL - BITS / 8, message.length - TAIL);
  }

  @Test
  void metadataAndPayloadAreSignedAsOpensslSigns() throws Exception {
    Tool.require("openssl", "openssl");
    RsaKey key = RsaKey.generate(BITS, new SeededRandom(6));
    Files.writeString(folder.resolve("secret"), "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.pkcs8()) + "\n-----END PRIVATE KEY-----\n");
    Tool.Said made = Tool.run(folder, Map.of(), "openssl", "pkey", "-in", "secret", "-pubout", "-out", "public");
    assertThat(made.exit()).as(made.text()).isZero();
    assertThat(RsaPublicKey.fromPem(Files.readString(folder.resolve("public")))).isEqualTo(key.publicKey());
    byte[] payload = PayloadWriter.full(new TreeMap<>(Map.of("root", new byte[8192])), 100, key);
    int metadata = (int) PayloadWriter.announce(payload).metadataSize();
    int data = metadata + ByteBuffer.wrap(payload).getInt(PayloadWriter.HEADER - Integer.BYTES);
    byte[] head = Arrays.copyOf(payload, metadata);
    assertThat(opensslAccepts(head, signature(Arrays.copyOfRange(payload, metadata, data)))).isTrue();
    int end = payload.length - (data - metadata);
    byte[] signed = Arrays.copyOf(head, metadata + end - data);
    System.arraycopy(payload, data, signed, metadata, end - data);
    byte[] last = signature(payload);
    assertThat(opensslAccepts(signed, last)).isTrue();
    signed[metadata] ^= 1;
    assertThat(opensslAccepts(signed, last)).isFalse();
    assertThat(opensslAccepts(head, last)).isFalse();
  }
}
