package tv.hearth.api.pieces;

import java.util.List;
import tv.hearth.api.value.Bytes;

/**
 * Durable small records by key; a key holds 0…8 of them (siblings). What may replace what is the
 * caller's matter. Thread-safe.
 */
public interface RecordStore {
  /** Largest record, bytes. */
  int MAX_RECORD = 1 << 20;

  /** The records under {@code key}; empty where none. */
  List<Bytes> get(RecordKey key) throws StoreException;

  /**
   * Replaces all records under {@code key} if they still are {@code expected}; durable when it
   * returns true; false where somebody else was faster. An empty {@code next} deletes.
   *
   * @throws StoreException QUOTA, DISK_FULL, READ_ONLY, IO
   */
  boolean replace(RecordKey key, List<Bytes> expected, List<Bytes> next) throws StoreException;

  /**
   * Entries of a kind and subject in order of name, after {@code after} (empty: from the first), at
   * most {@code limit} (≤ 1000) and at most 1 MiB together (but at least one).
   */
  default List<Entry> list(RecordKind kind, String subject, String after, int limit)
      throws StoreException {
    return list(kind.path(), subject, after, limit);
  }

  /** As above, for a kind by its path: for those that this release does not know, too. */
  List<Entry> list(String path, String subject, String after, int limit) throws StoreException;

  /** A key with its records. */
  record Entry(RecordKey key, List<Bytes> records) {
    /** Copies the list. */
    public Entry {
      records = List.copyOf(records);
    }
  }
}
