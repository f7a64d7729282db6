package tv.hearth.runtime.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.vendor.objects.ObjectInfo.FileEntry;

class FolderSourceTest {
  @TempDir private Path folder;
  private final Random random = new Random(5);

  private byte[] file(String path, int length) throws IOException {
    byte[] content = new byte[length];
    random.nextBytes(content);
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return content;
  }

  private static byte[] readAll(FolderSource source, int step) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < source.length()) {
      ByteBuffer part = ByteBuffer.allocate(step);
      source.read(all.size(), part);
      assertTrue(part.position() > 0, "at least one byte");
      all.write(part.array(), 0, part.position());
    }
    return all.toByteArray();
  }

  @Test
  void nestedFilesFollowOnEachOtherByPath() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(file("in/a", 1_000));
    expected.writeBytes(file("in/b/c/d", 70_000));
    file("in/b/empty", 0);
    expected.writeBytes(file("in/z", 1));
    for (int step : new int[] {1_000, 7, 100_000}) {
      try (FolderSource source = new FolderSource(folder.resolve("in"))) {
        assertEquals(71_001, source.length());
        assertEquals(
            List.of("a", "b/c/d", "b/empty", "z"),
            source.entries().stream().map(FileEntry::path).collect(Collectors.toList()));
        assertArrayEquals(expected.toByteArray(), readAll(source, step));
      }
    }
  }

  @Test
  void linksInAFolderAreLeftOutButTheFolderMayBeOne() throws IOException {
    byte[] content = file("in/a", 10);
    file("secret/key", 10);
    Files.createSymbolicLink(folder.resolve("in/file"), folder.resolve("secret/key"));
    Files.createSymbolicLink(folder.resolve("in/folder"), folder.resolve("secret"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in"));
    for (Path root : List.of(folder.resolve("in"), link)) {
      try (FolderSource source = new FolderSource(root)) {
        assertEquals(1, source.entries().size());
        assertArrayEquals(content, readAll(source, 100));
      }
    }
  }

  @Test
  void aSingleFileHasNoEntries() throws IOException {
    byte[] content = file("film.mp4", 5_000);
    try (FolderSource source = new FolderSource(folder.resolve("film.mp4"))) {
      assertEquals(List.of(), source.entries());
      assertArrayEquals(content, readAll(source, 999));
    }
  }

  @Test
  void aFileThatShrinksMeanwhileIsAnError() throws IOException {
    file("in/a", 5_000);
    try (FolderSource source = new FolderSource(folder.resolve("in"))) {
      source.read(0, ByteBuffer.allocate(1_000));
      try (FileChannel file = FileChannel.open(folder.resolve("in/a"), StandardOpenOption.WRITE)) {
        file.truncate(1_000);
      }
      IOException thrown =
          assertThrows(IOException.class, () -> source.read(1_000, ByteBuffer.allocate(10)));
      assertTrue(thrown.getMessage().contains("in/a changed while it was read: put it again"));
    }
  }

  private void write(String path, long at, String content) throws IOException {
    Path file = folder.resolve(path);
    FileTime before = Files.getLastModifiedTime(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), at);
    }
    // A file system's clock may tick but a hundred times a second.
    if (Files.getLastModifiedTime(file).equals(before)) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1));
    }
  }

  /** What was read already, what is to come, and beyond the end: each would make a mixture. */
  @ParameterizedTest
  @CsvSource({"in/a, 0", "in/a, 4000", "in/a, 5000", "in/b, 0", "in/b, 2000"})
  void whatIsWrittenToMeanwhileIsAnErrorBeforeTheLastByteIsOut(String path, long at)
      throws IOException {
    file("in/a", 5_000);
    file("in/b", 2_000);
    try (FolderSource source = new FolderSource(folder.resolve("in"))) {
      source.read(0, ByteBuffer.allocate(1_000));
      write(path, at, "other");
      IOException thrown = assertThrows(IOException.class, () -> rest(source, 1_000));
      String said = folder.toRealPath().resolve(path) + " changed while it was read: put it again";
      assertTrue(thrown.getMessage().startsWith(said), thrown.getMessage());
    }
  }

  private static void rest(FolderSource source, int from) throws IOException {
    long at = from;
    while (at < source.length()) {
      ByteBuffer part = ByteBuffer.allocate(1_000);
      source.read(at, part);
      at += part.position();
    }
  }

  @Test
  void anotherFileInItsPlaceIsAnError() throws IOException {
    byte[] content = file("in/a", 3_000);
    try (FolderSource source = new FolderSource(folder.resolve("in/a"))) {
      source.read(0, ByteBuffer.allocate(1_000));
      FileTime time = Files.getLastModifiedTime(folder.resolve("in/a"));
      Path other = Files.write(folder.resolve("in/b"), content);
      Files.setLastModifiedTime(other, time);
      Files.move(other, folder.resolve("in/a"), StandardCopyOption.REPLACE_EXISTING);
      assertThrows(IOException.class, () -> rest(source, 1_000));
    }
  }

  @Test
  void whatIsLeftOutIsNamed() throws Exception {
    file("in/a", 10);
    Files.createDirectories(folder.resolve("in/deep/empty"));
    Files.createSymbolicLink(folder.resolve("in/link"), folder.resolve("in/a"));
    Process fifo = new ProcessBuilder("mkfifo", folder.resolve("in/pipe").toString()).start();
    assertEquals(0, fifo.waitFor());
    try (FolderSource source = new FolderSource(folder.resolve("in"))) {
      assertEquals(
          Set.of(
              new Tree.LeftOut("link", "link"),
              new Tree.LeftOut("pipe", "special"),
              new Tree.LeftOut("deep/empty", "empty folder")),
          Set.copyOf(source.leftOut()));
    }
    Path pipe = folder.resolve("in/pipe");
    assertTrue(
        assertThrows(IOException.class, () -> new FolderSource(pipe))
            .getMessage()
            .contains("'hearth put -'"));
  }

  @Test
  void nothingToReadIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("empty/inside"));
    Path empty = folder.resolve("empty");
    IOException thrown = assertThrows(IOException.class, () -> new FolderSource(empty));
    assertEquals("no files in " + empty, thrown.getMessage());
    assertThrows(NoSuchFileException.class, () -> new FolderSource(folder.resolve("gone")));
    file("in/a", 3);
    try (FolderSource source = new FolderSource(folder.resolve("in"))) {
      assertThrows(IOException.class, () -> source.read(3, ByteBuffer.allocate(1)));
    }
  }
}
