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
  private final KeyPair pair = Ed25519Keys.generate(new SecureRandom());
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
    assertTrue(book.heard(record('a', 5, 1), map, verifier));
    assertFalse(book.heard(record('a', 5, 2), map, verifier));
    assertFalse(book.heard(record('a', 4, 2), map, verifier));
    assertTrue(book.heard(record('a', 6, 3), map, verifier));
    assertFalse(book.heard(record('b', 6, 3), map, verifier));
    assertFalse(
        new EndpointBook().heard(record('a', 5, 1), map(MapBox.State.REMOVED, 'a'), verifier));
    assertEquals(3, book.endpoints(box('a')).orElseThrow().get(0).port());
    assertEquals(1, book.size());
  }

  @Test
  void aFlippedRecordIsNotTakenAndBlocksNoGoodOne() {
    BoxMap map = map(MapBox.State.ACTIVE, 'a');
    byte[] good = record('a', 5, 1);
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      assertFalse(book.heard(flipped, map, verifier), "byte " + i);
    }
    assertFalse(book.heard(new byte[EndpointBook.MOST_BYTES + 1], map, verifier));
    assertTrue(book.heard(good, map, verifier));
  }

  @Test
  void gossipBeginsWithTheOwnRecordAndThenTheLastHeard() {
    BoxMap map = map(MapBox.State.ACTIVE, 'a', 'b', 'c');
    byte[] own = record('a', 1, 1);
    byte[] second = record('b', 99, 2);
    byte[] third = record('c', 5, 3);
    assertTrue(book.heard(own, map, verifier));
    assertTrue(book.heard(second, map, verifier));
    assertTrue(book.heard(third, map, verifier));
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
      assertTrue(book.heard(record(c, 1, 1), map, verifier));
    }
    book.keepMembers(map(MapBox.State.ACTIVE, 'b'), box('a'));
    assertEquals(2, book.size());
    assertTrue(book.endpoints(box('c')).isEmpty());
  }
}
