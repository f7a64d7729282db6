package tv.hearth.objects.name;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.core.Siblings;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Replicas;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Lists an owner's names: walks the heads of all replicas that answer side by side in the order of
 * name ids, settles each, opens it, and keeps the first names. Memory: a page of each replica and
 * the names that are kept. Thread-safe.
 */
public final class Lister {
  private static final long PAGE = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_REPLICAS = 9;
  private final Heads heads;
  private final Replicas replicas;
  private final Boxes boxes;

  /** Over the replicas of each owner. */
  public Lister(Heads heads, Replicas replicas, Boxes boxes) {
    this.heads = heads;
    this.replicas = replicas;
    this.boxes = boxes;
  }

  /**
   * Adds the living names after {@code after} to {@code into}, which keeps the first {@code most}.
   */
  public void list(
      Space space, OwnerId owner, String after, int most, TreeMap<String, Heads.Named> into)
      throws ObjectFailure {
    PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparing(Cursor::name));
    for (Cursor cursor : open(owner)) {
      if (cursor.fill()) {
        cursors.add(cursor);
      }
    }
    while (!cursors.isEmpty()) {
      String nameId = cursors.peek().name();
      List<Bytes> records = new ArrayList<>();
      while (!cursors.isEmpty() && cursors.peek().name().equals(nameId)) {
        Cursor cursor = cursors.poll();
        records.addAll(cursor.page.poll().records());
        if (cursor.fill()) {
          cursors.add(cursor);
        }
      }
      add(space, owner, nameId, records, after, into);
      if (into.size() > most) {
        into.pollLastEntry();
      }
    }
  }

  private void add(
      Space space,
      OwnerId owner,
      String nameId,
      List<Bytes> records,
      String after,
      TreeMap<String, Heads.Named> into)
      throws ObjectFailure {
    if (nameId.length() != 64) {
      return;
    }
    Bytes id = Bytes.ofHex(nameId);
    List<HeadRecord> verified = heads.verified(owner, id, records);
    Siblings siblings = Siblings.of(verified);
    if (!siblings.alive()) {
      return;
    }
    try {
      HeadContent content = heads.open(space, siblings.heads().get(0));
      if (content.form() != HeadContent.Form.PACK && content.name().compareTo(after) > 0) {
        into.put(content.name(), new Heads.Named(owner, id, siblings, content));
      }
    } catch (ObjectFailure e) {
      if (e.problem() != ObjectFailure.Problem.DAMAGED) {
        throw e;
      }
      System.getLogger(Lister.class.getName())
          .log(System.Logger.Level.WARNING, "not listed: {0}", e.getMessage());
    }
  }

  private List<Cursor> open(OwnerId owner) throws ObjectFailure {
    List<Cursor> cursors = new ArrayList<>();
    List<BoxId> awake = replicas.awake(replicas.of(owner));
    awake.forEach(box -> cursors.add(new Cursor(box, owner)));
    cursors.forEach(Cursor::ask);
    int answered = 0;
    for (Cursor cursor : cursors) {
      answered += cursor.answers() ? 1 : 0;
    }
    if (answered == 0) {
      throw new ObjectFailure(
          ObjectFailure.Problem.TOO_FEW_BOXES,
          "none of the boxes that keep the names of " + owner + " answers: switch more boxes on");
    }
    return cursors.stream().filter(cursor -> cursor.working).limit(MOST_REPLICAS).toList();
  }

  /** Walks one replica, page after page; one that stops answering is walked no further. */
  private final class Cursor {
    private final BoxId box;
    private final OwnerId owner;
    private final Deque<RecordStore.Entry> page = new ArrayDeque<>();
    private CompletableFuture<List<RecordStore.Entry>> asked;
    private String last = "";
    private boolean working = true;

    Cursor(BoxId box, OwnerId owner) {
      this.box = box;
      this.owner = owner;
    }

    String name() {
      return page.peek().key().name();
    }

    void ask() {
      asked = boxes.page(box, RecordKind.HEAD, owner.text(), last);
    }

    boolean answers() {
      try {
        List<RecordStore.Entry> entries = Remote.await(asked, PAGE);
        for (RecordStore.Entry entry : entries) {
          if (entry.key().name().compareTo(last) > 0) {
            page.add(entry);
            last = entry.key().name();
          }
        }
        working = !page.isEmpty();
        return true;
      } catch (TransferException e) {
        working = false;
        return false;
      }
    }

    boolean fill() {
      if (page.isEmpty() && working) {
        ask();
        answers();
      }
      return !page.isEmpty();
    }
  }
}
