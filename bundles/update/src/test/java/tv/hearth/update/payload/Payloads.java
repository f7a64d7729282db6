package tv.hearth.update.payload;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.merkle.Merkle;

/** Payloads of random bytes. */
final class Payloads {
  static final int CHUNK = 4096;

  private Payloads() {}

  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] leaves(byte[] content) {
    int chunks = (content.length + CHUNK - 1) / CHUNK;
    ByteBuffer leaves = ByteBuffer.allocate(chunks * Merkle.HASH);
    for (int i = 0; i < chunks; i++) {
      leaves.put(Merkle.PAYLOAD.leaf(ByteBuffer.wrap(chunk(content, i))));
    }
    return leaves.array();
  }

  static Tree tree(byte[] content) {
    byte[] leaves = leaves(content);
    return new Tree(Bytes.of(Merkle.PAYLOAD.root(leaves)), content.length, CHUNK, Bytes.of(leaves));
  }

  static byte[] chunk(byte[] content, int index) {
    return Arrays.copyOfRange(
        content, index * CHUNK, Math.min(content.length, index * CHUNK + CHUNK));
  }

  static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
