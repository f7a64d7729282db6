package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.Role;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.record.Tombstone;
import tv.hearth.tests.contracts.pieces.PieceSamples;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.net.Settings;
import tv.hearth.transfer.serve.DeletionDesk;
import tv.hearth.transfer.serve.Reply;

/** A content authority locks at once, erases after 30 days, and can't empty a neighbourhood. */
@Timeout(300)
final class ContentDeletionTest {
  private static final int PER_DAY = 3;

  @TempDir Path temp;
  private final Moving clock = new Moving();
  private TestNeighbourhood neighbourhood;
  private TestBox holder;
  private TestBox ingest;
  private TestBox second;
  private DeletionDesk desk;

  @BeforeEach
  void start() throws Exception {
    neighbourhood = new TestNeighbourhood(temp);
    holder = TestBox.member(neighbourhood, "holder");
    ingest = new TestBox(neighbourhood, "ingest", Settings.DEFAULT, Clock.systemUTC(), true);
    second = new TestBox(neighbourhood, "second", Settings.DEFAULT, Clock.systemUTC(), true);
    desk = desk();
  }

  @AfterEach
  void stop() throws Exception {
    second.close();
    ingest.close();
    holder.close();
  }

  private DeletionDesk desk() throws Exception {
    return new DeletionDesk(holder.services, temp.resolve("locks"), PER_DAY, clock);
  }

  private PieceId film(int number) throws Exception {
    PieceId piece = PieceSamples.piece(number, 0, 0);
    OwnerId owner = ingest.identity().owner(Role.CONTENT);
    holder.pieces().reserve(piece, owner, 100, 64, Instant.MAX);
    holder.pieces().write(piece, 0, java.nio.ByteBuffer.allocate(100));
    holder.pieces().commit(piece);
    return piece;
  }

  private byte[] tombstone(TestBox by, PieceId piece) throws Exception {
    Tombstone tombstone =
        new Tombstone(by.identity().owner(Role.CONTENT), piece.object(), Instant.EPOCH);
    return by.identity().sign(Role.CONTENT, Tombstone.TYPE, tombstone.encode());
  }

  private boolean isLocked(PieceId piece) throws Exception {
    return desk.isDeleted(ingest.identity().owner(Role.CONTENT), piece.object());
  }

  private boolean isThere(PieceId piece) throws Exception {
    return holder.pieces().stat(piece).isPresent();
  }

  @Test
  void aFilmIsLockedAtOnceAndErasedAfterThirtyDays() throws Exception {
    PieceId film = film(1);
    assertEquals(200, desk.tombstone(tombstone(ingest, film), null).status());
    assertTrue(isLocked(film));
    assertThrows(
        Refusal.class,
        () -> desk.refuseDeleted(ingest.identity().owner(Role.CONTENT), film.object()));
    clock.pass(Duration.ofDays(29));
    desk.sweep();
    assertTrue(isThere(film));
    desk = desk();
    clock.pass(Duration.ofDays(1));
    desk.sweep();
    assertFalse(isThere(film));
    assertTrue(isLocked(film));
    try (var files = Files.list(temp.resolve("locks"))) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void anAuthorityThatWasWithdrawnErasesNothingAndWhatItLockedOpens() throws Exception {
    PieceId film = film(1);
    desk.tombstone(tombstone(ingest, film), null);
    neighbourhood.forgetContent(ingest.identity().owner(Role.CONTENT));
    assertFalse(isLocked(film));
    clock.pass(Duration.ofDays(31));
    desk.sweep();
    assertTrue(isThere(film));
  }

  @Test
  void moreThanTheDaysShareWaitsForASecondAuthority() throws Exception {
    for (int i = 1; i <= PER_DAY; i++) {
      assertEquals(200, desk.tombstone(tombstone(ingest, film(i)), null).status());
    }
    PieceId film = film(9);
    Reply waiting = desk.tombstone(tombstone(ingest, film), null);
    assertEquals(202, waiting.status());
    assertFalse(isLocked(film));
    desk = desk();
    assertEquals(200, desk.tombstone(tombstone(second, film), null).status());
    assertTrue(isLocked(film));
    clock.pass(Duration.ofDays(31));
    desk.sweep();
    assertFalse(isThere(film));
  }

  @Test
  void theNextDayHasAShareOfItsOwn() throws Exception {
    for (int i = 1; i <= PER_DAY; i++) {
      desk.tombstone(tombstone(ingest, film(i)), null);
    }
    clock.pass(Duration.ofHours(25));
    PieceId film = film(9);
    assertEquals(200, desk.tombstone(tombstone(ingest, film), null).status());
    assertTrue(isLocked(film));
  }

  @Test
  void aPowerCutBetweenLockAndRecordLosesNothing() throws Exception {
    PieceId film = film(1);
    desk.tombstone(tombstone(ingest, film), null);
    var key =
        new tv.hearth.api.pieces.RecordKey(
            tv.hearth.api.pieces.RecordKind.TOMBSTONE,
            ingest.identity().owner(Role.CONTENT).text(),
            film.object().text());
    holder.records().replace(key, holder.records().get(key), java.util.List.of());
    assertFalse(isLocked(film));
    desk = desk();
    desk.sweep();
    assertTrue(isLocked(film));
  }

  /** A clock that a test moves. */
  private static final class Moving extends Clock {
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
