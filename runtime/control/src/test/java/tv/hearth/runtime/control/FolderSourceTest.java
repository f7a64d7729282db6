package tv.hearth.runtime.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
      assertTrue(thrown.getMessage().endsWith("got shorter while it was read: store it again"));
    }
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
