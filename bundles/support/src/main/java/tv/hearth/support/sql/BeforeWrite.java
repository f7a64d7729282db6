package tv.hearth.support.sql;

import java.sql.SQLException;

/** Called before each change and each commit: where a test ends the run or fails the disk. */
@FunctionalInterface
public interface BeforeWrite {
  /** Nothing in the way. */
  BeforeWrite NOTHING = () -> {};

  /** Throws where the write is not to be. */
  void run() throws SQLException;
}
