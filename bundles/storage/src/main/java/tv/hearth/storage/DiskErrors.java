package tv.hearth.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;

/** Names what went wrong with the disk or a database on it, and the remedy. */
final class DiskErrors {
  /** Less than a piece's header and a page of a database: nothing can be written. */
  private static final long NO_ROOM = 64 << 10;

  private DiskErrors() {}

  /**
   * What was being done is {@code doing}, e.g. "writing piece X". The disk's own state decides
   * first. The system's words come second, for they are in its language, and never those of a path.
   */
  static StoreException of(String doing, IOException e, FileLayer files, Path folder) {
    if (isOfAName(e)) {
      return other(doing, e);
    }
    try {
      if (files.isReadOnly(folder)) {
        return readOnly(doing, e);
      }
      return files.free(folder) < NO_ROOM ? full(doing, e) : byWords(doing, e);
    } catch (IOException again) {
      StoreException named = byWords(doing, e);
      named.addSuppressed(again);
      return named;
    }
  }

  /** A file is there that should not be, or the other way round: no disk is to blame. */
  private static boolean isOfAName(IOException e) {
    return e instanceof NoSuchFileException
        || e instanceof FileAlreadyExistsException
        || e instanceof DirectoryNotEmptyException
        || e instanceof NotDirectoryException;
  }

  private static StoreException byWords(String doing, IOException e) {
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    String text = String.valueOf(reason).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return full(doing, e);
    }
    if (text.contains("read-only") || e instanceof AccessDeniedException) {
      return readOnly(doing, e);
    }
    return other(doing, e);
  }

  /** As above, for a database, which names its errors by numbers. */
  static StoreException of(String doing, SQLException e) {
    if (e instanceof IndexFile.NotReadyException) {
      return new StoreException(
          Problem.NOT_READY,
          doing + ": the index is not there now, " + e.getMessage() + "; ask again soon",
          e);
    }
    if (e instanceof RecordFile.NewerException) {
      return new StoreException(Problem.READ_ONLY, doing + ": " + e.getMessage(), e);
    }
    switch (primary(e)) {
      case SQLITE_FULL:
        return full(doing, e);
      case SQLITE_READONLY:
      case SQLITE_PERM:
        return readOnly(doing, e);
      default:
        return other(doing, e);
    }
  }

  /** True where the database file itself is broken. */
  static boolean isCorrupt(SQLException e) {
    SQLiteErrorCode code = primary(e);
    return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
  }

  /** True where a statement does not fit the tables, or they refuse what it writes. */
  static boolean isOfTheTables(SQLException e) {
    SQLiteErrorCode code = primary(e);
    return code == SQLiteErrorCode.SQLITE_ERROR
        || code == SQLiteErrorCode.SQLITE_CONSTRAINT
        || code == SQLiteErrorCode.SQLITE_MISMATCH;
  }

  private static SQLiteErrorCode primary(SQLException e) {
    int code = e instanceof SQLiteException ? ((SQLiteException) e).getResultCode().code : 0;
    return SQLiteErrorCode.getErrorCode(code & 0xff); // extended codes keep theirs in the low byte
  }

  private static StoreException full(String doing, Exception e) {
    return new StoreException(
        Problem.DISK_FULL, doing + ": the disk is full; free some of it or lower the budget", e);
  }

  private static StoreException readOnly(String doing, Exception e) {
    return new StoreException(
        Problem.READ_ONLY, doing + ": the disk can't be written; remount or check it", e);
  }

  private static StoreException other(String doing, Exception e) {
    return new StoreException(Problem.IO, doing + ": " + e, e);
  }
}
