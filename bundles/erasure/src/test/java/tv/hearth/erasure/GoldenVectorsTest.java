package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The vectors of docs/format-erasure.md, which another implementation made. They never change. */
class GoldenVectorsTest {
  private static final int SHAPES = 29;

  private final PlaneErasureCode code = new PlaneErasureCode(1, 4, 1 << 20);

  @Test
  void hashesOfSeededStripes() throws Exception {
    List<String> vectors = lines("vectors.txt");
    assertEquals(SHAPES, vectors.size());
    for (String vector : vectors) {
      String[] field = vector.split(" ");
      int k = Integer.parseInt(field[0]);
      int n = Integer.parseInt(field[1]);
      int unit = Integer.parseInt(field[2]);
      byte[] data = seeded(Long.parseLong(field[3]), k * unit);
      assertEquals(field[4], sha256(data), "data of " + vector);
      assertEquals(field[5], sha256(encode(k, n, unit, data)), "parity of " + vector);
    }
  }

  @Test
  void literalStripes() throws Exception {
    List<String> vectors = lines("literals.txt");
    assertEquals(2, vectors.size());
    for (String vector : vectors) {
      String[] field = vector.split(" ");
      int k = Integer.parseInt(field[0]);
      int n = Integer.parseInt(field[1]);
      int unit = Integer.parseInt(field[2]);
      byte[] data = HexFormat.of().parseHex(field[3]);
      assertEquals(field[4], HexFormat.of().formatHex(encode(k, n, unit, data)));
      assertArrayEquals(new ReferenceCode(k, n).encode(data, unit), encode(k, n, unit, data));
    }
  }

  @Test
  void towerBasisAndMatricesOfThePage() {
    int[] basis = {0x01, 0xd6, 0x98, 0x44, 0x56, 0x8c, 0xcb, 0x61};
    for (int t = 0; t < basis.length; t++) {
      assertEquals(basis[t], TowerBasis.element(1 << t));
    }
    int[][] threeOfFive = {{0xd7, 0xd6, 0x99}, {0xd6, 0xd7, 0x98}};
    int[][] twoOfFive = {{0xd7, 0xd6}, {0xd6, 0xd7}, {0x99, 0x98}};
    assertArrayEquals(threeOfFive, weights(3, 5));
    assertArrayEquals(twoOfFive, weights(2, 5));
  }

  private static int[][] weights(int k, int n) {
    int[] data = IntStream.range(0, k).toArray();
    int[] parity = IntStream.range(k, n).toArray();
    return new Interpolation(new Shape(k, n)).weights(data, parity);
  }

  private byte[] encode(int k, int n, int unit, byte[] data) {
    ByteBuffer parity = ByteBuffer.allocate((n - k) * unit);
    code.encode(k, n, unit, ByteBuffer.wrap(data), parity);
    return parity.array();
  }

  /** The generator of the page: a 64-bit linear congruence, of which the top byte is taken. */
  private static byte[] seeded(long seed, int length) {
    byte[] data = new byte[length];
    long state = seed;
    for (int i = 0; i < length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      data[i] = (byte) (state >>> 56);
    }
    return data;
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = GoldenVectorsTest.class.getResourceAsStream(name)) {
      assertTrue(in != null, name + " is missing");
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }
}
