package tv.hearth.headend.registry.store;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.value.BoxId;

/** What objects' records the operator's boxes told of: the newest of each name. Thread-safe. */
public final class CatalogueStore {
  private final Database database;
  private final long mostOfAnOwner;

  /**
   * Over an open database.
   *
   * @param mostOfAnOwner further names of an owner are refused
   */
  public CatalogueStore(Database database, long mostOfAnOwner) {
    this.database = database;
    this.mostOfAnOwner = mostOfAnOwner;
  }

  /**
   * Takes a verified record where it is new or of a higher revision than what is there.
   *
   * @return false where the owner has too many
   */
  public boolean put(RecordKey key, Entry entry) {
    return database.transaction(() -> replace(key, entry));
  }

  private boolean replace(RecordKey key, Entry entry) {
    Object[] name = {key.path(), key.subject(), key.name()};
    String there = "SELECT count(*) FROM record WHERE kind = ? AND owner = ? AND name = ?";
    String all = "SELECT count(*) FROM record WHERE owner = ?";
    if (database.number(there, name) == 0 && database.number(all, key.subject()) >= mostOfAnOwner) {
      return false;
    }
    database.update(
        "INSERT INTO record (kind, owner, name, revision, hash, record, box, seen)"
            + " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (kind, owner, name) DO UPDATE SET"
            + " revision = excluded.revision, hash = excluded.hash, record = excluded.record,"
            + " box = excluded.box, seen = excluded.seen"
            + " WHERE excluded.revision > record.revision",
        name[0],
        name[1],
        name[2],
        entry.revision(),
        entry.hash(),
        entry.record(),
        entry.box().text(),
        entry.seen().getEpochSecond());
    return true;
  }

  /** How many there are of each kind. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    database.query(
        "SELECT kind, count(*) FROM record GROUP BY kind",
        row -> counts.put(row.getString(1), row.getLong(2)));
    return counts;
  }

  /**
   * A record.
   *
   * @param hash SHA-256 of its payload
   * @param record as it was signed
   * @param box that told of it
   */
  public record Entry(long revision, byte[] hash, byte[] record, BoxId box, Instant seen) {}
}
