package tv.hearth.headend.registry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.fleet.Departure;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.support.record.EndpointRecord;
import tv.hearth.support.record.RecordException;

/** The fleet's boxes, the claims they used and the certificates they got. Thread-safe. */
public final class FleetStore {
  private final Database database;

  /** Over an open database. */
  public FleetStore(Database database) {
    this.database = database;
  }

  /** All boxes, removed ones too. */
  public List<FleetBox> boxes() {
    return database.query("SELECT * FROM box ORDER BY id", FleetStore::read);
  }

  /** A box. */
  public Optional<FleetBox> box(BoxId id) {
    return database.query("SELECT * FROM box WHERE id = ?", FleetStore::read, id.text()).stream()
        .findFirst();
  }

  /** The box that has that signing key now. */
  public Optional<FleetBox> bySigningKey(Bytes key) {
    byte[] spki = key.toArray();
    return database.query("SELECT * FROM box WHERE signing = ?", FleetStore::read, spki).stream()
        .findFirst();
  }

  /** How many boxes are members. */
  public long members() {
    return database.number("SELECT count(*) FROM box WHERE state <> 'REMOVED'");
  }

  /** Inserts a box, or replaces it; fails where another box has its signing key. */
  public void put(FleetBox box) {
    database.update(
        "INSERT INTO box (id, signing, exchange, household, owner, model, location,"
            + " weight, state, sequence, endpoints, enrolled, seen, online, departure, departed)"
            + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
            + " signing = excluded.signing, exchange = excluded.exchange,"
            + " household = excluded.household, owner = excluded.owner, model = excluded.model,"
            + " location = excluded.location, weight = excluded.weight, state = excluded.state,"
            + " sequence = excluded.sequence, endpoints = excluded.endpoints,"
            + " enrolled = excluded.enrolled, seen = excluded.seen, online = excluded.online,"
            + " departure = excluded.departure, departed = excluded.departed",
        box.id().text(),
        box.keys().signing().toArray(),
        box.keys().exchange().toArray(),
        box.keys().household().toArray(),
        box.household().text(),
        box.model(),
        box.location(),
        box.weight(),
        box.state().name(),
        box.sequence(),
        new EndpointRecord(box.id(), box.sequence(), box.endpoints(), box.reads()).encode(),
        box.enrolled().getEpochSecond(),
        box.lastSeen().getEpochSecond(),
        box.online() ? 1 : 0,
        box.departure().why().name(),
        box.departure().since().getEpochSecond());
  }

  /** Notes a sign of life; an unknown box: no effect. */
  public void seen(BoxId id, Instant when, boolean online) {
    database.update(
        "UPDATE box SET seen = max(seen, ?), online = ? WHERE id = ?",
        when.getEpochSecond(),
        online ? 1 : 0,
        id.text());
  }

  /** The box that used a claim. */
  public Optional<BoxId> claimant(String claim) {
    return database
        .query("SELECT box FROM claim WHERE id = ?", row -> new BoxId(row.getString(1)), claim)
        .stream()
        .findFirst();
  }

  /** Which claim each box used; the newest where there are several. */
  public Map<BoxId, String> claims() {
    Map<BoxId, String> claims = new HashMap<>();
    database
        .query(
            "SELECT box, id FROM claim ORDER BY used",
            row -> Map.entry(new BoxId(row.getString(1)), row.getString(2)))
        .forEach(each -> claims.put(each.getKey(), each.getValue()));
    return claims;
  }

  /** Binds a claim to a box for good. */
  public void bind(String claim, BoxId box, Instant when) {
    database.update(
        "INSERT OR IGNORE INTO claim (id, box, used) VALUES (?,?,?)",
        claim,
        box.text(),
        when.getEpochSecond());
  }

  /** Notes a certificate, and forgets those that have expired. */
  public void issued(String serial, BoxId box, String kind, Instant issued, Instant expires) {
    database.update("DELETE FROM certificate WHERE expires < ?", issued.getEpochSecond());
    database.update(
        "INSERT INTO certificate (serial, box, kind, issued, expires) VALUES (?,?,?,?,?)",
        serial,
        box.text(),
        kind,
        issued.getEpochSecond(),
        expires.getEpochSecond());
  }

  /** Certificates that have not expired. */
  public long certificates() {
    return database.number("SELECT count(*) FROM certificate");
  }

  /** Runs {@code work} wholly or not at all. */
  public <T, X extends Exception> T transaction(Database.Work<T, X> work) throws X {
    return database.transaction(work);
  }

  private static FleetBox read(ResultSet row) throws SQLException {
    try {
      EndpointRecord at = EndpointRecord.decode(row.getBytes("endpoints"));
      return new FleetBox(
          new BoxId(row.getString("id")),
          new FleetBox.Keys(
              Bytes.of(row.getBytes("signing")),
              Bytes.of(row.getBytes("exchange")),
              Bytes.of(row.getBytes("household"))),
          row.getString("model"),
          row.getString("location"),
          row.getInt("weight"),
          MapBox.State.valueOf(row.getString("state")),
          row.getLong("sequence"),
          at.endpoints(),
          Instant.ofEpochSecond(row.getLong("enrolled")),
          Instant.ofEpochSecond(row.getLong("seen")),
          row.getInt("online") != 0,
          departure(row),
          at.reads());
    } catch (RecordException | IllegalArgumentException e) {
      throw new SQLException("box " + row.getString("id") + " is damaged: " + e.getMessage(), e);
    }
  }

  /** The state goes first: software that knows no departures changes it alone. */
  private static Departure departure(ResultSet row) throws SQLException {
    boolean member = MapBox.State.valueOf(row.getString("state")) != MapBox.State.REMOVED;
    Departure.Why why = Departure.Why.of(row.getString("departure"));
    boolean agrees = member == (why == Departure.Why.MEMBER);
    Departure.Why other = member ? Departure.Why.MEMBER : Departure.Why.OPERATOR;
    return new Departure(agrees ? why : other, Instant.ofEpochSecond(row.getLong("departed")));
  }
}
