package tv.hearth.transfer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.KeyGrantRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.RootRecord;
import tv.hearth.support.text.KeyIds;
import tv.hearth.tests.contracts.pieces.PieceSamples;

final class RecordRulesTest {
  private static final Bytes HOUSE_KEY = Bytes.of(new byte[] {1});
  private static final Bytes CONTENT_KEY = Bytes.of(new byte[] {2});
  private static final OwnerId HOUSE = owner(HOUSE_KEY);
  private static final OwnerId CONTENT = owner(CONTENT_KEY);
  private static final OwnerId STRANGER = owner(Bytes.of(new byte[] {3}));
  private static final BoxId BOX = new BoxId("b".repeat(32));
  private static final ObjectId OBJECT = PieceSamples.object(1);
  private static final Bytes NAME = Bytes.of(new byte[32]);

  private static OwnerId owner(Bytes key) {
    return new OwnerId(KeyIds.of(key.toArray()));
  }

  private static BoxMap map(MapBox.State state) {
    MapBox box =
        new MapBox(
            BOX, HOUSE_KEY, HOUSE_KEY, HOUSE, HOUSE_KEY, "pid", 1, state, "model", List.of());
    return new BoxMap("test", 1, 1, Instant.MAX, List.of(box), Map.of(CONTENT, CONTENT_KEY));
  }

  /** Stands in for a signature: its first byte says whose it is. */
  private static Bytes sign(Bytes key, String type, byte[] payload) {
    byte[] signature = new byte[64];
    signature[0] = key.toArray()[0];
    return Bytes.of(new Sign1(type, payload, signature).encode());
  }

  private static final SignatureVerifier VERIFIER =
      new SignatureVerifier() {
        @Override
        public byte[] verify(byte[] signed, String type, Bytes key) throws BadSignatureException {
          try {
            Sign1 envelope = Sign1.parse(signed);
            if (!envelope.type().equals(type) || envelope.signature()[0] != key.toArray()[0]) {
              throw new BadSignatureException("not signed by them as " + type);
            }
            return envelope.payload();
          } catch (CborException e) {
            throw new BadSignatureException("no envelope", e);
          }
        }

        @Override
        public BoxId boxOf(java.security.cert.X509Certificate leaf) {
          return BOX;
        }
      };

  private static List<Bytes> offer(RecordKey key, Bytes signed, List<Bytes> kept) throws Refusal {
    return RecordRules.merge(
        RecordRules.check(key, signed.toArray(), map(MapBox.State.ACTIVE), VERIFIER), kept);
  }

  private static void refused(Problem problem, RecordKey key, Bytes signed, List<Bytes> kept) {
    Refusal refusal = assertThrows(Refusal.class, () -> offer(key, signed, kept));
    assertEquals(problem, refusal.problem(), refusal.getMessage());
  }

  private static RecordKey key(RecordKind kind, OwnerId owner, String name) {
    return new RecordKey(kind, owner.text(), name);
  }

  private static Bytes placement(long version, int segment) {
    PlacementRecord record =
        new PlacementRecord(
            HOUSE,
            OBJECT,
            segment,
            version,
            List.of(BOX),
            List.of(),
            List.of(NAME),
            List.of(Bytes.of(new byte[0])));
    return sign(HOUSE_KEY, PlacementRecord.TYPE, record.encode());
  }

  @Test
  void placementsOnlyGrow() throws Refusal {
    RecordKey key = key(RecordKind.PLACEMENT, HOUSE, PlacementRecord.name(OBJECT, 3));
    List<Bytes> kept = offer(key, placement(5, 3), List.of());
    assertEquals(kept, offer(key, placement(5, 3), kept));
    refused(Problem.CONFLICT, key, placement(4, 3), kept);
    assertEquals(List.of(placement(6, 3)), offer(key, placement(6, 3), kept));
    refused(Problem.REFUSED, key, placement(9, 4), kept);
  }

  @Test
  void anotherRecordOfTheSameVersionIsAConflict() throws Refusal {
    RecordKey key = key(RecordKind.ROOT, HOUSE, "root");
    Bytes one = root(HOUSE, HOUSE_KEY, 1, 1);
    refused(Problem.CONFLICT, key, root(HOUSE, HOUSE_KEY, 1, 2), offer(key, one, List.of()));
    refused(Problem.REFUSED, key(RecordKind.ROOT, HOUSE, "other"), one, List.of());
  }

  private static Bytes root(OwnerId owner, Bytes signer, long version, int content) {
    RootRecord record = new RootRecord(owner, version, Bytes.of(new byte[] {(byte) content}));
    return sign(signer, RootRecord.TYPE, record.encode());
  }

  @Test
  void onlyTheOwnerSigns() {
    RecordKey key = key(RecordKind.ROOT, HOUSE, "root");
    refused(Problem.REFUSED, key, root(HOUSE, CONTENT_KEY, 1, 1), List.of());
    refused(Problem.REFUSED, key, root(CONTENT, HOUSE_KEY, 1, 1), List.of());
    RecordKey strange = key(RecordKind.ROOT, STRANGER, "root");
    refused(Problem.REFUSED, strange, root(STRANGER, Bytes.of(new byte[] {3}), 1, 1), List.of());
    Bytes asHead = sign(HOUSE_KEY, HeadRecord.TYPE, new RootRecord(HOUSE, 1, NAME).encode());
    refused(Problem.REFUSED, key, asHead, List.of());
  }

  @Test
  void aHouseholdThatWasRemovedIsRefused() {
    RecordKey key = key(RecordKind.ROOT, HOUSE, "root");
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                RecordRules.check(
                    key,
                    root(HOUSE, HOUSE_KEY, 1, 1).toArray(),
                    map(MapBox.State.REMOVED),
                    VERIFIER));
    assertEquals(Problem.REFUSED, refusal.problem());
  }

  /** What one can't read one still keeps, for those who can. */
  @Test
  void aNewerVersionIsKeptByItsEnvelope() throws Refusal {
    RecordKey key = key(RecordKind.ROOT, HOUSE, "root");
    Bytes second = future(key, 2, map -> map.put("version", 4).put("words", "nobody knows"));
    List<Bytes> kept = offer(key, second, List.of(root(HOUSE, HOUSE_KEY, 3, 1)));
    assertEquals(List.of(second), kept);
    refused(Problem.CONFLICT, key, root(HOUSE, HOUSE_KEY, 4, 1), kept);
    Bytes nameless = future(key, 2, map -> map);
    refused(Problem.REFUSED, key, nameless, List.of());
  }

  @Test
  void aHeadOfANewerVersionIsNotReplacedByOneThatDoesNotFollowOnIt() throws Refusal {
    HeadRecord first = head(1, 1);
    Bytes newer =
        future(
            HEAD,
            3,
            map ->
                map.put("name", NAME.toArray())
                    .put("revision", 2)
                    .putBytesList("parents", List.of(hash(first).toArray())));
    List<Bytes> kept = offer(HEAD, newer, heads(first));
    assertEquals(List.of(newer), kept);
    refused(Problem.CONFLICT, HEAD, signed(first), kept);
    assertEquals(
        List.of(newer, signed(head(2, 7, first))), offer(HEAD, signed(head(2, 7, first)), kept));
  }

  @Test
  void anUnknownFieldIsPartOfWhatOthersFollowOn() throws Refusal {
    CborMap grown = parse(head(1, 1).encode()).put("heat", 7);
    Bytes first = sign(HOUSE_KEY, HeadRecord.TYPE, grown.toBytes());
    List<Bytes> kept = offer(HEAD, first, List.of());
    HeadRecord read = decoded(grown.toBytes());
    assertEquals(heads(head(2, 2, read)), offer(HEAD, signed(head(2, 2, read)), kept));
  }

  @Test
  void anUnknownKindIsKeptByOwnerNameAndRevision() throws Refusal {
    RecordKey key = RecordKey.of("rental", HOUSE.text(), "seven-nights");
    Bytes first = rental(key, 1, 1);
    List<Bytes> kept = offer(key, first, List.of());
    assertEquals(kept, offer(key, first, kept));
    Bytes sibling = rental(key, 1, 2);
    assertEquals(List.of(first, sibling), offer(key, sibling, kept));
    Bytes next = rental(key, 2, 3);
    assertEquals(List.of(next), offer(key, next, List.of(first, sibling)));
    refused(Problem.CONFLICT, key, first, List.of(next));
    refused(Problem.REFUSED, RecordKey.of("rental", HOUSE.text(), "other"), first, List.of());
    refused(Problem.REFUSED, RecordKey.of("loan", HOUSE.text(), "seven-nights"), first, List.of());
    refused(
        Problem.REFUSED, RecordKey.of("rental", CONTENT.text(), "seven-nights"), first, List.of());
  }

  @Test
  void anUnknownKindSaysWhichObjectItGoesWith() throws Refusal {
    RecordKey key = RecordKey.of("rental", HOUSE.text(), "seven-nights");
    Bytes signed =
        future(
            key,
            1,
            map -> map.put("name", key.name()).put("revision", 0).put("object", OBJECT.toBytes()));
    RecordRules.Checked checked =
        RecordRules.check(key, signed.toArray(), map(MapBox.State.ACTIVE), VERIFIER);
    assertEquals(OBJECT, checked.object().orElseThrow());
  }

  private static Bytes rental(RecordKey key, long revision, int content) {
    return future(
        key,
        1,
        map -> map.put("name", key.name()).put("revision", revision).put("nights", content));
  }

  private static Bytes future(RecordKey key, int version, UnaryOperator<CborMap> fields) {
    String type = "hearth/" + key.path();
    CborMap map = new CborMap().put("t", type).put("v", version).put("owner", key.subject());
    return sign(HOUSE_KEY, type, fields.apply(map).toBytes());
  }

  private static CborMap parse(byte[] payload) {
    try {
      return CborMap.parse(payload);
    } catch (CborException e) {
      throw new AssertionError(e);
    }
  }

  private static HeadRecord decoded(byte[] payload) {
    try {
      return HeadRecord.decode(payload);
    } catch (RecordException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDescriptorIsNamedByItsHash() throws Refusal {
    DescriptorRecord record =
        new DescriptorRecord(
            HOUSE, OBJECT, Bytes.of(new byte[40]), 1, 2, 1, 64, 10, 50, 64, "film", List.of(NAME));
    Bytes signed = sign(HOUSE_KEY, DescriptorRecord.TYPE, record.encode());
    RecordKey key = key(RecordKind.DESCRIPTOR, HOUSE, record.hash().toString());
    List<Bytes> kept = offer(key, signed, List.of());
    assertEquals(kept, offer(key, signed, kept));
    RecordKey other = key(RecordKind.DESCRIPTOR, HOUSE, HexFormat.of().formatHex(new byte[32]));
    refused(Problem.REFUSED, other, signed, List.of());
  }

  @Test
  void onlyContentAuthoritiesGrantKeys() throws Refusal {
    byte[] payload = new KeyGrantRecord(CONTENT, BOX, 1, NAME).encode();
    Bytes signed = sign(CONTENT_KEY, KeyGrantRecord.TYPE, payload);
    offer(key(RecordKind.KEY_GRANT, CONTENT, BOX.text()), signed, List.of());
    refused(Problem.REFUSED, key(RecordKind.KEY_GRANT, CONTENT, "c".repeat(32)), signed, List.of());
    byte[] house = new KeyGrantRecord(HOUSE, BOX, 1, NAME).encode();
    refused(
        Problem.REFUSED,
        key(RecordKind.KEY_GRANT, HOUSE, BOX.text()),
        sign(HOUSE_KEY, KeyGrantRecord.TYPE, house),
        List.of());
  }

  private static final RecordKey HEAD = key(RecordKind.HEAD, HOUSE, NAME.toString());

  private static HeadRecord head(long revision, int content, HeadRecord... parents) {
    List<Bytes> hashes = new ArrayList<>();
    for (HeadRecord parent : parents) {
      hashes.add(hash(parent));
    }
    Bytes sealed = Bytes.of(new byte[] {(byte) content});
    return new HeadRecord(HOUSE, NAME, revision, hashes, false, sealed, Instant.EPOCH);
  }

  private static Bytes hash(HeadRecord head) {
    return Bytes.of(KeyIds.sha256(head.encode()));
  }

  private static Bytes signed(HeadRecord head) {
    return sign(HOUSE_KEY, HeadRecord.TYPE, head.encode());
  }

  private static List<Bytes> heads(HeadRecord... heads) {
    List<Bytes> list = new ArrayList<>();
    for (HeadRecord head : heads) {
      list.add(signed(head));
    }
    return list;
  }

  @Test
  void aChildReplacesItsParent() throws Refusal {
    HeadRecord first = head(1, 1);
    HeadRecord second = head(2, 2, first);
    assertEquals(heads(second), offer(HEAD, signed(second), heads(first)));
    refused(Problem.CONFLICT, HEAD, signed(first), heads(second));
  }

  @Test
  void concurrentHeadsBecomeSiblingsAndALaterOneSettlesThem() throws Refusal {
    HeadRecord first = head(1, 1);
    HeadRecord mine = head(2, 2, first);
    HeadRecord yours = head(2, 3, first);
    assertEquals(heads(mine, yours), offer(HEAD, signed(yours), heads(mine)));
    HeadRecord settled = head(3, 4, mine, yours);
    assertEquals(heads(settled), offer(HEAD, signed(settled), heads(mine, yours)));
    HeadRecord half = head(3, 5, mine);
    assertEquals(heads(yours, half), offer(HEAD, signed(half), heads(mine, yours)));
  }

  @Test
  void twoFirstHeadsAreSiblings() throws Refusal {
    assertEquals(2, offer(HEAD, signed(head(1, 2)), heads(head(1, 1))).size());
  }

  @Test
  void anOldHeadDoesNotComeBack() throws Refusal {
    HeadRecord one = head(1, 1);
    HeadRecord two = head(2, 2, one);
    HeadRecord three = head(3, 3, two);
    HeadRecord four = head(4, 4, three);
    refused(Problem.CONFLICT, HEAD, signed(one), heads(four));
    refused(Problem.CONFLICT, HEAD, signed(two), heads(four));
  }

  @Test
  void whoMissedSomeHeadsTakesTheNewerOne() throws Refusal {
    HeadRecord one = head(1, 1);
    HeadRecord three = head(3, 3, head(2, 2, one), one);
    assertEquals(heads(three), offer(HEAD, signed(three), heads(one)));
    HeadRecord farAhead = head(10, 4, head(9, 3));
    assertEquals(heads(farAhead), offer(HEAD, signed(farAhead), heads(one)));
  }

  /** Two writers who did not see each other: what one was acknowledged is not lost by the other. */
  @Test
  void aHeadGoesForNothingButItsFollowers() throws Refusal {
    HeadRecord acknowledged = head(1, 1);
    HeadRecord others = head(2, 3, head(1, 2));
    assertEquals(heads(acknowledged, others), offer(HEAD, signed(others), heads(acknowledged)));
    HeadRecord both = head(3, 4, acknowledged, others);
    assertEquals(heads(both), offer(HEAD, signed(both), heads(acknowledged, others)));
  }

  /** What takes a head back must reach it, whatever else was written beside it. */
  @Test
  void aFollowerOfAKeptHeadIsNoReplayWhateverStandsBeside() throws Refusal {
    HeadRecord one = head(8, 1, head(7, 0));
    HeadRecord beside = head(10, 2, head(9, 9));
    HeadRecord next = head(9, 3, one);
    assertEquals(heads(beside, next), offer(HEAD, signed(next), heads(one, beside)));
    refused(Problem.CONFLICT, HEAD, signed(next), heads(beside));
  }

  /** It came late, but says what was settled. */
  @Test
  void whatASettledHeadFollowedOnGoesWhenItComes() throws Refusal {
    HeadRecord one = head(8, 1, head(7, 0));
    HeadRecord late = head(9, 2, one);
    HeadRecord newest = head(10, 3, late);
    assertEquals(heads(newest), offer(HEAD, signed(late), heads(one, newest)));
    refused(Problem.CONFLICT, HEAD, signed(late), heads(newest));
  }

  @Test
  void aRevisionThatDoesNotGrowIsRefused() {
    HeadRecord one = head(5, 1);
    refused(Problem.REFUSED, HEAD, signed(head(5, 2, one)), heads(one));
  }

  @Test
  void aNinthSiblingIsAConflict() throws Refusal {
    List<Bytes> kept = List.of();
    for (int i = 0; i < 8; i++) {
      kept = offer(HEAD, signed(head(1, i)), kept);
    }
    refused(Problem.CONFLICT, HEAD, signed(head(1, 9)), kept);
  }

  /**
   * Writers see what a holder keeps and write upon some of it; whatever comes in whatever order, no
   * kept head is an ancestor of another, the newest revision is kept, and nothing comes back.
   */
  @Test
  void anyHistoryLeavesOnlyHeadsThatNobodyReplaced() throws Refusal {
    SplittableRandom random = new SplittableRandom(PieceSamples.SEED);
    for (int round = 0; round < 300; round++) {
      List<HeadRecord> written = new ArrayList<>(List.of(head(1, round)));
      List<Bytes> kept = heads(written.get(0));
      for (int step = 0; step < 20; step++) {
        HeadRecord next = random.nextInt(4) == 0 ? any(written, random) : child(written, random);
        kept = offered(next, kept);
        written.add(next);
        check(kept, written);
      }
    }
  }

  private static HeadRecord any(List<HeadRecord> written, SplittableRandom random) {
    return written.get(random.nextInt(written.size()));
  }

  private static HeadRecord child(List<HeadRecord> written, SplittableRandom random) {
    HeadRecord parent = any(written, random);
    HeadRecord other = any(written, random);
    int content = random.nextInt(256);
    return random.nextBoolean()
        ? head(parent.revision() + 1, content, parent)
        : head(Math.max(parent.revision(), other.revision()) + 1, content, parent, other);
  }

  private static List<Bytes> offered(HeadRecord next, List<Bytes> kept) {
    try {
      return offer(HEAD, signed(next), kept);
    } catch (Refusal e) {
      assertEquals(Problem.CONFLICT, e.problem(), "seed " + PieceSamples.SEED);
      return kept;
    }
  }

  private static void check(List<Bytes> kept, List<HeadRecord> written) {
    String seed = "seed " + PieceSamples.SEED;
    Set<Bytes> replaced = new HashSet<>();
    for (HeadRecord head : written) {
      if (kept.contains(signed(head))) {
        replaced.addAll(head.parents());
      }
    }
    assertTrue(!kept.isEmpty() && kept.size() <= 8, seed);
    for (HeadRecord head : written) {
      boolean both = kept.contains(signed(head)) && replaced.contains(hash(head));
      assertTrue(!both, seed);
    }
  }
}
