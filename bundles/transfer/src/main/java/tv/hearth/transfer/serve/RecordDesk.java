package tv.hearth.transfer.serve;

import java.util.List;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborWriter;
import tv.hearth.transfer.core.RecordRules;
import tv.hearth.transfer.core.Refusal;

/** Records that neighbours offer and ask for. Blocks on the disk. Thread-safe. */
public final class RecordDesk {
  private static final int TRIES = 8;
  private static final int PAGE = 1000;

  private final Services services;
  private final DeletionDesk deletions;

  /** Over the services. */
  public RecordDesk(Services services, DeletionDesk deletions) {
    this.services = services;
    this.deletions = deletions;
  }

  /** Takes a record if the rules allow; durable when it returns. */
  public Reply put(RecordKey key, byte[] signed) throws Exception {
    if (key.kind() == RecordKind.TOMBSTONE) {
      return deletions.tombstone(signed, key);
    }
    BoxMap map = services.map();
    RecordRules.Checked record =
        services.verifier.call(v -> RecordRules.check(key, signed, map, v));
    if (record.object().isPresent()) {
      deletions.refuseDeleted(new OwnerId(key.subject()), record.object().get());
    }
    store(record);
    return Reply.done();
  }

  /** Compares and replaces until nobody else was faster. */
  private void store(RecordRules.Checked record) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      List<Bytes> kept = services.records.call(store -> store.get(record.key()));
      List<Bytes> next = RecordRules.merge(record, kept);
      if (next.equals(kept)
          || services.records.call(store -> store.replace(record.key(), kept, next))) {
        return;
      }
    }
    throw new Refusal(Problem.BUSY, "others are writing " + record.key() + ": try again");
  }

  /** The records under a key: a CBOR array of byte strings. */
  public Reply get(RecordKey key) throws Exception {
    List<Bytes> records = services.records.call(store -> store.get(key));
    return Reply.cbor(array(new CborWriter(), records).toBytes());
  }

  /** A page: a CBOR array of [name, [record…]]. */
  public Reply list(String kind, String subject, String after) throws Exception {
    List<RecordStore.Entry> page =
        services.records.call(store -> store.list(kind, subject, after, PAGE));
    CborWriter out = new CborWriter().arrayHead(page.size());
    for (RecordStore.Entry entry : page) {
      out.arrayHead(2).text(entry.key().name());
      array(out, entry.records());
    }
    return Reply.cbor(out.toBytes());
  }

  private static CborWriter array(CborWriter out, List<Bytes> records) {
    out.arrayHead(records.size());
    records.forEach(record -> out.bytes(record.toArray()));
    return out;
  }
}
