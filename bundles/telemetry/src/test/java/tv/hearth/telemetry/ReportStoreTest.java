package tv.hearth.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportStoreTest {
  @TempDir Path dir;

  @Test
  void reportsComeBackInOrderOverARestart() throws IOException {
    ReportStore store = new ReportStore(dir, 10, 10_000);
    store.add("{\"a\":1}");
    store.add("{\"ä\":2}");
    store = new ReportStore(dir, 10, 10_000);
    assertEquals(List.of("{\"a\":1}"), store.oldest(1).reports());
    ReportStore.Batch all = store.oldest(5);
    assertEquals(List.of("{\"a\":1}", "{\"ä\":2}"), all.reports());
    store.remove(all);
    assertEquals(0, store.reports());
    assertEquals(0, new ReportStore(dir, 10, 10_000).reports());
  }

  @Test
  void theOldestGoesByCountAndByBytes() throws IOException {
    ReportStore store = new ReportStore(dir, 3, 100_000);
    for (int i = 0; i < 5; i++) {
      store.add("{\"i\":" + i + "}");
    }
    assertEquals(2, store.dropped());
    assertEquals(List.of("{\"i\":2}", "{\"i\":3}", "{\"i\":4}"), store.oldest(9).reports());
    store = new ReportStore(dir, 3, 50);
    assertEquals(2, store.reports());
    store.add("{\"long\":\"" + "x".repeat(200) + "\"}");
    assertEquals(0, store.reports(), "what is larger than the store is not kept either");
  }

  @Test
  void damagedReportsAreDroppedAndCounted() throws IOException {
    ReportStore store = new ReportStore(dir, 10, 10_000);
    store.add("{\"a\":1}");
    store.add("{\"a\":2}");
    store.add("{\"a\":3}");
    List<Path> files;
    try (var all = Files.list(dir)) {
      files = all.sorted().toList();
    }
    byte[] flipped = Files.readAllBytes(files.get(0));
    flipped[flipped.length - 2] ^= 1;
    Files.write(files.get(0), flipped);
    Files.write(files.get(1), new byte[3]);
    assertEquals(List.of("{\"a\":3}"), store.oldest(10).reports());
    assertEquals(2, store.dropped());
  }

  /** Neither sent, nor dropped, nor in the way of others. */
  @Test
  void reportsOfANewerReleaseAreLeftForIt() throws IOException {
    Path later = Files.writeString(dir.resolve("0000000000000004.report"), "HTR2 what a report");
    Path unknown = Files.writeString(dir.resolve("0000000000000004.summary"), "what is this");
    ReportStore store = new ReportStore(dir, 3, 10_000);
    for (int i = 0; i < 5; i++) {
      store.add("{\"i\":" + i + "}");
    }
    ReportStore.Batch all = store.oldest(9);
    assertEquals(3, all.reports().size());
    store.remove(all);
    assertEquals(2, store.dropped());
    assertEquals(1, store.newer());
    assertEquals("HTR2 what a report", Files.readString(later));
    assertEquals("what is this", Files.readString(unknown));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "tr-TR"})
  void reportsAreFoundInWhateverLanguage(String language) throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      new ReportStore(dir, 10, 10_000).add("{\"a\":1}");
      Locale.setDefault(Locale.ENGLISH);
      ReportStore store = new ReportStore(dir, 10, 10_000);
      store.add("{\"a\":2}");
      Locale.setDefault(Locale.forLanguageTag(language));
      store = new ReportStore(dir, 10, 10_000);
      assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), store.oldest(5).reports());
      assertEquals(0, store.dropped());
    } finally {
      Locale.setDefault(before);
    }
  }
}
