package tv.hearth.storage;

import java.io.IOException;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.lib.sqlite.SqliteLibrary;

/**
 * Has SQLite's native library loaded before a storage is opened: the driver would fail by an Error
 * that says nothing of the remedy.
 */
final class SqliteNative {
  private SqliteNative() {}

  /**
   * Loads it; does nothing where that is done.
   *
   * @param file the firmware's file; null or empty: the bundle's own
   * @throws StoreException IO where it can't be loaded; the message names what is missing
   */
  static void load(String file) throws StoreException {
    try {
      SqliteLibrary.load(file);
    } catch (IOException e) {
      throw new StoreException(StoreException.Problem.IO, e.getMessage(), e);
    }
  }
}
