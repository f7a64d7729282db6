package tv.hearth.update.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.support.io.Aside;
import tv.hearth.support.release.Envelope;

/** Trusted metadata of a newer version: trust begins at the firmware's root, and they wait. */
class FileMetadataStoreTest {
  @TempDir Path folder;
  private Path root;
  private FileMetadataStore store;

  @BeforeEach
  void open() throws Exception {
    Files.writeString(folder.resolve("firmware"), "of the firmware");
    root = folder.resolve("metadata/root.json");
    store = new FileMetadataStore(root.getParent(), folder.resolve("firmware"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String read() throws Exception {
    return new String(store.read("root.json").orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void oneOfANewerVersionWaitsForItsRelease() throws Exception {
    byte[] newer = Envelope.wrap("hearthd2", bytes("of the future"));
    Files.write(root, newer);
    assertEquals("of the firmware", read());
    store.write("root.json", bytes("of today"));
    assertEquals("of today", read());
    assertArrayEquals(newer, Files.readAllBytes(Aside.of(root)));
  }

  @Test
  void whereNothingWasWrittenMeanwhileItIsTakenBack() throws Exception {
    Files.write(Aside.of(root), Envelope.wrap("hearthd1", bytes("of the future")));
    assertEquals("of the future", read());
  }

  /** Readers forget metadata whose numbers a thief drove up: so must what waits. */
  @Test
  void whatIsLetGoOfDoesNotComeBack() throws Exception {
    Files.write(Aside.of(root), Envelope.wrap("hearthd1", bytes("of a thief")));
    store.write("root.json", bytes("of today"));
    store.delete("root.json");
    assertEquals("of the firmware", read());
    assertEquals(Optional.empty(), store.read("snapshot.json"));
  }

  @Test
  void aDamagedOneIsNoNewerOne() throws Exception {
    byte[] torn = Envelope.wrap("hearthd1", bytes("of today"));
    torn[torn.length - 1] ^= 1;
    Files.write(root, torn);
    assertEquals("of the firmware", read());
    assertFalse(Files.exists(Aside.of(root)));
  }
}
