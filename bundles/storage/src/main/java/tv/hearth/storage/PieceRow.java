package tv.hearth.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/** A piece's info to and from its row in the index. */
final class PieceRow {
  static final String TABLE =
      "CREATE TABLE piece(object BLOB NOT NULL, segment INTEGER NOT NULL, part INTEGER NOT NULL, "
          + "owner TEXT NOT NULL, length INTEGER NOT NULL, unit INTEGER NOT NULL, "
          + "root BLOB NOT NULL, lease INTEGER NOT NULL, checked INTEGER NOT NULL, "
          + "leaving INTEGER NOT NULL, PRIMARY KEY(object, segment, part)) WITHOUT ROWID";

  static final String COLUMNS = "object, segment, part, owner, length, unit, root, lease";
  static final String IS = "object = ? AND segment = ? AND part = ?";

  private PieceRow() {}

  static PieceInfo info(ResultSet row) throws SQLException {
    return new PieceInfo(
        id(row),
        new OwnerId(row.getString(4)),
        row.getLong(5),
        row.getInt(6),
        Bytes.of(row.getBytes(7)),
        Leases.instant(row.getLong(8)));
  }

  static PieceId id(ResultSet row) throws SQLException {
    return new PieceId(ObjectId.of(row.getBytes(1)), row.getInt(2), row.getInt(3));
  }

  /** Sets three parameters from {@code at} on. */
  static void bind(PreparedStatement statement, int at, PieceId piece) throws SQLException {
    statement.setBytes(at, piece.object().toBytes());
    statement.setInt(at + 1, piece.segment());
    statement.setInt(at + 2, piece.index());
  }

  static void bind(PreparedStatement statement, PieceInfo info) throws SQLException {
    bind(statement, 1, info.piece());
    statement.setString(4, info.owner().text());
    statement.setLong(5, info.length());
    statement.setInt(6, info.unit());
    statement.setBytes(7, info.root().toArray());
    statement.setLong(8, Leases.of(info.keepUntil()));
  }
}
