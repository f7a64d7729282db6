package tv.hearth.headend.registry.store;

import java.util.Optional;

/** The last signed map: epoch, version and the message as it was published. Thread-safe. */
public final class MapStore {
  private final Database database;

  /** Over an open database. */
  public MapStore(Database database) {
    this.database = database;
  }

  /** The last one; empty before the first. */
  public Optional<Stored> last() {
    return database
        .query(
            "SELECT epoch, version, signed FROM map",
            row -> new Stored(row.getInt(1), row.getLong(2), row.getBytes(3)))
        .stream()
        .findFirst();
  }

  /** Replaces it; durable when it returns. */
  public void put(Stored map) {
    database.update(
        "INSERT INTO map (one, epoch, version, signed) VALUES (1,?,?,?)"
            + " ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch,"
            + " version = excluded.version, signed = excluded.signed",
        map.epoch(),
        map.version(),
        map.signed());
  }

  /**
   * A map as stored.
   *
   * @param signed a {@link tv.hearth.support.record.SignedMap}; not to be changed
   */
  public record Stored(int epoch, long version, byte[] signed) {}
}
