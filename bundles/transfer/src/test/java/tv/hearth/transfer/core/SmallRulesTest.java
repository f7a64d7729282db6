package tv.hearth.transfer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.TrafficClass;

final class SmallRulesTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void rangesAreCutToWhatThereIs() throws Refusal {
    assertEquals(new ByteRange(0, 99, 100), ByteRange.asked(null, 100));
    assertEquals(new ByteRange(10, 19, 100), ByteRange.asked("bytes=10-19", 100));
    assertEquals(new ByteRange(90, 99, 100), ByteRange.asked("bytes=90-", 100));
    assertEquals(new ByteRange(90, 99, 100), ByteRange.asked("bytes=90-4000", 100));
    assertEquals(new ByteRange(95, 99, 100), ByteRange.asked("bytes=-5", 100));
    assertEquals(new ByteRange(0, 99, 100), ByteRange.asked("bytes=-500", 100));
  }

  @Test
  void rangesThatCantBeMetAre416() {
    for (String range :
        new String[] {
          "bytes=100-", "bytes=5-4", "bytes=-0", "bytes=-", "bytes=0-1,3-4", "units=0-1", "x", ""
        }) {
      Refusal refusal = assertThrows(Refusal.class, () -> ByteRange.asked(range, 100), range);
      assertEquals(416, refusal.status(), range);
    }
  }

  @Test
  void contentRangesComeBackAsTheyWent() throws Refusal {
    for (ByteRange range :
        new ByteRange[] {
          new ByteRange(0, 99, 100), new ByteRange(7, 7, 8), new ByteRange(0, -1, 9)
        }) {
      assertEquals(range, ByteRange.said(range.header()));
    }
  }

  @Test
  void everyProblemSurvivesItsStatus() {
    for (Problem problem : Problem.values()) {
      assertEquals(problem, Wire.problem(Wire.status(problem), problem.name()));
    }
    assertEquals(Problem.BUSY, Wire.problem(429, null));
    assertEquals(Problem.NOT_FOUND, Wire.problem(404, "nonsense"));
    assertEquals(Problem.PROTOCOL, Wire.problem(302, null));
  }

  @Test
  void aNeighboursHouseholdComesWithTheStreams() {
    assertEquals(TrafficClass.STREAM, Wire.served("household"));
    assertEquals(TrafficClass.REPAIR, Wire.served("repair"));
    assertEquals(TrafficClass.BACKUP, Wire.served("urgent"));
    assertEquals(TrafficClass.BACKUP, Wire.served(null));
  }

  @Test
  void routesAreWhatTheFormatSays() throws Refusal {
    String owner = "a".repeat(32);
    String object = "0".repeat(32);
    assertEquals(
        Route.Action.PUT_PIECE, Route.parse("PUT", "/v1/pieces/" + object + "/0/254").action());
    assertEquals(
        16_777_215, Route.parse("GET", "/v1/pieces/" + object + "/16777215/0").piece().segment());
    Route page = Route.parse("GET", "/v1/records/key-grant/" + owner + "?after=x-1");
    assertEquals("key-grant", page.kind());
    RecordKey later = Route.parse("PUT", "/v1/records/rental/" + owner + "/x-1").key();
    assertEquals(RecordKind.OTHER, later.kind());
    assertEquals("rental", later.path());
    assertEquals("x-1", page.after());
    assertEquals("", Route.parse("GET", "/v1/records/root/" + owner).after());
  }

  @Test
  void whatStandsStillIsStalledAndWaitingForOneselfIsNot() {
    Progress progress = new Progress(1000, SECOND, 0);
    progress.moved(1000);
    assertFalse(progress.stalled(SECOND));
    progress.moved(999);
    assertTrue(progress.stalled(2 * SECOND));
    progress.hold();
    assertFalse(progress.stalled(100 * SECOND));
    progress.resume(100 * SECOND);
    assertFalse(progress.stalled(100 * SECOND + 1));
    assertTrue(progress.stalled(101 * SECOND));
  }

  @Test
  void aNeighbourGetsItsAllowanceAndNoMore() {
    Allowance allowance = new Allowance(new Allowance.Quotas(2, 10, 1000), 0);
    assertTrue(allowance.begin(0));
    assertTrue(allowance.begin(0));
    assertFalse(allowance.begin(SECOND), "two at a time");
    allowance.end();
    int begun = 0;
    for (long now = SECOND; now < 11 * SECOND; now += SECOND / 1000) {
      if (allowance.begin(now)) {
        allowance.end();
        begun++;
      }
    }
    assertTrue(begun >= 98 && begun <= 114, "begun in ten seconds: " + begun);
    assertTrue(allowance.records(5000, 11 * SECOND));
    assertFalse(allowance.records(1, 12 * SECOND));
    assertTrue(allowance.records(1, 17 * SECOND));
  }
}
