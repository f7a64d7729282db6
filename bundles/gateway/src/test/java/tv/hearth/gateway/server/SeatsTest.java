package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is served, and who makes room, by a clock of its own. */
class SeatsTest {
  private static final int MOST = 32;
  private static final long SECOND = 1_000_000_000L;
  private final Seats seats = new Seats(MOST);
  private final List<Place> served = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5 * SECOND;

  /** Device 0 is the box itself. */
  private Place place(int device) {
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) device});
      return new Place(address, device == 0, now);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** How many of those that a device opens at once are served; each does that. */
  private int open(int device, int count, Place.Phase phase) {
    int in = 0;
    for (int i = 0; i < count; i++) {
      Place place = place(device);
      if (seats.enter(place, now).served()) {
        place.enters(phase, now);
        served.add(place);
        in++;
      }
      now++;
    }
    return in;
  }

  @Test
  void aDeviceHasAQuarter() {
    assertEquals(8, open(1, 20, Place.Phase.TAKING));
    assertEquals(8, open(2, 20, Place.Phase.TAKING));
  }

  @Test
  void howeverManyDevicesTakeTheBoxHasItsQuarter() {
    for (int device = 1; device < 20; device++) {
      open(device, 20, Place.Phase.WORKING);
    }
    assertEquals(24, served.size());
    assertEquals(8, open(0, 8, Place.Phase.WORKING));
    assertEquals(0, open(0, 1, Place.Phase.WORKING), "all wait for the store: nobody makes room");
  }

  @Test
  void whoeverTakesAndDoesNotReadMakesRoomFirst() {
    assertEquals(MOST, open(0, MOST, Place.Phase.ASKING));
    Place unread = served.get(MOST - 1);
    unread.enters(Place.Phase.TAKING, now);
    now += Seats.UNREAD_NANOS;
    assertSame(unread, seats.enter(place(0), now).leaves());
    assertSame(served.get(0), seats.enter(place(0), now).leaves(), "then the one idle longest");
  }

  @Test
  void aPlayerThatReadsIsNotClosedForAnotherDevice() {
    assertEquals(8, open(1, 8, Place.Phase.TAKING));
    Seats.Verdict verdict = seats.enter(place(1), now);
    assertFalse(verdict.served());
    assertNull(verdict.leaves());
    now += Seats.UNREAD_NANOS;
    assertSame(served.get(0), seats.enter(place(1), now).leaves(), "its own, once it stopped");
  }

  @Test
  void aDeviceBeyondItsShareMakesRoomAmongItsOwn() {
    open(2, 8, Place.Phase.ASKING);
    open(1, 8, Place.Phase.ASKING);
    assertSame(served.get(8), seats.enter(place(1), now).leaves());
  }

  @Test
  void otherDevicesMakeRoomAmongThemselvesAndNeverEndTheBoxsOwnFilm() {
    open(0, 20, Place.Phase.TAKING);
    open(1, 8, Place.Phase.WORKING);
    open(2, 4, Place.Phase.WORKING);
    now += 2 * Seats.UNREAD_NANOS;
    assertFalse(seats.enter(place(3), now).served());
    served.get(5).enters(Place.Phase.ASKING, now);
    assertSame(served.get(5), seats.enter(place(3), now).leaves(), "an idle one does");
  }

  @Test
  void theBoxGetsInAmongReadersOfItsOwn() {
    open(0, MOST, Place.Phase.TAKING);
    assertSame(served.get(0), seats.enter(place(0), now).leaves());
  }

  @Test
  void whoLeavesLeavesRoom() {
    open(1, 8, Place.Phase.WORKING);
    seats.leave(served.get(3));
    assertEquals(1, open(1, 2, Place.Phase.WORKING));
  }

  @Test
  void aSinglePlaceIsAnybodys() {
    Seats one = new Seats(1);
    Place first = place(1);
    assertTrue(one.enter(first, now).served());
    first.enters(Place.Phase.TAKING, now);
    assertSame(first, one.enter(place(0), now).leaves());
  }
}
