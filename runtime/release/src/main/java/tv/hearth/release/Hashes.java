package tv.hearth.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.tuf.release.PayloadTree;

/** SHA-256, and the leaves of payload trees. Pure but for reading. */
final class Hashes {
  private Hashes() {}

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[65_536];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The leaf hashes over the file's chunks, concatenated. */
  static byte[] leaves(Path file) throws IOException {
    byte[] leaves = new byte[0];
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = in.readNBytes(PayloadTree.CHUNK_SIZE);
      while (chunk.length > 0) {
        byte[] leaf = Merkle.PAYLOAD.leaf(ByteBuffer.wrap(chunk));
        leaves = Arrays.copyOf(leaves, leaves.length + leaf.length);
        System.arraycopy(leaf, 0, leaves, leaves.length - leaf.length, leaf.length);
        chunk = in.readNBytes(PayloadTree.CHUNK_SIZE);
      }
    }
    return leaves;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256", e);
    }
  }
}
