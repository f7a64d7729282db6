package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.LEASE;
import static tv.hearth.tests.contracts.pieces.PieceSamples.OWNER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.value.PieceId;

/** The index with a hundred thousand pieces in it. */
class PieceIndexTest {
  private static final int MANY = 100_000;

  @TempDir static Path folder;
  private static IndexFile file;

  @BeforeAll
  static void fill() throws SQLException, IOException {
    file = new IndexFile(folder.resolve("index.db"), PieceIndexTest::insertMany);
    file.open(false);
  }

  @AfterAll
  static void close() throws SQLException {
    file.close();
  }

  @Test
  void listsThemAllOnceInOrder() throws SQLException {
    PieceIndex index = new PieceIndex(file);
    int seen = 0;
    PieceId last = null;
    List<PieceInfo> page = index.list(null, 1000);
    while (!page.isEmpty()) {
      for (PieceInfo info : page) {
        assertTrue(last == null || last.compareTo(info.piece()) < 0);
        last = info.piece();
        seen++;
      }
      page = index.list(last, 1000);
    }
    assertEquals(MANY, seen);
    assertEquals(MANY, index.holdings().get(0).pieces());
  }

  /** What makes it fast, told by SQLite itself rather than by a clock. */
  @Test
  void noCallGoesThroughAllRowsOrSortsThem() throws SQLException {
    for (String sql :
        List.of(
            "SELECT * FROM piece WHERE leaving = 0 AND (object, segment, part) > (x'01', 0, 0) "
                + "ORDER BY object, segment, part LIMIT 10",
            "SELECT * FROM piece WHERE leaving = 0 AND object = x'01' AND owner = 'a'",
            "SELECT * FROM piece WHERE leaving = 0 AND lease < 5",
            "SELECT * FROM piece WHERE leaving = 1 LIMIT 10",
            "SELECT * FROM piece WHERE leaving = 0 AND checked < 5 ORDER BY checked LIMIT 1")) {
      for (String step : plan(sql)) {
        assertTrue(step.startsWith("SEARCH"), sql + ": " + step);
        assertFalse(step.contains("TEMP B-TREE"), sql + ": " + step);
      }
    }
  }

  private List<String> plan(String sql) throws SQLException {
    return file.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            List<String> steps = new ArrayList<>();
            while (rows.next()) {
              steps.add(rows.getString("detail"));
            }
            return steps;
          }
        });
  }

  private static long insertMany(Database empty) throws SQLException {
    return empty.writeRelaxed(
        connection -> {
          for (int i = 0; i < MANY; i++) {
            PieceIndex.add(
                connection,
                new PieceInfo(piece(i / 50, i % 50, 0), OWNER, 64, 64, PieceHeader.NO_ROOT, LEASE),
                i);
          }
          return (long) MANY;
        });
  }
}
