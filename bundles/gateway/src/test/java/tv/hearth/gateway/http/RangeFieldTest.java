package tv.hearth.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.gateway.Seeds;
import tv.hearth.gateway.http.RangeField.Selection;

class RangeFieldTest {
  private static final long GB5 = 5L << 30;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-0|100|0|1",
        "bytes=0-|100|0|100",
        "bytes=99-|100|99|1",
        "bytes=10-1000|100|10|90",
        "bytes=-1|100|99|1",
        "bytes=-100|100|0|100",
        "bytes=-5000|100|0|100",
        "BYTES=1-2|100|1|2",
        "bytes= 1-2 |100|1|2",
        "bytes=,1-2,|100|1|2",
        "bytes=200-,3-4|100|3|2",
        "bytes=0007-0008|100|7|2",
        "bytes=10-99999999999999999999999999|100|10|90",
        "bytes=-99999999999999999999999999|100|0|100",
        "bytes=5368709119-|5368709120|5368709119|1",
        "bytes=4294967296-4294967297|5368709120|4294967296|2",
      })
  void selectsAPart(String field, long total, long first, long length) {
    assertEquals(
        new Selection(Selection.Kind.PART, new ByteRange(first, length)),
        RangeField.select(List.of(field), total));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=100-",
        "bytes=100-200",
        "bytes=-0",
        "bytes=-0,500-600",
        "bytes=99999999999999999999999999-"
      })
  void knowsWhatCantBeSatisfied(String field) {
    assertEquals(Selection.Kind.UNSATISFIABLE, RangeField.select(List.of(field), 100).kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=,",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=1 0-",
        "bytes=1-2-3",
        "bytes=+1-2",
        "bytes=1-2,x",
        "bytes =1-2",
        "items=0-1",
        "bytes=0-1,5-6",
        "bytes=\u0661-2",
        "bytes=0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1,0-1"
      })
  void ignoresWhatItMayIgnore(String field) {
    assertEquals(
        new Selection(Selection.Kind.WHOLE, ByteRange.all(100)),
        RangeField.select(List.of(field), 100));
  }

  @Test
  void ignoresTwoFields() {
    assertEquals(
        Selection.Kind.WHOLE, RangeField.select(List.of("bytes=0-1", "bytes=0-1"), 100).kind());
  }

  @Test
  void anEmptyRepresentationSatisfiesASuffixAlone() {
    assertEquals(Selection.Kind.WHOLE, RangeField.select(List.of("bytes=-5"), 0).kind());
    assertEquals(Selection.Kind.UNSATISFIABLE, RangeField.select(List.of("bytes=0-"), 0).kind());
  }

  @Test
  void partsLieInsideWhateverIsAsked() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 20_000; i++) {
      long total = random.nextLong(GB5);
      String first = random.nextBoolean() ? "" : String.valueOf(random.nextLong(GB5));
      String last = random.nextBoolean() ? "" : String.valueOf(random.nextLong(GB5));
      Selection got = RangeField.select(List.of("bytes=" + first + "-" + last), total);
      if (got.range() != null) {
        ByteRange range = got.range();
        assertTrue(
            range.first() >= 0 && range.length() >= 0 && range.first() + range.length() <= total,
            Seeds.note(first + "-" + last + " of " + total + " gives " + range));
      }
    }
  }
}
