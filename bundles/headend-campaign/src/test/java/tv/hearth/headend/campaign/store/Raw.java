package tv.hearth.headend.campaign.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;
import tv.hearth.support.sql.Schema;
import tv.hearth.support.sql.Schema.Column;
import tv.hearth.support.sql.Schema.Step;

/** Files of other releases, as these leave them. */
final class Raw {
  private static final List<String> WIDER =
      List.of(
          "ALTER TABLE member ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'",
          "CREATE TABLE wave (campaign INTEGER PRIMARY KEY, height INTEGER NOT NULL)",
          "INSERT INTO wave SELECT id, 7 FROM campaign");
  private static final List<String> OTHER =
      List.of("ALTER TABLE member RENAME COLUMN reason TO why", "DROP TABLE sample");

  /** A later release, whose file this one opens. */
  static final Schema OPEN = later(new Step(3, 1, WIDER));

  /** One after that, whose file this one must not open. */
  static final Schema SHUT = later(new Step(3, 1, WIDER), new Step(4, 4, OTHER));

  /** The next one, which changes what this one would not mind. */
  static final Schema LAST =
      later(
          new Step(3, 1, WIDER),
          new Step(4, 4, OTHER),
          new Step(5, 1, List.of("CREATE TABLE spray (one INTEGER)")));

  private Raw() {}

  private static Schema later(Step... steps) {
    Schema now = CampaignSchema.NOW;
    List<Column> columns = new ArrayList<>(now.columns());
    return new Schema(now.first(), columns, List.of(steps), now.same());
  }

  static void change(Path file, String... changes) throws SQLException {
    try (Connection connection = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        Statement statement = connection.createStatement()) {
      for (String change : changes) {
        statement.execute(change);
      }
    }
  }

  static String text(Path file, String query) throws SQLException {
    try (Connection connection = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  /** What is on disk at that moment, as SIGKILL leaves it. */
  static void copy(Path from, Path to) throws IOException {
    for (String end : List.of("", "-wal")) {
      if (Files.exists(Path.of(from + end))) {
        Files.copy(Path.of(from + end), Path.of(to + end));
      }
    }
  }
}
