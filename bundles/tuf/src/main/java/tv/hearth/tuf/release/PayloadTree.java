package tv.hearth.tuf.release;

import java.util.HexFormat;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;

/**
 * What a target's {@code custom} says of the hash tree over its chunks ({@link Merkle#PAYLOAD}), so
 * that each chunk can be checked whoever sends it.
 *
 * @param chunkSize bytes of every chunk but the last
 * @param root 32 bytes
 */
public record PayloadTree(int chunkSize, byte[] root) {
  /** Bytes of a chunk in the trees that we make. */
  public static final int CHUNK_SIZE = 262_144;

  private static final int MOST_CHUNKS = 65_536;

  /** Copies the root. */
  public PayloadTree {
    root = root.clone();
  }

  @Override
  public byte[] root() {
    return root.clone();
  }

  /** Reads it from a target whose metadata was verified. */
  public static PayloadTree of(TargetFile target) throws ReleaseException {
    try {
      JsonObject own = target.custom().object("hearth");
      JsonObject tree = own.object("tree");
      long size = tree.whole("chunk-size");
      byte[] root = HexFormat.of().parseHex(tree.text("root"));
      boolean good =
          own.whole("format") == 1
              && tree.text("algorithm").equals("sha-256")
              && size >= 4096
              && size <= 4 << 20
              && root.length == Merkle.HASH
              && target.length() >= 1
              && target.length() <= size * MOST_CHUNKS;
      if (!good) {
        throw new ReleaseException(target.name() + " has a tree that this box does not know");
      }
      return new PayloadTree((int) size, root);
    } catch (JsonException | IllegalArgumentException e) {
      throw new ReleaseException(target.name() + " has no hash tree: " + e.getMessage());
    }
  }

  /** Chunks of a target of that many bytes. */
  public int chunks(long length) {
    return (int) ((length + chunkSize - 1) / chunkSize);
  }

  /** Whether these are the leaf hashes, concatenated, of a target of that many bytes. */
  public boolean fits(byte[] leaves, long length) {
    return leaves.length == chunks(length) * Merkle.HASH
        && java.util.Arrays.equals(Merkle.PAYLOAD.root(leaves), root);
  }
}
