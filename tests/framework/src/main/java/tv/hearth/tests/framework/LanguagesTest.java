package tv.hearth.tests.framework;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.util.tracker.ServiceTracker;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/**
 * A box whose middleware speaks one language at night and another after a restart finds all that it
 * stored: no name on disk follows the language.
 */
class LanguagesTest {
  private static final Locale ARABIC = Locale.forLanguageTag("ar-EG-u-nu-arab");
  private static final Locale THAI = Locale.forLanguageTag("th-TH-u-ca-buddhist-nu-thai");
  private static final Locale TURKISH = Locale.forLanguageTag("tr-TR");
  private static final OwnerId OWNER = new OwnerId("a".repeat(32));
  private static final long PATIENCE_MILLIS = 30_000;

  @InjectBundleContext BundleContext context;
  private Locale before;

  @BeforeEach
  void remember() {
    before = Locale.getDefault();
  }

  @AfterEach
  void putBack() throws Exception {
    Locale.setDefault(before);
    storage().start();
  }

  static Stream<Arguments> changes() {
    List<Locale> all = List.of(Locale.ENGLISH, ARABIC, THAI, TURKISH);
    return all.stream()
        .flatMap(from -> all.stream().filter(to -> to != from).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatIsStoredInOneIsFoundInAnother(Locale from, Locale to) throws Exception {
    String id = String.format(Locale.ROOT, "%032x", Math.abs(31 * from.hashCode() + to.hashCode()));
    PieceId piece = new PieceId(new ObjectId(id), 1234, 7);
    RecordKey key = new RecordKey(RecordKind.HEAD, "a".repeat(32), id);
    Bytes record = Bytes.of(new byte[] {1, 2, 3});
    byte[] content = new byte[9000];
    Arrays.fill(content, (byte) 7);

    restart(from);
    PieceStore pieces = service(PieceStore.class);
    pieces.reserve(piece, OWNER, content.length, 4096, Instant.ofEpochSecond(4_000_000_000L));
    pieces.write(piece, 0, ByteBuffer.wrap(content));
    pieces.commit(piece);
    assertTrue(service(RecordStore.class).replace(key, List.of(), List.of(record)));

    restart(to);
    ByteBuffer read = ByteBuffer.allocate(content.length);
    service(PieceStore.class).read(piece, 0, 3, read);
    assertArrayEquals(content, read.array());
    assertEquals(List.of(record), service(RecordStore.class).get(key));
    assertEquals(1, service(PieceStore.class).delete(piece.object(), OWNER));
    assertTrue(service(RecordStore.class).replace(key, List.of(record), List.of()));
  }

  private void restart(Locale locale) throws Exception {
    storage().stop();
    Locale.setDefault(locale);
    storage().start();
  }

  private Bundle storage() {
    return new HearthBundles(context)
        .providers().stream()
            .filter(each -> each.getSymbolicName().equals("tv.hearth.storage"))
            .findFirst()
            .orElseThrow();
  }

  private <T> T service(Class<T> type) throws InterruptedException {
    ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    try {
      T service = tracker.waitForService(PATIENCE_MILLIS);
      assertTrue(service != null, () -> "no " + type.getSimpleName());
      return service;
    } finally {
      tracker.close();
    }
  }
}
