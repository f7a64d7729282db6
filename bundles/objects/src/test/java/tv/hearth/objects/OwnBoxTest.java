package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.Role;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.core.Siblings;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Workers;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** This box as a replica of its own records: not over the line, but by everybody's rules. */
class OwnBoxTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "a.mkv");
  private static final Bytes NAME = Bytes.of(new byte[32]);
  @TempDir private Path folder;
  private Town town;
  private Workers workers;
  private Boxes boxes;
  private BoxId self;
  private OwnerId owner;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 6);
    workers = new Workers(2);
    Remote remote = new Remote(town.services(0), workers);
    Authority authority = new Authority(town.services(0));
    boxes = new Boxes(town.services(0), remote, workers, authority, new HolderHealth());
    self = town.node(0).identity().box();
    owner = town.node(0).identity().owner(Role.HOUSEHOLD);
  }

  @AfterEach
  void close() {
    workers.close();
    town.close();
  }

  @Test
  void aBoxThatCantReachItselfIsAReplicaAllTheSame() throws Exception {
    byte[] content = Seeds.random().bytes(600_000);
    town.holder(0).fault(Fault.DEAD);
    Town.put(town.box(0), REF, DurabilityClass.HOME, content);
    Set<RecordKind> kinds = Set.of(RecordKind.HEAD, RecordKind.DESCRIPTOR, RecordKind.PLACEMENT);
    for (RecordKind kind : kinds) {
      assertTrue(
          town.holder(0).allRecords().keySet().stream().anyMatch(key -> key.kind() == kind),
          kind + " is not here");
    }
    IntStream.range(1, 6).forEach(i -> town.holder(i).fault(Fault.DEAD));
    assertArrayEquals(content, Town.read(town.restarted(0), REF, 0, content.length));
    IntStream.range(1, 6).forEach(i -> town.holder(i).fault(Fault.NONE));
    town.box(0).delete(REF);
    Await.until("the copy at home is gone", () -> town.pieces().count() == 0);
  }

  @Test
  void olderHeadsAreRefusedAndConcurrentOnesKept() throws Exception {
    HeadRecord first = head(1, List.of(), "one");
    HeadRecord second = head(2, List.of(Siblings.hash(first)), "two");
    HeadRecord other = head(2, List.of(Siblings.hash(first)), "other");
    put(first);
    put(first);
    assertEquals(1, kept());
    put(second);
    put(other);
    assertEquals(2, kept());
    assertEquals(Problem.CONFLICT, refusal(() -> put(first)));
    put(head(3, List.of(Siblings.hash(second), Siblings.hash(other)), "three"));
    assertEquals(1, kept());
    assertEquals(Problem.CONFLICT, refusal(() -> put(second)));
  }

  @Test
  void whatTheOwnerDidNotSignIsRefused() throws Exception {
    HeadRecord head = head(1, List.of(), "forged");
    byte[] signed = town.node(1).identity().sign(Role.HOUSEHOLD, HeadRecord.TYPE, head.encode());
    assertEquals(Problem.REFUSED, refusal(() -> await(boxes.putRecord(self, key(), signed))));
    assertEquals(0, kept());
  }

  @Test
  void whatWasDeletedIsNotKeptAgain() throws Exception {
    ObjectId object = ObjectId.of(new byte[16]);
    byte[] tombstone = new Tombstone(owner, object, Instant.now()).encode();
    await(boxes.delete(self, sign(Tombstone.TYPE, tombstone)));
    byte[] keep = new KeepRecord(owner, object, Instant.MAX).encode();
    assertEquals(
        Problem.REFUSED, refusal(() -> await(boxes.keep(self, sign(KeepRecord.TYPE, keep)))));
  }

  @Test
  void playersAndHouseholdsGoBeforeIngest() throws Exception {
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, new byte[600_000]);
    Town.read(town.restarted(0), REF, 0, 600_000);
    assertEquals(Set.of(TrafficClass.HOUSEHOLD), all(true));
    assertEquals(Set.of(TrafficClass.HOUSEHOLD), all(false));
    ObjectRef film = ObjectRef.of(Shelf.CATALOGUE, "film.mp4");
    Town.put(town.ingest(), film, DurabilityClass.HALF_PROOF, new byte[600_000]);
    Await.until("the box can read", () -> readable(film));
    Town.read(town.box(0), film, 0, 600_000);
    assertEquals(Set.of(TrafficClass.HOUSEHOLD, TrafficClass.STREAM), all(true));
    assertEquals(Set.of(TrafficClass.HOUSEHOLD, TrafficClass.BACKUP), all(false));
  }

  private Set<TrafficClass> all(boolean reads) {
    Set<TrafficClass> all = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      all.addAll(reads ? town.holder(i).readAs() : town.holder(i).writtenAs());
    }
    return all;
  }

  private boolean readable(ObjectRef ref) {
    try {
      return town.box(0).stat(ref).length() > 0;
    } catch (ObjectFailure e) {
      return false;
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static Problem refusal(Call call) {
    return assertThrows(TransferException.class, call::run).problem();
  }

  private RecordKey key() {
    return new RecordKey(RecordKind.HEAD, owner.text(), NAME.toString());
  }

  private int kept() throws Exception {
    return await(boxes.records(self, key())).size();
  }

  private void put(HeadRecord head) throws Exception {
    await(boxes.putRecord(self, key(), sign(HeadRecord.TYPE, head.encode())));
  }

  private byte[] sign(String type, byte[] payload) throws Exception {
    return town.node(0).identity().sign(Role.HOUSEHOLD, type, payload);
  }

  private HeadRecord head(long revision, List<Bytes> parents, String content) {
    return new HeadRecord(
        owner,
        NAME,
        revision,
        parents,
        false,
        Bytes.of(content.getBytes(StandardCharsets.UTF_8)),
        Instant.now());
  }

  private static <T> T await(CompletableFuture<T> future) throws TransferException {
    return Remote.await(future, TimeUnit.SECONDS.toNanos(10));
  }
}
