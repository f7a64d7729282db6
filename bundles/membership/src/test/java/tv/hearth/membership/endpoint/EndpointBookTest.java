package tv.hearth.membership.endpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.crypto.signature.Ed25519Verifier;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.EndpointRecord;

class EndpointBookTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private KeyPair pair = Ed25519Keys.generate(new SecureRandom());
  private final EndpointBook book = new EndpointBook();
  private final Ed25519Verifier verifier = new Ed25519Verifier();

  private static BoxId box(char c) {
    return new BoxId(String.valueOf(c).repeat(32));
  }

  private BoxMap map(MapBox.State state, char... boxes) {
    Bytes key = Bytes.of(pair.getPublic().getEncoded());
    List<MapBox> all = new ArrayList<>();
    for (char c : boxes) {
      OwnerId owner = new OwnerId("o".repeat(32));
      all.add(new MapBox(box(c), key, key, owner, key, "p", 1, state, "m", List.of()));
    }
    return new BoxMap("hamlet", 0, 1, Instant.MAX, all, Map.of());
  }

  private byte[] record(char c, long sequence, int port) {
    List<Endpoint> at = List.of(new Endpoint("direct4", "127.0.0.1", port));
    byte[] payload = new EndpointRecord(box(c), sequence, at).encode();
    byte[] message = Sign1.toBeSigned(EndpointRecord.TYPE, payload);
    return new Sign1(EndpointRecord.TYPE, payload, Ed25519Keys.sign(pair.getPrivate(), message))
        .encode();
  }

  @Test
  void onlyNewerRecordsOfMembersAreTaken() {
    BoxMap map = map(MapBox.State.ACTIVE, 'a');
    assertTrue(book.heard(record('a', 5, 1), map, verifier, NOW));
    assertFalse(book.heard(record('a', 5, 2), map, verifier, NOW));
    assertFalse(book.heard(record('a', 4, 2), map, verifier, NOW));
    assertTrue(book.heard(record('a', 6, 3), map, verifier, NOW));
    assertFalse(book.heard(record('b', 6, 3), map, verifier, NOW));
    assertFalse(
        new EndpointBook().heard(record('a', 5, 1), map(MapBox.State.REMOVED, 'a'), verifier, NOW));
    assertEquals(3, book.endpoints(map.box(box('a')).orElseThrow()).get(0).port());
    assertEquals(1, book.size());
  }

  @Test
  void aFlippedRecordIsNotTakenAndBlocksNoGoodOne() {
    BoxMap map = map(MapBox.State.ACTIVE, 'a');
    byte[] good = record('a', 5, 1);
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      assertFalse(book.heard(flipped, map, verifier, NOW), "byte " + i);
    }
    assertFalse(book.heard(new byte[EndpointBook.MOST_BYTES + 1], map, verifier, NOW));
    assertTrue(book.heard(good, map, verifier, NOW));
  }

  @Test
  void gossipBeginsWithTheOwnRecordAndThenTheLastHeard() {
    BoxMap map = map(MapBox.State.ACTIVE, 'a', 'b', 'c');
    byte[] own = record('a', 1, 1);
    byte[] second = record('b', 99, 2);
    byte[] third = record('c', 5, 3);
    assertTrue(book.heard(own, map, verifier, NOW));
    assertTrue(book.heard(second, map, verifier, NOW));
    assertTrue(book.heard(third, map, verifier, NOW));
    List<byte[]> gossip = book.gossip(box('a'), 2);
    assertEquals(2, gossip.size());
    assertArrayEquals(own, gossip.get(0));
    assertArrayEquals(third, gossip.get(1));
    assertEquals(0, book.gossip(box('a'), -1).size());
  }

  @Test
  void whoLeftIsForgottenAndTheOwnRecordStays() {
    BoxMap map = map(MapBox.State.ACTIVE, 'a', 'b', 'c');
    for (char c : new char[] {'a', 'b', 'c'}) {
      assertTrue(book.heard(record(c, 1, 1), map, verifier, NOW));
    }
    book.keepMembers(map(MapBox.State.ACTIVE, 'b'), box('a'));
    assertEquals(2, book.size());
    assertEquals(List.of(), book.endpoints(map.box(box('c')).orElseThrow()));
  }

  @Test
  void noNumberFromBeyondTheBoundIsTaken() {
    Instant expires = NOW.plusSeconds(500);
    BoxMap map = mapUntil(expires, 'a');
    long latest = expires.plus(Sequences.SKEW).getEpochSecond();
    assertFalse(book.heard(record('a', Long.MAX_VALUE, 1), map, verifier, NOW));
    assertFalse(book.heard(record('a', latest + 1, 1), map, verifier, NOW));
    assertTrue(book.heard(record('a', latest, 1), map, verifier, NOW));
    Instant late = expires.plusSeconds(9_000);
    assertTrue(
        book.heard(
            record('a', late.plus(Sequences.SKEW).getEpochSecond(), 1), map, verifier, late));
  }

  @Test
  void numbersOfAKeyThatTheMapNoLongerShowsDoNotCount() {
    assertTrue(book.heard(record('a', 900, 1), map(MapBox.State.ACTIVE, 'a'), verifier, NOW));
    pair = Ed25519Keys.generate(new SecureRandom());
    BoxMap rotated = map(MapBox.State.ACTIVE, 'a');
    assertTrue(book.heard(record('a', 5, 2), rotated, verifier, NOW));
    assertEquals(2, book.endpoints(rotated.box(box('a')).orElseThrow()).get(0).port());
    pair = Ed25519Keys.generate(new SecureRandom());
    book.keepMembers(map(MapBox.State.ACTIVE, 'a'), box('b'));
    assertEquals(0, book.size());
  }

  @Test
  void aLaterMapsAddressesGoFirstUntilTheBoxIsHeardAgain() {
    BoxMap first = map(MapBox.State.ACTIVE, 'a');
    assertTrue(book.heard(record('a', 5, 1), first, verifier, NOW));
    Endpoint moved = new Endpoint("direct6", "2001:db8::2", 7);
    MapBox old = first.boxes().get(0);
    MapBox shown =
        new MapBox(
            old.id(),
            old.signingKey(),
            old.exchangeKey(),
            old.household(),
            old.householdKey(),
            "p",
            1,
            MapBox.State.ACTIVE,
            "m",
            List.of(moved));
    BoxMap second = new BoxMap("hamlet", 0, 2, Instant.MAX, List.of(shown), Map.of());
    book.mapChanged(Optional.of(first), second);
    assertEquals(List.of(moved, new Endpoint("direct4", "127.0.0.1", 1)), book.endpoints(shown));
    assertTrue(book.heard(record('a', 6, 3), second, verifier, NOW));
    assertEquals(List.of(new Endpoint("direct4", "127.0.0.1", 3)), book.endpoints(shown));
  }

  @Test
  void ownNumbersStayWithinWhatOthersBelieve() {
    assertEquals(1_000_000, Sequences.next(0, Optional.empty(), NOW));
    assertEquals(1_000_008, Sequences.next(1_000_007, Optional.empty(), NOW));
    long latest = Sequences.latest(Optional.empty(), NOW);
    assertEquals(latest, Sequences.next(latest - 1, Optional.empty(), NOW));
    assertEquals(1_000_000, Sequences.next(latest, Optional.empty(), NOW));
    assertEquals(1_000_000, Sequences.next(Long.MAX_VALUE, Optional.empty(), NOW));
  }

  @Test
  void aRecordOfThisBoxThatItNeverMadeTellsOfATwin() {
    Twin twin = new Twin();
    Bytes key = Bytes.of(pair.getPublic().getEncoded());
    Twin.Self self = new Twin.Self(box('a'), key, record('a', 5, 1));
    assertFalse(twin.isOwn(record('b', 9, 1), self, verifier, NOW));
    assertTrue(twin.isOwn(record('a', 5, 1), self, verifier, NOW));
    assertTrue(twin.isOwn(record('a', 4, 2), self, verifier, NOW), "an old one of its own");
    byte[] forged = record('a', 9, 2);
    forged[forged.length - 1] ^= 1;
    assertTrue(twin.isOwn(forged, self, verifier, NOW));
    assertEquals("", twin.trouble(NOW));
    assertTrue(twin.isOwn(record('a', 9, 2), self, verifier, NOW));
    assertTrue(twin.trouble(NOW).contains("127.0.0.1:2"), twin.trouble(NOW));
    assertEquals("", twin.trouble(NOW.plusSeconds(86_400)));
  }

  private BoxMap mapUntil(Instant expires, char c) {
    return new BoxMap("hamlet", 0, 1, expires, map(MapBox.State.ACTIVE, c).boxes(), Map.of());
  }
}
