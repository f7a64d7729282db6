package tv.hearth.transfer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has to go where a listener's places are all taken. */
final class PlacesTest {
  private final List<String> evicted = new ArrayList<>();
  private final Places<Visitor> places = new Places<>(2, 2);

  private final class Visitor implements Places.Guest {
    final String name;
    boolean busy;
    long since;

    Visitor(String name, long since) {
      this.name = name;
      this.since = since;
    }

    @Override
    public boolean isIdle() {
      return !busy;
    }

    @Override
    public long since() {
      return since;
    }

    @Override
    public void evicted() {
      evicted.add(name);
    }
  }

  private Visitor member(String name, long since) {
    Visitor visitor = new Visitor(name, since);
    places.enter(visitor);
    assertTrue(places.admit(visitor));
    return visitor;
  }

  @Test
  void newcomersTakeEachOthersPlacesAlone() {
    member("one", 5);
    member("two", 6);
    Visitor first = new Visitor("first", 1);
    places.enter(first);
    places.enter(new Visitor("second", 0));
    places.enter(new Visitor("third", 0));
    assertEquals(List.of("first"), evicted);
    assertEquals(4, places.size());
    places.leave(first);
    assertEquals(4, places.size());
  }

  @Test
  void aMemberTakesThePlaceThatIsIdleLongestEvenWhereTheClockOverflows() {
    member("later", Long.MIN_VALUE + 5);
    member("earlier", Long.MAX_VALUE - 5);
    member("newest", Long.MIN_VALUE + 9);
    assertEquals(List.of("earlier"), evicted);
    assertEquals(2, places.size());
  }

  @Test
  void nobodyWhoIsAskingHasToGo() {
    Visitor busy = member("busy", 1);
    busy.busy = true;
    member("idle", 2);
    Visitor third = member("third", 3);
    assertEquals(List.of("idle"), evicted);
    third.busy = true;
    Visitor fourth = new Visitor("fourth", 4);
    places.enter(fourth);
    assertFalse(places.admit(fourth));
    assertTrue(places.admit(busy), "who has a place keeps it");
    places.leave(busy);
    assertTrue(places.admit(fourth));
    assertEquals(2, places.size());
    assertEquals(List.of("idle"), evicted);
    assertEquals(List.of(third, fourth), places.all());
  }
}
