package tv.hearth.headend.registry.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.bus.Message;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.headend.registry.fleet.Departure;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.headend.registry.store.CatalogueStore;
import tv.hearth.headend.registry.store.Database;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.record.EndpointRecord;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.text.KeyIds;

class InboxTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  @TempDir Path temp;
  private final KeyPair boxKey = Ed25519Keys.generate(new SecureRandom());
  private final KeyPair homeKey = Ed25519Keys.generate(new SecureRandom());
  private final BoxId box = new BoxId(KeyIds.of(boxKey.getPublic().getEncoded()));
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final AtomicInteger changes = new AtomicInteger();
  private OperatorKeys operator;
  private Database database;
  private FleetStore fleet;
  private CatalogueStore catalogue;
  private Inbox inbox;
  private final ServiceGate<SignatureVerifier> verifier =
      new ServiceGate<>("SignatureVerifier", Duration.ZERO);
  private int level = 1;

  @BeforeEach
  void open() throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    operator = OperatorKeys.create(temp.resolve("op"), "hamlet", clock, new SecureRandom());
    database = new Database(temp.resolve("registry.db"));
    fleet = new FleetStore(database);
    catalogue = new CatalogueStore(database, 3);
    fleet.put(row(MapBox.State.ACTIVE));
    verifier.open(new JdkVerifier());
    inbox =
        new Inbox(
            Credentials.read(operator.headendCredentials()),
            fleet,
            catalogue,
            clock,
            work::add,
            verifier,
            changes::incrementAndGet,
            () -> level);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private FleetBox row(MapBox.State state) {
    Bytes signing = Bytes.of(boxKey.getPublic().getEncoded());
    Bytes household = Bytes.of(homeKey.getPublic().getEncoded());
    return new FleetBox(
        box,
        new FleetBox.Keys(signing, Bytes.of(new byte[32]), household),
        "m",
        "p",
        100,
        state,
        0,
        List.of(),
        NOW,
        Instant.EPOCH,
        false);
  }

  private static byte[] sign(String type, byte[] payload, KeyPair pair) {
    byte[] signature = Ed25519Keys.sign(pair.getPrivate(), Sign1.toBeSigned(type, payload));
    return new Sign1(type, payload, signature).encode();
  }

  private void tell(String topic, byte[] payload) {
    inbox.received(Message.of(topic, payload));
    drain();
  }

  private void drain() {
    while (!work.isEmpty()) {
      work.remove().run();
    }
  }

  private String up(String kind) {
    return "hearth/v1/hamlet/box/" + box + "/up/" + kind;
  }

  private byte[] endpoint(BoxId who, long sequence, int port, KeyPair signer) {
    List<Endpoint> at = List.of(new Endpoint("direct4", "10.0.0.1", port));
    return sign(EndpointRecord.TYPE, new EndpointRecord(who, sequence, at).encode(), signer);
  }

  private byte[] head(KeyPair signer, int name, long revision) {
    byte[] id = new byte[32];
    id[0] = (byte) name;
    HeadRecord head =
        new HeadRecord(
            new OwnerId(KeyIds.of(signer.getPublic().getEncoded())),
            Bytes.of(id),
            revision,
            List.of(),
            false,
            Bytes.of(new byte[10]),
            NOW);
    return sign(HeadRecord.TYPE, head.encode(), signer);
  }

  @Test
  void aBoxThatHasATwinIsKnownUntilItComesWithoutOne() {
    Message online = Message.of(up("state"), "online".getBytes(StandardCharsets.UTF_8));
    Message twin =
        new Message(
            online.topic(),
            online.payload(),
            1,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of("twin", "1"));
    inbox.received(twin);
    drain();
    assertEquals(Optional.of(NOW), inbox.twins().since(box));
    assertTrue(inbox.twins().trouble().contains(box.text()));
    inbox.received(online);
    drain();
    assertEquals("", inbox.twins().trouble());
  }

  @Test
  void aSequenceFromTheFutureSilencesNobody() {
    long now = NOW.getEpochSecond();
    tell(up("endpoint"), endpoint(box, Long.MAX_VALUE, 1, boxKey));
    tell(up("endpoint"), endpoint(box, now + 86_401, 1, boxKey));
    assertEquals(0, fleet.box(box).orElseThrow().sequence());
    tell(up("endpoint"), endpoint(box, now, 2, boxKey));
    assertEquals(2, fleet.box(box).orElseThrow().endpoints().get(0).port());
    fleet.put(row(MapBox.State.ACTIVE).at(Long.MAX_VALUE, List.of(), 1, NOW));
    tell(up("endpoint"), endpoint(box, now + 1, 3, boxKey));
    assertEquals(now + 1, fleet.box(box).orElseThrow().sequence());
  }

  @Test
  void aBoxThatWasLeftBehindIsAMemberAgainOnceItReadsTheLevel() {
    level = 2;
    fleet.put(row(MapBox.State.ACTIVE).removed(Departure.Why.BEHIND, NOW));
    tell(up("endpoint"), endpoint(box, 5, 1, boxKey));
    assertFalse(fleet.box(box).orElseThrow().isMember(), "its software says that it reads 1");
    byte[] updated = new EndpointRecord(box, 6, List.of(), 2).encode();
    tell(up("endpoint"), sign(EndpointRecord.TYPE, updated, boxKey));
    assertTrue(fleet.box(box).orElseThrow().isMember());
    assertEquals(2, fleet.box(box).orElseThrow().reads());
    assertEquals(2, changes.get());
  }

  @Test
  void endpointsGrowInSequenceAndChangeTheMap() {
    tell(up("endpoint"), endpoint(box, 5, 1, boxKey));
    assertEquals(1, changes.get());
    tell(up("endpoint"), endpoint(box, 5, 2, boxKey));
    tell(up("endpoint"), endpoint(box, 4, 2, boxKey));
    assertEquals(1, changes.get());
    tell(up("endpoint"), endpoint(box, 6, 1, boxKey));
    assertEquals(1, changes.get(), "the same endpoints need no new map");
    assertEquals(6, fleet.box(box).orElseThrow().sequence());
  }

  @Test
  void endpointsOfOthersForgedOrRemovedAreRefused() {
    KeyPair thief = Ed25519Keys.generate(new SecureRandom());
    tell(up("endpoint"), endpoint(box, 5, 1, thief));
    tell(up("endpoint"), endpoint(new BoxId("a".repeat(32)), 5, 1, boxKey));
    tell("hearth/v1/hamlet/box/" + "a".repeat(32) + "/up/endpoint", endpoint(box, 5, 1, boxKey));
    tell(up("endpoint"), new byte[] {1});
    fleet.put(row(MapBox.State.REMOVED));
    tell(up("endpoint"), endpoint(box, 7, 1, boxKey));
    assertEquals(5, inbox.refused());
    assertEquals(0, changes.get());
    assertEquals(List.of(), fleet.box(box).orElseThrow().endpoints());
  }

  @Test
  void stateUpdatesWhenABoxWasSeen() {
    tell(up("state"), "online".getBytes(StandardCharsets.UTF_8));
    assertTrue(fleet.box(box).orElseThrow().online());
    assertEquals(NOW, fleet.box(box).orElseThrow().lastSeen());
    tell(up("state"), "offline".getBytes(StandardCharsets.UTF_8));
    assertFalse(fleet.box(box).orElseThrow().online());
    tell(up("state"), "dancing".getBytes(StandardCharsets.UTF_8));
    assertEquals(1, inbox.refused());
  }

  @Test
  void aBoxThatGoesOffWasOnUntilThen() {
    byte[] offline = "offline".getBytes(StandardCharsets.UTF_8);
    fleet.seen(box, Instant.EPOCH, true);
    inbox.received(Message.of(up("state"), offline).asRetained());
    drain();
    assertEquals(Instant.EPOCH, fleet.box(box).orElseThrow().lastSeen(), "nobody knows since when");
    fleet.seen(box, Instant.EPOCH, true);
    tell(up("state"), offline);
    assertEquals(NOW, fleet.box(box).orElseThrow().lastSeen());
  }

  @Test
  void whoIsOffAlreadyGivesNoSignOfLifeByThatWord() {
    tell(up("state"), "offline".getBytes(StandardCharsets.UTF_8));
    assertEquals(Instant.EPOCH, fleet.box(box).orElseThrow().lastSeen());
  }

  @Test
  void aRetainedStateIsNoSignOfLife() {
    byte[] online = "online".getBytes(StandardCharsets.UTF_8);
    inbox.received(Message.of(up("state"), online).asRetained());
    drain();
    assertTrue(fleet.box(box).orElseThrow().online());
    assertEquals(Instant.EPOCH, fleet.box(box).orElseThrow().lastSeen());
  }

  @Test
  void recordsOfTheHouseholdAreCataloguedWithinBounds() {
    for (int name = 0; name < 5; name++) {
      tell(up("record"), head(homeKey, name, 1));
    }
    tell(up("record"), head(homeKey, 0, 2));
    assertEquals(Map.of("head", 3L), catalogue.counts());
    assertEquals(2, inbox.refused());
  }

  @Test
  void recordsOfOtherOwnersAreRefused() throws Exception {
    KeyPair other = Ed25519Keys.generate(new SecureRandom());
    tell(up("record"), head(other, 1, 1));
    KeyPair content = content();
    tell(up("record"), head(content, 1, 1));
    byte[] flipped = head(homeKey, 1, 1);
    flipped[flipped.length - 1] ^= 1;
    tell(up("record"), flipped);
    tell(up("record"), sign("hearth/other", new byte[3], homeKey));
    assertEquals(Map.of(), catalogue.counts());
    fleet.put(row(MapBox.State.INGEST));
    tell(up("record"), head(content, 1, 1));
    assertEquals(Map.of("head", 1L), catalogue.counts());
  }

  private KeyPair content() throws Exception {
    var key = KeyFiles.key(operator.contentKey());
    Credentials credentials = Credentials.read(operator.headendCredentials());
    byte[] spki = credentials.delegation().contentKeys().get(0).toArray();
    return new KeyPair(Ed25519Keys.publicKey(spki), key);
  }

  @Test
  void aFloodOfOneBoxLeavesRoomForOthers() {
    KeyPair quietKey = Ed25519Keys.generate(new SecureRandom());
    BoxId quiet = new BoxId(KeyIds.of(quietKey.getPublic().getEncoded()));
    for (int i = 0; i < 5000; i++) {
      inbox.received(Message.of(up("state"), new byte[] {'x'}));
    }
    assertEquals(5000 - 1024, inbox.dropped());
    inbox.received(Message.of("hearth/v1/hamlet/box/" + quiet + "/up/state", new byte[] {'x'}));
    assertEquals(5000 - 1024, inbox.dropped());
    drain();
    assertEquals(1025, inbox.refused());
    inbox.received(Message.of(up("state"), new byte[] {'x'}));
    assertEquals(5000 - 1024, inbox.dropped());
  }

  @Test
  void onlyOurTopicsAreParsed() {
    String id = "a".repeat(32);
    assertEquals(
        Optional.of(new UpTopic(new BoxId(id), "state")),
        UpTopic.parse("hamlet", "hearth/v1/hamlet/box/" + id + "/up/state"));
    for (String topic :
        List.of(
            "",
            "hearth/v1/other/box/" + id + "/up/state",
            "hearth/v1/hamlet/box/" + id + "/down/state",
            "hearth/v1/hamlet/box/" + id + "/up/state/more",
            "hearth/v1/hamlet/box/short/up/state",
            "hearth/v2/hamlet/box/" + id + "/up/state")) {
      assertEquals(Optional.empty(), UpTopic.parse("hamlet", topic), topic);
    }
  }

  @Test
  void whatIsTakenWhileItsVerifierIsExchangedIsTakenOnce() {
    verifier.open(new Stopped());
    inbox.received(Message.of(up("endpoint"), endpoint(box, 1, 4000, boxKey)));
    inbox.received(Message.of(up("endpoint"), endpoint(box, 2, 4001, boxKey)));
    drain();
    assertEquals(2, inbox.taken());
    assertEquals(0, inbox.dropped());
    assertEquals(1, changes.get());
  }

  @Test
  void whatNobodyCanVerifyIsDroppedAndCounted() {
    SignatureVerifier gone = new Stopped();
    verifier.open(gone);
    verifier.close(gone);
    tell(up("endpoint"), endpoint(box, 1, 4000, boxKey));
    assertEquals(1, inbox.dropped());
    assertEquals(0, inbox.taken());
  }

  /** Verifies one message, and finds at the next that its bundle was stopped. */
  private final class Stopped implements SignatureVerifier {
    private boolean used;

    @Override
    public byte[] verify(byte[] signed, String type, Bytes signingKey)
        throws BadSignatureException {
      if (used) {
        verifier.open(new JdkVerifier());
        throw new NoClassDefFoundError("crypto/NeverUsedBefore");
      }
      used = true;
      return new JdkVerifier().verify(signed, type, signingKey);
    }

    @Override
    public BoxId boxOf(X509Certificate leaf) throws BadSignatureException {
      return new JdkVerifier().boxOf(leaf);
    }
  }
}
