package tv.hearth.support.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.support.Seeds;

class MerkleTest {
  private static byte[] hash(String domain, int kind, byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(domain.getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) kind);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** RFC 9162 §2.1.1, word for word: k is the largest power of two smaller than n. */
  private static byte[] reference(String domain, List<byte[]> contents) throws Exception {
    int n = contents.size();
    if (n == 1) {
      return hash(domain, 0, contents.get(0));
    }
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return hash(
        domain,
        1,
        reference(domain, contents.subList(0, k)),
        reference(domain, contents.subList(k, n)));
  }

  private static byte[] root(Merkle tree, List<byte[]> contents) {
    ByteArrayOutputStream leaves = new ByteArrayOutputStream();
    contents.forEach(content -> leaves.writeBytes(tree.leaf(ByteBuffer.wrap(content))));
    return tree.root(leaves.toByteArray());
  }

  @Test
  void theTreeIsThatOfRfc9162() throws Exception {
    SplittableRandom random = Seeds.random();
    List<byte[]> contents = new ArrayList<>();
    for (int size = 1; size <= 130; size++) {
      contents.add(Seeds.bytes(random, random.nextInt(100)));
      String note = Seeds.note(size + " leaves");
      assertArrayEquals(reference("hearth-unit-1", contents), root(Merkle.UNITS, contents), note);
      assertArrayEquals(reference("hearth-piece-1", contents), root(Merkle.PIECES, contents), note);
    }
  }

  @Test
  void aLeafMayBeFedPartByPart() {
    byte[] content = {1, 2, 3, 4, 5};
    MessageDigest digest = Merkle.UNITS.startLeaf();
    digest.update(content, 0, 2);
    digest.update(content, 2, 3);
    assertArrayEquals(Merkle.UNITS.leaf(ByteBuffer.wrap(content)), digest.digest());
  }

  /** Two leaves' hashes are no leaf, a unit is no piece, and an added or moved leaf shows. */
  @Test
  void kindsAndShapesAreApart() {
    byte[] a = Merkle.UNITS.leaf(ByteBuffer.wrap(new byte[] {1}));
    byte[] b = Merkle.UNITS.leaf(ByteBuffer.wrap(new byte[] {2}));
    byte[] both = ByteBuffer.allocate(64).put(a).put(b).array();
    byte[] root = Merkle.UNITS.root(both);
    differ(root, Merkle.UNITS.leaf(ByteBuffer.wrap(both)));
    differ(root, Merkle.PIECES.root(both));
    differ(a, Merkle.PIECES.leaf(ByteBuffer.wrap(new byte[] {1})));
    differ(root, Merkle.UNITS.root(ByteBuffer.allocate(64).put(b).put(a).array()));
    differ(root, Merkle.UNITS.root(ByteBuffer.allocate(96).put(both).put(b).array()));
    assertArrayEquals(a, Merkle.UNITS.root(a));
  }

  private static void differ(byte[] one, byte[] other) {
    assertFalse(Arrays.equals(one, other));
  }

  @Test
  void noLeavesOrHalfALeafAreRefused() {
    for (int length : new int[] {0, 1, 31, 33, 63}) {
      assertThrows(
          IllegalArgumentException.class, () -> Merkle.UNITS.root(new byte[length]), "" + length);
    }
  }
}
