package tv.hearth.support.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir private Path folder;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void filesAndFoldersAreTheirOwnersAlone() throws IOException {
    Path deep = DurableFiles.createFolder(folder.resolve("a/b"));
    DurableFiles.write(deep.resolve("key"), new byte[] {1});
    assertEquals("rw-------", rights(deep.resolve("key")));
    assertEquals("rwx------", rights(deep));
    assertEquals("rwx------", rights(folder.resolve("a")));
    assertEquals(deep, DurableFiles.createFolder(deep));
  }

  /** A file that anybody could read before is its owner's alone after. */
  @Test
  void replacingTightensRights() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    DurableFiles.write(file, new byte[0]);
    assertEquals("rw-------", rights(file));
    assertEquals(0, Files.size(file));
  }

  /** A reader sees one whole version after the other, never a mixture or nothing. */
  @Test
  void replaceIsAtomicToReaders() throws Exception {
    Path file = folder.resolve("f");
    DurableFiles.write(file, version(0));
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 1; i <= 60; i++) {
                  DurableFiles.write(file, version(i));
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    writer.start();
    while (writer.isAlive()) {
      byte[] seen = Files.readAllBytes(file);
      assertArrayEquals(version(seen[0]), seen);
    }
    assertArrayEquals(version(60), Files.readAllBytes(file));
    assertFalse(Files.exists(folder.resolve("f.tmp")));
  }

  private static byte[] version(int number) {
    byte[] content = new byte[50_000];
    Arrays.fill(content, (byte) number);
    return content;
  }

  /** What a power cut left of an earlier write, with any rights, does not stop the next one. */
  @Test
  void aLeftOverTempFileIsReplaced() throws IOException {
    Path temp = Files.writeString(folder.resolve("f.tmp"), "half of somethi");
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("r--r--r--"));
    DurableFiles.write(folder.resolve("f"), new byte[] {7});
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(folder.resolve("f")));
    assertEquals("rw-------", rights(folder.resolve("f")));
    assertFalse(Files.exists(temp));
  }

  /** A temp name that leads elsewhere is not followed. */
  @Test
  void aLinkAtTheTempNameIsNotFollowed() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "untouched");
    Files.createSymbolicLink(folder.resolve("f.tmp"), other);
    DurableFiles.write(folder.resolve("f"), new byte[] {7});
    assertEquals("untouched", Files.readString(other));
  }

  @Test
  void whatCannotBeWrittenIsAnErrorAndChangesNothing() throws IOException {
    assertThrows(
        IOException.class, () -> DurableFiles.write(folder.resolve("gone/f"), new byte[1]));
    Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
    assertThrows(IOException.class, () -> DurableFiles.write(taken, new byte[1]));
    assertTrue(Files.isDirectory(taken.resolve("inside")));
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThrows(IOException.class, () -> DurableFiles.createFolder(file));
  }

  @Test
  void aReadOnlyFolderIsAnErrorAndKeepsTheOldFile() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path file = Files.writeString(closed.resolve("f"), "old");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    try {
      Assumptions.assumeFalse(Files.isWritable(closed), "the superuser may write anywhere");
      assertThrows(IOException.class, () -> DurableFiles.write(file, new byte[1]));
      assertEquals("old", Files.readString(file));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** A write that fails keeps neither the room that it took nor anything of the old file back. */
  @Test
  void aFailedWriteLeavesNothingBeside() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
    assertThrows(IOException.class, () -> DurableFiles.write(taken, new byte[1]));
    assertFalse(Files.exists(folder.resolve("taken.tmp")));
  }

  @Test
  void leftoversOfPowerCutsAreRemovedAndNothingElse() throws IOException {
    Files.writeString(folder.resolve("f.tmp"), "half");
    Files.writeString(folder.resolve("f"), "whole");
    Files.createDirectory(folder.resolve("d.tmp"));
    DurableFiles.removeLeftovers(folder);
    assertFalse(Files.exists(folder.resolve("f.tmp")));
    assertEquals("whole", Files.readString(folder.resolve("f")));
    assertTrue(Files.isDirectory(folder.resolve("d.tmp")));
  }

  @Test
  void whatIsPublishedIsForEverybodyToRead() throws IOException {
    Path source = Files.write(folder.resolve("source"), version(3));
    Path copy = folder.resolve("copy");
    DurableFiles.publish(copy, source);
    assertArrayEquals(version(3), Files.readAllBytes(copy));
    assertEquals("rw-r--r--", rights(copy));
    DurableFiles.publish(copy, new byte[] {4});
    assertArrayEquals(new byte[] {4}, Files.readAllBytes(copy));
    assertEquals("rw-r--r--", rights(copy));
  }

  @Test
  void movesInPlaceOfAnotherAndDeletes() throws IOException {
    Path from = Files.writeString(folder.resolve("from"), "new");
    Path to = Files.writeString(Files.createDirectory(folder.resolve("d")).resolve("to"), "old");
    DurableFiles.move(from, to);
    assertEquals("new", Files.readString(to));
    assertFalse(Files.exists(from));
    assertTrue(DurableFiles.delete(to));
    assertFalse(DurableFiles.delete(to));
    assertFalse(Files.exists(to));
  }
}
