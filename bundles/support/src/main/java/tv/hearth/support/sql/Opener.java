package tv.hearth.support.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections: who knows the driver. */
@FunctionalInterface
public interface Opener {
  /**
   * Opens one; the caller closes it.
   *
   * @param readOnly then nothing of the file is changed
   */
  Connection open(Path file, boolean readOnly) throws SQLException;
}
