package tv.hearth.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The few file operations that pieces need; tests put their faults here. Thread-safe. */
interface FileLayer {
  /** A new, empty file for reading and writing, in place of any other. */
  Opened create(Path file) throws IOException;

  /** An existing file; throws {@link java.nio.file.NoSuchFileException} where there is none. */
  Opened open(Path file, boolean writable) throws IOException;

  /** Renames, in place of any other file, at once or not at all. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file; none: no effect. */
  void delete(Path file) throws IOException;

  /** Creates a folder for its owner alone, durably; there already: no effect. */
  void createFolder(Path folder) throws IOException;

  /** Makes what was created, renamed or deleted in a folder durable. */
  void syncFolder(Path folder) throws IOException;

  /** Tells the names in a folder, in no order; none where there is no folder. */
  void names(Path folder, Consumer<String> each) throws IOException;

  /** Length in bytes; −1 where there is no such file. */
  long size(Path file) throws IOException;

  /** Bytes that this process may still write on the folder's disk. */
  long free(Path folder) throws IOException;

  /** True where the folder's disk can't be written. */
  boolean isReadOnly(Path folder) throws IOException;

  /** When a file was last written, in milliseconds since 1970; 0 where that is not known. */
  long modified(Path file) throws IOException;

  /** An open file; positional, so one user at a time needs no seek. */
  interface Opened extends Closeable {
    /** Reads up to the buffer's room at {@code at}; bytes read, −1 at the end. */
    int read(ByteBuffer into, long at) throws IOException;

    /** Writes all remaining bytes at {@code at}. */
    void write(ByteBuffer bytes, long at) throws IOException;

    /** Makes content and length durable. */
    void force() throws IOException;

    /** Length in bytes. */
    long size() throws IOException;
  }
}
