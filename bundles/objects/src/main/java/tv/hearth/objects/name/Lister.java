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
  private static final int MOST_REPLICAS = 12;
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
    List<BoxId> at = replicas.of(owner);
    List<Cursor> open = open(at, owner);
    open.stream().filter(Cursor::isOpen).limit(MOST_REPLICAS).forEach(cursors::add);
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
    requireEnough(at, open);
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
        into.put(content.name(), new Heads.Named(owner, id, siblings, content, true));
      }
    } catch (ObjectFailure e) {
      if (e.problem() != ObjectFailure.Problem.DAMAGED) {
        throw e;
      }
      System.getLogger(Lister.class.getName())
          .log(System.Logger.Level.WARNING, "not listed: {0}", e.getMessage());
    }
  }

  private List<Cursor> open(List<BoxId> at, OwnerId owner) throws ObjectFailure {
    List<Cursor> cursors = new ArrayList<>();
    replicas.awake(at).forEach(box -> cursors.add(new Cursor(box, owner)));
    cursors.forEach(Cursor::ask);
    long end = System.nanoTime() + PAGE;
    cursors.forEach(cursor -> cursor.hear(end));
    requireEnough(at, cursors);
    return cursors;
  }

  /**
   * What few boxes know is no list: a name is on five of its replicas at least, and this box itself
   * may be new, or may have lost its records.
   */
  private void requireEnough(List<BoxId> at, List<Cursor> cursors) throws ObjectFailure {
    int neighbours = (int) at.stream().filter(box -> !replicas.isSelf(box)).count();
    int meets = at.size() - Replicas.need(at) + 1;
    int need = Math.min(neighbours, Math.min(Replicas.LEAST, meets));
    long answered =
        cursors.stream().filter(each -> each.answered && !replicas.isSelf(each.box)).count();
    long lost = cursors.stream().filter(each -> each.lost).count();
    if (answered - lost < need || cursors.stream().noneMatch(each -> each.answered)) {
      throw new ObjectFailure(
          ObjectFailure.Problem.TOO_FEW_BOXES,
          "it is not known now which names there are: "
              + (answered - lost)
              + " of the "
              + need
              + " neighbours answer that a list needs; try again in a moment");
    }
  }

  /** Walks one replica, page after page; one that stops answering is walked no further. */
  private final class Cursor {
    private final BoxId box;
    private final OwnerId owner;
    private final Deque<RecordStore.Entry> page = new ArrayDeque<>();
    private CompletableFuture<List<RecordStore.Entry>> asked;
    private String last = "";
    private boolean working = true;
    private boolean answered;
    private boolean lost;

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

    void hear(long end) {
      try {
        List<RecordStore.Entry> entries = Remote.await(asked, end - System.nanoTime());
        for (RecordStore.Entry entry : entries) {
          if (entry.key().name().compareTo(last) > 0) {
            page.add(entry);
            last = entry.key().name();
          }
        }
        working = !page.isEmpty();
        answered = true;
      } catch (TransferException e) {
        working = false;
        lost = answered;
      }
    }

    boolean isOpen() {
      return !page.isEmpty();
    }

    boolean fill() {
      if (page.isEmpty() && working) {
        ask();
        hear(System.nanoTime() + PAGE);
      }
      return !page.isEmpty();
    }
  }
}
