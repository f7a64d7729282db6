package tv.hearth.support.release;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The few file operations that updates need; tests put their faults here. Names are relative, with
 * {@code /}. Thread-safe.
 */
public interface Disk {
  /** Opens a file; throws {@link java.nio.file.NoSuchFileException} where there is none. */
  InputStream open(String name) throws IOException;

  /** A new, empty file in place of any other; its folder is made where need be. */
  Sink create(String name) throws IOException;

  /** Makes a file's content durable, whoever wrote it. */
  void sync(String name) throws IOException;

  /** Renames, in place of any other file, at once or not at all; durable after syncFolder. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file; none: no effect. */
  void delete(String name) throws IOException;

  /** Makes what was created, renamed or deleted in a folder durable. */
  void syncFolder(String folder) throws IOException;

  /** Names of the files in a folder, in no order; none where there is no folder. */
  List<String> names(String folder) throws IOException;

  /** Length in bytes; −1 where there is no such file. */
  long size(String name) throws IOException;

  /** Bytes that may still be written. */
  long free() throws IOException;

  /**
   * The right to change what another owner of the same files changes, too: waits for it, bounded.
   * Owners are disks; what one disk's threads do among themselves is theirs to order.
   *
   * @throws IOException where it is not to be had in time
   */
  Turn turn() throws IOException;

  /** A file that is being written. */
  interface Sink extends Closeable {
    /** Appends. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Makes what was written durable. */
    void sync() throws IOException;
  }

  /** A whole file, wholly old or wholly new after a power cut. */
  default void replace(String name, byte[] content) throws IOException {
    String temp = name + ".tmp";
    try (Sink sink = create(temp)) {
      sink.write(content, 0, content.length);
      sink.sync();
    }
    rename(temp, name);
    syncFolder(folder(name));
  }

  /** The folder part of a name; empty for the root. */
  static String folder(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }
}
