package tv.hearth.runtime.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells that a file is still what it was: a change of its content changes one of these.
 *
 * @param size bytes
 * @param key the file itself, told apart from another one of that name
 */
record FileStamp(long size, FileTime modified, Object key) {
  /** Of a file as it is now; links are not followed. */
  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes now =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return of(now);
  }

  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }
}
