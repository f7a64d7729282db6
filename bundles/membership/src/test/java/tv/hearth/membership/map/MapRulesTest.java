package tv.hearth.membership.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.signature.Ed25519Verifier;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.membership.map.MapRefusedException.Problem;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.SignedMap;

class MapRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private final SignatureVerifier verifier = new Ed25519Verifier();
  private final KeyPair root = Ed25519Keys.generate(new SecureRandom());
  private final KeyPair mapKey = Ed25519Keys.generate(new SecureRandom());

  private static byte[] sign(String type, byte[] payload, KeyPair pair) {
    byte[] signature = Ed25519Keys.sign(pair.getPrivate(), Sign1.toBeSigned(type, payload));
    return new Sign1(type, payload, signature).encode();
  }

  private byte[] delegation(int epoch, long version, Instant expires, KeyPair signer) {
    Bytes key = Bytes.of(mapKey.getPublic().getEncoded());
    byte[] payload = new DelegationRecord(epoch, version, expires, key, List.of()).encode();
    return sign(DelegationRecord.TYPE, payload, signer);
  }

  private byte[] map(int epoch, long version, String name, Instant expires) {
    return MapRecord.encode(
        new tv.hearth.api.neighbourhood.BoxMap(
            name, epoch, version, expires, List.of(), java.util.Map.of()));
  }

  private byte[] message(int epoch, long delegation, long version) {
    return new SignedMap(
            delegation(epoch, delegation, NOW.plusSeconds(1000), root),
            sign(MapRecord.TYPE, map(epoch, version, "hamlet", NOW.plusSeconds(version)), mapKey))
        .encode();
  }

  private VerifiedMap verified(byte[] message) throws MapRefusedException {
    return VerifiedMap.of(message, Bytes.of(root.getPublic().getEncoded()), verifier);
  }

  private VerifiedMap of(int epoch, long delegation, long version) throws MapRefusedException {
    return verified(message(epoch, delegation, version));
  }

  private static boolean replaces(VerifiedMap present, VerifiedMap next)
      throws MapRefusedException {
    return MapRules.replaces(present, next, "hamlet", NOW);
  }

  private static void refused(Problem problem, VerifiedMap present, VerifiedMap next) {
    MapRefusedException e = assertThrows(MapRefusedException.class, () -> replaces(present, next));
    assertEquals(problem, e.problem(), e.getMessage());
  }

  private VerifiedMap at(int level, int epoch, long version) throws MapRefusedException {
    byte[] map =
        MapRecord.encode(
            new tv.hearth.api.neighbourhood.BoxMap(
                "hamlet",
                epoch,
                version,
                NOW.plusSeconds(version),
                List.of(),
                java.util.Map.of(),
                level));
    return verified(
        new SignedMap(
                delegation(epoch, 1, NOW.plusSeconds(1000), root),
                sign(MapRecord.TYPE, map, mapKey))
            .encode());
  }

  @Test
  void aLevelNeverFalls() throws Exception {
    assertTrue(replaces(at(1, 0, 1), at(2, 0, 2)));
    assertTrue(replaces(at(1, 0, 1), at(7, 0, 2)), "who was away for long sees it jump");
    refused(Problem.ROLLBACK, at(2, 0, 1), at(1, 0, 2));
    refused(Problem.ROLLBACK, at(2, 0, 1), at(1, 1, 2));
    refused(Problem.ROLLBACK, at(2, 0, 1), of(1, 1, 2));
    assertTrue(replaces(at(2, 0, 1), at(2, 1, 2)));
  }

  @Test
  void newerVersionsAndHigherEpochsReplace() throws Exception {
    assertTrue(replaces(null, of(0, 1, 1)));
    assertTrue(replaces(of(0, 1, 1), of(0, 1, 2)));
    assertTrue(replaces(of(0, 1, 9), of(0, 2, 10)));
    assertTrue(replaces(of(0, 5, 9), of(1, 1, 1)));
    VerifiedMap same = of(3, 1, 7);
    assertFalse(replaces(same, verified(same.message().toArray())));
  }

  @Test
  void nothingGoesBack() throws Exception {
    refused(Problem.ROLLBACK, of(0, 1, 2), of(0, 1, 1));
    refused(Problem.ROLLBACK, of(0, 2, 2), of(0, 1, 3));
    refused(Problem.ROLLBACK, of(2, 1, 2), of(1, 9, 99));
  }

  @Test
  void oneVersionHasOneContent() throws Exception {
    byte[] other =
        new SignedMap(
                delegation(0, 1, NOW.plusSeconds(1000), root),
                sign(MapRecord.TYPE, map(0, 2, "hamlet", NOW.plusSeconds(77)), mapKey))
            .encode();
    refused(Problem.ROLLBACK, of(0, 1, 2), verified(other));
  }

  @Test
  void anotherNeighbourhoodIsRefused() throws Exception {
    byte[] other =
        new SignedMap(
                delegation(0, 1, NOW.plusSeconds(1000), root),
                sign(MapRecord.TYPE, map(0, 2, "elsewhere", NOW.plusSeconds(7)), mapKey))
            .encode();
    refused(Problem.FOREIGN, null, verified(other));
  }

  @Test
  void anExpiredDelegationGivesNoNewMapAndAnExpiredMapDoes() throws Exception {
    byte[] late =
        new SignedMap(
                delegation(0, 1, NOW, root),
                sign(MapRecord.TYPE, map(0, 2, "hamlet", NOW.plusSeconds(7)), mapKey))
            .encode();
    refused(Problem.EXPIRED_DELEGATION, null, verified(late));
    byte[] stale =
        new SignedMap(
                delegation(0, 1, NOW.plusSeconds(1), root),
                sign(MapRecord.TYPE, map(0, 2, "hamlet", NOW.minusSeconds(7)), mapKey))
            .encode();
    assertTrue(replaces(null, verified(stale)));
  }

  @Test
  void aForeignRootOrMapKeyIsRefused() {
    KeyPair thief = Ed25519Keys.generate(new SecureRandom());
    byte[] payload = map(0, 2, "hamlet", NOW);
    byte[] foreignRoot =
        new SignedMap(
                delegation(0, 1, NOW.plusSeconds(9), thief), sign(MapRecord.TYPE, payload, mapKey))
            .encode();
    byte[] foreignMapKey =
        new SignedMap(
                delegation(0, 1, NOW.plusSeconds(9), root), sign(MapRecord.TYPE, payload, thief))
            .encode();
    byte[] otherType =
        new SignedMap(
                delegation(0, 1, NOW.plusSeconds(9), root), sign("hearth/head", payload, mapKey))
            .encode();
    for (byte[] message : List.of(foreignRoot, foreignMapKey, otherType)) {
      MapRefusedException e = assertThrows(MapRefusedException.class, () -> verified(message));
      assertEquals(Problem.SIGNATURE, e.problem(), e.getMessage());
    }
  }

  @Test
  void aMapOfAnotherEpochThanItsDelegationIsRefused() {
    byte[] mixed =
        new SignedMap(
                delegation(1, 1, NOW.plusSeconds(9), root),
                sign(MapRecord.TYPE, map(0, 2, "hamlet", NOW), mapKey))
            .encode();
    assertEquals(
        Problem.FORMAT, assertThrows(MapRefusedException.class, () -> verified(mixed)).problem());
  }

  @Test
  void unknownVersionsAreRefusedByName() throws Exception {
    CborMap pair = CborMap.parse(message(0, 1, 1)).put("v", 2);
    MapRefusedException e = assertThrows(MapRefusedException.class, () -> verified(pair.toBytes()));
    assertTrue(e.getMessage().contains("hearth/signed-map of version 2"), e.getMessage());
    byte[] next = CborMap.parse(map(0, 2, "hamlet", NOW)).put("v", 7).toBytes();
    byte[] message =
        new SignedMap(
                delegation(0, 1, NOW.plusSeconds(9), root), sign(MapRecord.TYPE, next, mapKey))
            .encode();
    e = assertThrows(MapRefusedException.class, () -> verified(message));
    assertTrue(e.getMessage().contains("hearth/map of version 7"), e.getMessage());
  }

  @Test
  void noFlippedBitPasses() throws Exception {
    long seed = seed();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] message = message(0, 1, 5);
    for (int i = 0; i < 300; i++) {
      byte[] flipped = message.clone();
      int at = random.nextInt(flipped.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertThrows(
          MapRefusedException.class, () -> verified(flipped), "seed " + seed + ", byte " + at);
    }
  }

  @Test
  void anyOrderOfArrivalEndsAtTheNewest() throws Exception {
    long seed = seed();
    SplittableRandom random = new SplittableRandom(seed);
    VerifiedMap[][] maps = new VerifiedMap[3][8];
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int version = 0; version < 8; version++) {
        maps[epoch][version] = of(epoch, 1, version + 1);
      }
    }
    VerifiedMap present = null;
    int best = -1;
    for (int i = 0; i < 500; i++) {
      int epoch = random.nextInt(3);
      int version = random.nextInt(8);
      int rank = epoch * 8 + version;
      boolean taken = tryReplace(present, maps[epoch][version]);
      assertEquals(rank > best, taken, "seed " + seed + ", step " + i);
      present = taken ? maps[epoch][version] : present;
      best = Math.max(best, rank);
    }
  }

  private static boolean tryReplace(VerifiedMap present, VerifiedMap next) {
    try {
      return replaces(present, next);
    } catch (MapRefusedException e) {
      assertEquals(Problem.ROLLBACK, e.problem());
      return false;
    }
  }

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}
