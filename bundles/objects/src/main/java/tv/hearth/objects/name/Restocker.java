package tv.hearth.objects.name;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Services;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Brings the records back that this box should keep for its neighbourhood where it has as good as
 * none at its start: it is new, or has lost them. Goes through the owners of the map, tombstones
 * first, asks other boxes for pages of their records, and takes what it is a replica of by the
 * rules that hold for any offer. Used by one thread.
 */
public final class Restocker {
  private static final int FEW = 8;
  private static final int MOST_ASKED = 24;
  private static final int SUBJECTS_A_TURN = 8;
  private static final long ANSWER = TimeUnit.SECONDS.toNanos(5);
  private static final List<RecordKind> KINDS =
      List.of(
          RecordKind.TOMBSTONE,
          RecordKind.DESCRIPTOR,
          RecordKind.PLACEMENT,
          RecordKind.HEAD,
          RecordKind.KEY_GRANT,
          RecordKind.ROOT);
  private static final Set<RecordKind> OBJECTS =
      Set.of(RecordKind.DESCRIPTOR, RecordKind.PLACEMENT, RecordKind.HEAD);
  private static final System.Logger LOG = System.getLogger(Restocker.class.getName());
  private final Services services;
  private final Authority authority;
  private final Replicas replicas;
  private final Boxes boxes;
  private Deque<Subject> left;
  private int brought;

  private record Subject(RecordKind kind, OwnerId owner) {}

  /** Over the neighbours' records and this box's own. */
  public Restocker(Services services, Authority authority, Replicas replicas, Boxes boxes) {
    this.services = services;
    this.authority = authority;
    this.replicas = replicas;
    this.boxes = boxes;
  }

  /** A part of the work; true where nothing is left to do. */
  public boolean turn() throws ObjectFailure {
    if (services.records().now().isEmpty()) {
      return true;
    }
    if (left == null) {
      left = lost() ? subjects() : new ArrayDeque<>();
    }
    for (int i = Math.min(SUBJECTS_A_TURN, left.size()); i > 0; i--) {
      Subject subject = left.poll();
      if (!bring(subject)) {
        left.add(subject);
      }
    }
    if (left.isEmpty() && brought > 0) {
      LOG.log(System.Logger.Level.INFO, "{0} records are back from neighbours", brought);
      brought = 0;
    }
    return left.isEmpty();
  }

  private Deque<Subject> subjects() throws ObjectFailure {
    Set<OwnerId> owners = new LinkedHashSet<>(authority.map().contentKeys().keySet());
    authority.map().boxes().forEach(box -> owners.add(box.household()));
    Deque<Subject> all = new ArrayDeque<>();
    KINDS.forEach(kind -> owners.forEach(owner -> all.add(new Subject(kind, owner))));
    return all;
  }

  private boolean lost() throws ObjectFailure {
    int found = 0;
    for (Subject subject : subjects()) {
      if (!OBJECTS.contains(subject.kind())) {
        continue; // grants and roots come by themselves, also to a box that has lost all others
      }
      try {
        found += Remote.await(page(replicas.self(), subject, ""), ANSWER).size();
      } catch (TransferException e) {
        throw new ObjectFailure(
            ObjectFailure.Problem.NOT_READY, "this box's records: " + e.getMessage(), e);
      }
      if (found >= FEW) {
        return false;
      }
    }
    return true;
  }

  private java.util.concurrent.CompletableFuture<List<RecordStore.Entry>> page(
      BoxId box, Subject subject, String after) {
    return boxes.page(box, subject.kind(), subject.owner().text(), after);
  }

  /** False where nobody answered. */
  private boolean bring(Subject subject) throws ObjectFailure {
    List<BoxId> others =
        replicas.awake(
            authority.map().boxes().stream()
                .filter(box -> box.isMember() && !replicas.isSelf(box.id()))
                .map(box -> box.id())
                .toList());
    boolean answered = others.isEmpty();
    for (BoxId box : others.stream().limit(MOST_ASKED).toList()) {
      try {
        walk(box, subject);
        answered = true;
      } catch (TransferException e) {
        LOG.log(System.Logger.Level.DEBUG, "{0}: no records: {1}", box, e.getMessage());
      }
    }
    return answered;
  }

  private void walk(BoxId box, Subject subject) throws TransferException, ObjectFailure {
    String after = "";
    List<RecordStore.Entry> page = Remote.await(page(box, subject, after), ANSWER);
    while (!page.isEmpty()) {
      for (RecordStore.Entry entry : page) {
        for (Bytes record : entry.records()) {
          take(entry.key(), record, subject);
        }
      }
      String last = page.get(page.size() - 1).key().name();
      if (last.compareTo(after) <= 0) {
        return;
      }
      after = last;
      page = Remote.await(page(box, subject, after), ANSWER);
    }
  }

  private void take(RecordKey key, Bytes record, Subject subject) throws ObjectFailure {
    boolean asked = key.kind() == subject.kind() && key.subject().equals(subject.owner().text());
    if (!asked || !keepers(key, record).contains(replicas.self())) {
      return;
    }
    try {
      Remote.await(boxes.putRecord(replicas.self(), key, record.toArray()), ANSWER);
      brought++;
    } catch (TransferException e) {
      LOG.log(System.Logger.Level.DEBUG, "not taken: {0}: {1}", key, e.getMessage());
    }
  }

  /** The boxes that keep a record; none where it names no object. */
  private List<BoxId> keepers(RecordKey key, Bytes record) throws ObjectFailure {
    try {
      return switch (key.kind()) {
        case HEAD, KEY_GRANT, ROOT -> replicas.of(new OwnerId(key.subject()));
        case DESCRIPTOR ->
            replicas.of(DescriptorRecord.decode(Sign1.parse(record.toArray()).payload()).object());
        case PLACEMENT, TOMBSTONE -> replicas.of(new ObjectId(key.name().split("-", 2)[0]));
        case OTHER -> List.of();
      };
    } catch (CborException | RecordException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "not a record: {0}: {1}", key, e.getMessage());
      return List.of();
    }
  }
}
