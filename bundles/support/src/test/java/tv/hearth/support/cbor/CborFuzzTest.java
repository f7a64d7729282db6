package tv.hearth.support.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.support.Seeds;

class CborFuzzTest {
  private static final int ROUNDS = 400;
  private static final int MUTATIONS = 20;

  /** What was accepted is written again as the same bytes: there is one encoding of a map. */
  @Test
  void randomMapsComeBackAndMutantsAreRefusedOrCanonical() throws CborException {
    SplittableRandom random = Seeds.random();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = map(random, 0).toBytes();
      assertArrayEquals(bytes, CborMap.parse(bytes).toBytes(), Seeds.note("round " + round));
      for (int i = 0; i < MUTATIONS; i++) {
        mutant(Seeds.mutated(random, bytes));
      }
      mutant(Seeds.bytes(random, random.nextInt(64)));
    }
  }

  private static void mutant(byte[] bytes) {
    long before = CborRefusalsTest.allocated();
    try {
      CborMap map = CborMap.parse(bytes);
      assertArrayEquals(bytes, map.toBytes(), Seeds.note("accepted, but not canonical"));
    } catch (CborException refused) {
      assertTrue(!refused.getMessage().isBlank(), Seeds.note("a reason"));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(Seeds.note(java.util.HexFormat.of().formatHex(bytes)), e);
    }
    long taken = CborRefusalsTest.allocated() - before;
    assertTrue(
        taken < 128L * bytes.length + (64 << 10),
        Seeds.note(bytes.length + " bytes took " + taken));
  }

  private static CborMap map(SplittableRandom random, int depth) {
    CborMap map = new CborMap();
    for (int i = random.nextInt(6); i > 0; i--) {
      map.set(key(random), value(random, depth + 1));
    }
    return map;
  }

  private static String key(SplittableRandom random) {
    StringBuilder key = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      key.append((char) random.nextInt(0x20, 0x7f));
    }
    return key.toString();
  }

  private static Object value(SplittableRandom random, int depth) {
    switch (random.nextInt(depth < 5 ? 6 : 4)) {
      case 0:
        return random.nextLong() >> random.nextInt(64);
      case 1:
        return Seeds.bytes(random, random.nextInt(300));
      case 2:
        return random.nextBoolean() ? "é水\ud800\udd51".repeat(random.nextInt(9)) : key(random);
      case 3:
        return random.nextBoolean();
      case 4:
        return map(random, depth);
      default:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          list.add(value(random, depth + 1));
        }
        return list;
    }
  }
}
