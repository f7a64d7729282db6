package tv.hearth.support.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Opens older files and newer ones. An older one is copied, then brought up to date step by step,
 * each in a transaction; cut anywhere, the next start goes on. A newer one is opened where it says
 * that this software may, and nothing of its schema is changed; else it is refused before anything
 * is touched.
 */
final class Upgrade {
  private final Path file;
  private final Schema schema;
  private final Opener opener;
  private final BeforeWrite beforeWrite;
  private final Copies copies;

  Upgrade(Path file, Schema schema, Opener opener, BeforeWrite beforeWrite) {
    this.file = file;
    this.schema = schema;
    this.opener = opener;
    this.beforeWrite = beforeWrite;
    this.copies = new Copies(file, beforeWrite);
  }

  /** Reads what the file says of itself; throws where this software may not open it. */
  void check() throws SQLException {
    if (!Files.exists(file)) {
      return;
    }
    try (Connection connection = opener.open(file, true)) {
      Stamp stamp = Stamp.of(connection);
      if (!opens(stamp)) {
        throw new SQLException(refusal(stamp));
      }
    }
  }

  private boolean opens(Stamp stamp) {
    return known(stamp) <= schema.version() || stamp.least() <= schema.version();
  }

  private boolean opens(Path copy) {
    try (Connection connection = opener.open(copy, true)) {
      return opens(Stamp.of(connection));
    } catch (SQLException damaged) {
      return false; // no copy to recommend
    }
  }

  private String refusal(Stamp stamp) {
    return "its schema is "
        + stamp.version()
        + ", which wants software that knows "
        + stamp.least()
        + ", and this knows "
        + schema.version()
        + "; nothing was touched: install the release that wrote it"
        + copies
            .newest(this::opens)
            .map(
                copy -> ", or put " + copy.getFileName() + " in its place, without what came since")
            .orElse("");
  }

  private int known(Stamp stamp) {
    return stamp.hasLeast()
        ? stamp.version()
        : schema.same().getOrDefault(stamp.version(), stamp.version());
  }

  /** Brings an open file up to date; leaves the connection with its own transactions. */
  void run(Connection connection) throws SQLException {
    Stamp stamp = Stamp.of(connection);
    int found = known(stamp);
    connection.setAutoCommit(false);
    if (stamp.isNew()) {
      change(connection, schema.first(), 1, 1);
      found = 1;
    } else if (found != stamp.version()) {
      change(connection, List.of(), found, found);
    }
    if (found <= schema.version()) {
      steps(connection, found, !stamp.isNew());
      columns(connection);
    }
  }

  private void steps(Connection connection, int found, boolean isInUse) throws SQLException {
    if (isInUse && found < schema.version()) {
      connection.setAutoCommit(true); // a copy is not taken within a transaction
      copies.take(connection, schema.version());
      connection.setAutoCommit(false);
    }
    int least = isInUse ? least(connection, found) : 1;
    for (Schema.Step step : schema.steps()) {
      if (step.version() > found) {
        least = Math.max(least, step.least());
        change(connection, step.changes(), step.version(), least);
      }
    }
  }

  /** No step makes a file open to older software again. */
  private static int least(Connection connection, int found) throws SQLException {
    return Math.min(found, Stamp.of(connection).least());
  }

  private void change(Connection connection, List<String> changes, int version, int least)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String change : changes) {
        beforeWrite.run();
        statement.execute(change);
      }
      beforeWrite.run();
      Stamp.write(statement, version, least);
      beforeWrite.run();
      connection.commit();
    }
  }

  private void columns(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Schema.Column column : schema.columns()) {
        if (!has(statement, column)) {
          beforeWrite.run();
          statement.execute(
              "ALTER TABLE "
                  + column.table()
                  + " ADD COLUMN "
                  + column.name()
                  + " "
                  + column.type());
        }
      }
      beforeWrite.run();
      connection.commit();
    }
  }

  private static boolean has(Statement statement, Schema.Column column) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA table_info(" + column.table() + ")")) {
      boolean found = false;
      while (row.next()) {
        found |= row.getString("name").equals(column.name());
      }
      return found;
    }
  }
}
