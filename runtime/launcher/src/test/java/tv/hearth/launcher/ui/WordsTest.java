package tv.hearth.launcher.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "9994, 9.99 kB",
    "9999, 10.0 kB",
    "99999, 100 kB",
    "123456, 123 kB",
    "999499, 999 kB",
    "999999, 1.00 MB",
    "3460000, 3.46 MB",
    "12345678901, 12.3 GB",
    "5e15, 5000 TB"
  })
  void threeDigitsInDecimalUnits(double bytes, String words) {
    assertEquals(words, Words.bytes(bytes));
  }

  @Test
  void timesAndRates() {
    assertEquals("1.5 s", Words.seconds(1_500_000_000L));
    assertEquals("2.00 MB/s", Words.rate(1_000_000, 500_000_000));
    assertEquals("0 B/s", Words.rate(0, 0));
  }
}
