package tv.hearth.support.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** In virtual time. */
class StaggerTest {
  private static final long NEVER = Long.MAX_VALUE;

  /** An address: when it takes the connection, and when it has said who it is; or never. */
  private record Address(long connects, long says, boolean isRight) {
    static Address swallowing(long timeout) {
      return new Address(NEVER, timeout, false);
    }

    static Address refusing() {
      return new Address(NEVER, 1, false);
    }

    static Address good(long connects, long says) {
      return new Address(connects, says, true);
    }

    static Address wrong(long connects, long says) {
      return new Address(connects, says, false);
    }
  }

  private final TreeMap<Long, List<Runnable>> events = new TreeMap<>();
  private final Map<Integer, Long> begun = new TreeMap<>();
  private long now;
  private int winner = -1;

  /** Milliseconds until one has said that it is the right one, or all have failed. */
  private long dial(Address... addresses) {
    Stagger stagger = new Stagger(addresses.length);
    begin(stagger, addresses);
    while (winner < 0 && !stagger.isLost()) {
      assertFalse(events.isEmpty(), "nothing is waited for");
      var next = events.pollFirstEntry();
      now = next.getKey();
      for (Runnable event : next.getValue()) {
        event.run();
        begin(stagger, addresses);
      }
    }
    return now;
  }

  private void begin(Stagger stagger, Address... addresses) {
    for (OptionalInt i = stagger.next(); i.isPresent(); i = stagger.next()) {
      int attempt = i.getAsInt();
      begun.put(attempt, now);
      Address address = addresses[attempt];
      at(now + Stagger.DELAY_MILLIS, () -> stagger.isLate(attempt));
      if (address.connects() != NEVER) {
        at(now + address.connects(), () -> stagger.isConnected(attempt));
      }
      at(now + address.says(), () -> ended(stagger, attempt, address.isRight()));
    }
  }

  private void ended(Stagger stagger, int attempt, boolean right) {
    if (right) {
      winner = attempt;
    } else {
      stagger.hasFailed(attempt);
    }
  }

  private void at(long when, Runnable event) {
    events.computeIfAbsent(when, any -> new ArrayList<>()).add(event);
  }

  @Test
  void anAddressThatSwallowsEverythingCostsAQuarterOfASecond() {
    assertEquals(250 + 60, dial(Address.swallowing(3000), Address.good(20, 60)));
    assertEquals(1, winner);
  }

  @Test
  void oneThatRefusesCostsNothing() {
    assertEquals(1 + 60, dial(Address.refusing(), Address.good(20, 60)));
  }

  @Test
  void aSlowOneWinsWhereItAnswersFirst() {
    assertEquals(700, dial(Address.good(300, 700), Address.good(200, 600)));
    assertEquals(0, winner);
    assertEquals(Map.of(0, 0L, 1, 250L), begun);
  }

  @Test
  void whileOneSaysWhoItIsNoOtherIsBegun() {
    assertEquals(900, dial(Address.good(100, 900), Address.good(1, 2)));
    assertEquals(Map.of(0, 0L), begun);
  }

  @Test
  void oneThatTurnsOutToBeAnotherGivesWayAtOnce() {
    assertEquals(900 + 60, dial(Address.wrong(100, 900), Address.good(20, 60)));
    assertEquals(1, winner);
  }

  @Test
  void theDelayThatPassedMeanwhileIsNotWaitedForAgain() {
    long took = dial(Address.swallowing(9000), Address.wrong(100, 2000), Address.good(20, 60));
    assertEquals(250 + 2000 + 60, took);
  }

  @Test
  void whereNoneIsRightItEndsWithTheLast() {
    assertEquals(250 + 3000, dial(Address.swallowing(3000), Address.swallowing(3000)));
    assertEquals(-1, winner);
    assertEquals(Map.of(0, 0L, 1, 250L), begun);
  }

  @Test
  void withoutAnAddressItIsLostAtOnce() {
    assertTrue(new Stagger(0).isLost());
    assertTrue(new Stagger(0).next().isEmpty());
  }
}
