package tv.hearth.support.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a newer release added to a stored map stays when an older one writes it again. */
class KeptFieldsTest {
  private static final String TYPE = "test/map";

  private static CborMap map(int version) {
    return new CborMap().put("t", TYPE).put("v", version).put("known", 1);
  }

  private static CborMap future() {
    return map(1)
        .put("colour", "red")
        .put("bits", new byte[] {1, 2})
        .put("deep", new CborMap().put("on", true))
        .putTexts("list", List.of("a", "b"));
  }

  @Test
  void whatIsNotKnownComesBackAsItWas() throws CborException {
    byte[] before = future().toBytes();
    KeptFields kept = KeptFields.of(CborMap.parse(before), Set.of("t", "v", "known"));
    assertArrayEquals(before, kept.into(map(1)).toBytes());
  }

  @Test
  void whatIsWrittenGoesBeforeWhatWasKept() throws CborException {
    KeptFields kept = KeptFields.of(future(), Set.of("t", "v"));
    assertEquals(2, kept.into(map(1).put("known", 2)).number("known", 0, 9));
  }

  @Test
  void keptFieldsAreValues() {
    Set<String> known = Set.of("t", "v", "known");
    assertEquals(KeptFields.of(future(), known), KeptFields.of(future(), known));
    assertEquals(KeptFields.NONE, KeptFields.of(map(1), known));
    assertFalse(KeptFields.of(future(), known).equals(KeptFields.NONE));
  }

  @Test
  void aNewerVersionIsToldFromDamageWhateverElseItHolds() throws CborException {
    byte[] newer = map(2).put("x", 3).toBytes();
    byte[] beyond = Arrays.copyOf(newer, newer.length + 1); // no CBOR of ours any more
    beyond[newer.length - 1] = (byte) 0xf6;
    assertThrows(NewerFormatException.class, () -> CborMap.parse(newer, TYPE, 1));
    assertThrows(NewerFormatException.class, () -> CborMap.parse(beyond, TYPE, 1));
    assertEquals(1, CborMap.parse(map(1).toBytes(), TYPE, 1).number("known", 0, 9));
  }

  @Test
  void damageIsNoNewerVersion() {
    byte[] torn = Arrays.copyOf(map(1).toBytes(), 12);
    byte[] other = new CborMap().put("t", "test/other").put("v", 2).toBytes();
    for (byte[] bytes : List.of(torn, other, new byte[0], map(0).toBytes())) {
      CborException refused =
          assertThrows(CborException.class, () -> CborMap.parse(bytes, TYPE, 1));
      assertEquals(CborException.class, refused.getClass(), refused.getMessage());
    }
  }
}
