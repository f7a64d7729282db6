package tv.hearth.support.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tv.hearth.support.Seeds;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.MapEdits;
import tv.hearth.support.record.Samples.Sample;

/** What holds for every record: a stable format, and nothing but RecordException for bad bytes. */
class RecordFormatTest {
  static List<Sample> samples() {
    return Samples.all();
  }

  /**
   * The bytes that version 1 has for ever: signed records outlive the code. A change here is a new
   * version of the record, not a new constant.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void bytesAreThoseOfTheFormat(Sample sample) throws IOException {
    Properties golden = new Properties();
    try (InputStream in = getClass().getResourceAsStream("golden.properties")) {
      golden.load(in);
    }
    String hex = golden.getProperty(sample.type());
    assertNotNull(hex, sample.type() + "=" + HexFormat.of().formatHex(sample.bytes()));
    assertEquals(hex, HexFormat.of().formatHex(sample.bytes()));
    assertEquals(samples().size(), golden.size());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void roundTrip(Sample sample) throws RecordException {
    assertArrayEquals(sample.bytes(), sample.again().of(sample.bytes()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anUnknownVersionIsRefusedByName(Sample sample) throws CborException {
    CborMap map = CborMap.parse(sample.bytes());
    for (long version : new long[] {0, 2, Long.MAX_VALUE}) {
      refused(sample, MapEdits.with(map, "v", version), sample.type() + " of version " + version);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anotherTypeIsRefused(Sample sample) throws RecordException {
    for (Sample other : samples()) {
      if (!other.type().equals(sample.type())) {
        RecordException thrown =
            assertThrows(RecordException.class, () -> sample.again().of(other.bytes()));
        assertEquals(
            "a " + other.type() + " where a " + sample.type() + " was expected",
            thrown.getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFieldIsNeededAndOfItsType(Sample sample) throws CborException {
    CborMap map = CborMap.parse(sample.bytes());
    for (String key : MapEdits.keys(map)) {
      refused(sample, MapEdits.without(map, key), key + " is missing");
      Object other = MapEdits.value(map, key) instanceof Boolean ? (Object) 1L : (Object) true;
      refused(sample, MapEdits.with(map, key, other), key + " has another type");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFieldIsBounded(Sample sample) throws CborException {
    CborMap map = CborMap.parse(sample.bytes());
    for (String key : MapEdits.keys(map)) {
      Object value = MapEdits.value(map, key);
      if (value instanceof Long) {
        refused(sample, MapEdits.with(map, key, -1L), "");
        refused(sample, MapEdits.with(map, key, Long.MIN_VALUE), "");
      } else if (value instanceof byte[]) {
        refused(sample, MapEdits.with(map, key, new byte[(1 << 20) + 1]), key);
      } else if (value instanceof String) {
        refused(sample, MapEdits.with(map, key, "x".repeat(65)), "");
      } else if (value instanceof List) {
        Object item = ((List<?>) value).get(0);
        int tooMany = item instanceof CborMap ? 2_501 : 24_001;
        refused(sample, MapEdits.with(map, key, Collections.nCopies(tooMany, item)), key);
        refused(sample, MapEdits.with(map, key, List.of(true)), key);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void mutantsThrowNothingElse(Sample sample) {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = Seeds.mutated(random, sample.bytes());
      try {
        assertTrue(sample.again().of(bytes).length > 0);
      } catch (RecordException refused) {
        assertTrue(refused.getMessage().contains("hearth/"), refused.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError(Seeds.note(HexFormat.of().formatHex(bytes)), e);
      }
    }
  }

  @Test
  void theListOfSamplesIsWhole() {
    assertEquals(16, samples().stream().map(Sample::type).distinct().count());
  }

  private static void refused(Sample sample, CborMap map, String reason) {
    RecordException thrown =
        assertThrows(
            RecordException.class, () -> sample.again().of(map.toBytes()), sample + ": " + reason);
    assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
  }
}
