package tv.hearth.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/**
 * What the store knows of its committed pieces without opening their files. A row marked leaving is
 * no longer there for anybody; its file is deleted next. Thread-safe.
 */
final class PieceIndex {
  private static final String HERE = " FROM piece WHERE leaving = 0 AND ";
  private static final String SELECT = "SELECT " + PieceRow.COLUMNS;
  private static final String INSERT =
      "INSERT OR REPLACE INTO piece("
          + PieceRow.COLUMNS
          + ", checked, leaving) VALUES(?,?,?,?,?,?,?,?,?,0)";

  private final IndexFile file;

  PieceIndex(IndexFile file) {
    this.file = file;
  }

  Optional<PieceInfo> find(PieceId piece) throws SQLException {
    String sql = SELECT + HERE + PieceRow.IS;
    return file
        .read(connection -> query(connection, sql, s -> PieceRow.bind(s, 1, piece), PieceRow::info))
        .stream()
        .findFirst();
  }

  /** True where the piece is marked leaving. */
  boolean isLeaving(PieceId piece) throws SQLException {
    String sql = SELECT + " FROM piece WHERE leaving = 1 AND " + PieceRow.IS;
    return !file.read(c -> query(c, sql, s -> PieceRow.bind(s, 1, piece), PieceRow::id)).isEmpty();
  }

  /** After {@code after} (null: from the first), in order. */
  List<PieceInfo> list(PieceId after, int limit) throws SQLException {
    String from = after == null ? "1" : "(object, segment, part) > (?, ?, ?)";
    String sql = SELECT + HERE + from + " ORDER BY object, segment, part LIMIT " + limit;
    Binder binder = after == null ? s -> {} : s -> PieceRow.bind(s, 1, after);
    return file.read(c -> query(c, sql, binder, PieceRow::info));
  }

  /** Durable when it returns; {@code checked}: when its bytes were last seen whole, or 0. */
  void add(PieceInfo info, long checked) throws SQLException {
    file.write(
        connection -> {
          add(connection, info, checked);
          return null;
        });
  }

  static void add(Connection connection, PieceInfo info, long checked) throws SQLException {
    update(
        connection,
        INSERT,
        s -> {
          PieceRow.bind(s, info);
          s.setLong(9, checked);
        });
  }

  void remove(PieceId piece) throws SQLException {
    String sql = "DELETE FROM piece WHERE " + PieceRow.IS;
    file.write(c -> update(c, sql, s -> PieceRow.bind(s, 1, piece)));
  }

  /** How many pieces of that owner and object are here. */
  int count(ObjectId object, OwnerId owner) throws SQLException {
    String sql = SELECT + HERE + "object = ? AND owner = ?";
    return file.read(c -> query(c, sql, s -> bind(s, 1, object, owner), PieceRow::id)).size();
  }

  /** Extends leases that end before {@code lease}; returns how many pieces there are. */
  int keep(ObjectId object, OwnerId owner, long lease) throws SQLException {
    String sql =
        "UPDATE piece SET lease = max(lease, ?) WHERE leaving = 0 AND object = ? AND owner = ?";
    return file.write(
        connection ->
            update(
                connection,
                sql,
                s -> {
                  s.setLong(1, lease);
                  bind(s, 2, object, owner);
                }));
  }

  /** Marks all of an owner's pieces of an object as leaving; returns how many. */
  int leave(ObjectId object, OwnerId owner) throws SQLException {
    String sql = "UPDATE piece SET leaving = 1 WHERE leaving = 0 AND object = ? AND owner = ?";
    return file.write(c -> update(c, sql, s -> bind(s, 1, object, owner)));
  }

  /** Marks pieces as leaving whose lease ended before {@code now}; returns how many. */
  int leaveExpired(long now) throws SQLException {
    String sql = "UPDATE piece SET leaving = 1 WHERE leaving = 0 AND lease < ?";
    return file.write(c -> update(c, sql, s -> s.setLong(1, now)));
  }

  /** Some of those marked leaving. */
  List<PieceInfo> leaving(int limit) throws SQLException {
    String sql = SELECT + " FROM piece WHERE leaving = 1 LIMIT " + limit;
    return file.read(c -> query(c, sql, s -> {}, PieceRow::info));
  }

  /** Some of an owner's pieces of an object that are marked leaving. */
  List<PieceInfo> leaving(ObjectId object, OwnerId owner, int limit) throws SQLException {
    String sql =
        SELECT + " FROM piece WHERE leaving = 1 AND object = ? AND owner = ? LIMIT " + limit;
    return file.read(c -> query(c, sql, s -> bind(s, 1, object, owner), PieceRow::info));
  }

  /** Forgets these where they are marked leaving; returns those that another caller had not. */
  List<PieceInfo> gone(List<PieceInfo> pieces) throws SQLException {
    String sql = "DELETE FROM piece WHERE leaving = 1 AND " + PieceRow.IS;
    return file.write(
        connection -> {
          List<PieceInfo> gone = new ArrayList<>();
          for (PieceInfo info : pieces) {
            if (update(connection, sql, s -> PieceRow.bind(s, 1, info.piece())) > 0) {
              gone.add(info);
            }
          }
          return gone;
        });
  }

  /** Least recently checked first, those checked before {@code before}. */
  List<PieceInfo> unchecked(long before, int limit) throws SQLException {
    String sql = SELECT + HERE + "checked < ? ORDER BY checked LIMIT " + limit;
    return file.read(c -> query(c, sql, s -> s.setLong(1, before), PieceRow::info));
  }

  /** Notes that a piece was seen whole; a power cut may forget it. */
  void checked(PieceId piece, long now) throws SQLException {
    String sql = "UPDATE piece SET checked = ? WHERE " + PieceRow.IS;
    file.writeRelaxed(
        connection ->
            update(
                connection,
                sql,
                s -> {
                  s.setLong(1, now);
                  PieceRow.bind(s, 2, piece);
                }));
  }

  /** Pieces and bytes of files by owner, leaving ones too, since their files are still there. */
  List<Holding> holdings() throws SQLException {
    String sql =
        "SELECT owner, count(*), sum("
            + PieceHeader.ROOM
            + " + length + 32 * ((length + unit - 1) / unit)) FROM piece GROUP BY owner";
    return file.read(
        c ->
            query(
                c,
                sql,
                s -> {},
                row -> new Holding(new OwnerId(row.getString(1)), row.getLong(2), row.getLong(3))));
  }

  /** What one owner has here. */
  record Holding(OwnerId owner, long pieces, long bytes) {}

  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private static void bind(PreparedStatement statement, int at, ObjectId object, OwnerId owner)
      throws SQLException {
    statement.setBytes(at, object.toBytes());
    statement.setString(at + 1, owner.text());
  }

  private static <T> List<T> query(Connection c, String sql, Binder binder, Mapper<T> mapper)
      throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      binder.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(mapper.map(rows));
        }
        return found;
      }
    }
  }

  private static int update(Connection c, String sql, Binder binder) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      binder.bind(statement);
      return statement.executeUpdate();
    }
  }
}
