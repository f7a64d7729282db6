package tv.hearth.support.sql;

import java.util.List;
import java.util.Map;

/**
 * What a database has, and how an older file becomes a present one.
 *
 * <p>A column that software of before can leave alone is a {@link Column}: it has a default, the
 * version stays, and a file gets it when it is opened. What is more than that is a {@link Step},
 * with a version of its own, which says how old the software may be that still opens the file.
 *
 * @param first statements that make version 1
 * @param columns that came later
 * @param steps in the order of their versions, each above the one before it
 * @param same versions that were never released, and those that they are the same as
 */
public record Schema(
    List<String> first, List<Column> columns, List<Step> steps, Map<Integer, Integer> same) {
  private static final int FIRST = 1;

  /** Copies. */
  public Schema {
    first = List.copyOf(first);
    columns = List.copyOf(columns);
    steps = List.copyOf(steps);
    same = Map.copyOf(same);
  }

  /**
   * A column that came later.
   *
   * @param type with NOT NULL and its DEFAULT: who does not know the column writes rows without it
   */
  public record Column(String table, String name, String type) {}

  /**
   * A migration, done in one transaction.
   *
   * @param version that it leads to
   * @param least the lowest version that software must know so as to open the file afterwards;
   *     where it is below {@code version}, that software must leave whole what it does not know
   */
  public record Step(int version, int least, List<String> changes) {
    /** Copies. */
    public Step {
      changes = List.copyOf(changes);
    }
  }

  /** That this software knows. */
  public int version() {
    return steps.isEmpty() ? FIRST : steps.get(steps.size() - 1).version();
  }
}
