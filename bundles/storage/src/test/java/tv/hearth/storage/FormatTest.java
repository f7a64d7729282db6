package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tv.hearth.tests.contracts.pieces.PieceSamples.SEED;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.support.text.KeyIds;

/** Stored bytes as docs/format-units.md has them; a change here is a new version of the format. */
class FormatTest {
  private static final PieceId ID =
      new PieceId(new ObjectId("00112233445566778899aabbccddeeff"), 258, 7);
  private static final OwnerId OWNER = new OwnerId("abcdefghijklmnopqrstuvwxyz234567");
  private static final int UNIT = 64;
  private static final int LENGTH = 150;

  @TempDir Path folder;

  @Test
  void aPiecesFileIsTheGoldenOne() throws Exception {
    byte[] file = Files.readAllBytes(new Layout(stored()).piece(ID));
    assertEquals(4096 + LENGTH + 3 * 32, file.length);
    assertEquals(golden("header"), HexFormat.of().formatHex(file, 0, 192));
    assertArrayEquals(new byte[4096 - 192], java.util.Arrays.copyOfRange(file, 192, 4096));
    assertEquals(golden("file"), HexFormat.of().formatHex(KeyIds.sha256(file)));
  }

  @Test
  void theNamesAreTheGoldenOnes() {
    Layout layout = new Layout(Path.of("/s"));
    String name = "00112233445566778899aabbccddeeff-258-7";
    assertEquals(Path.of("/s/pieces/00/" + name + ".piece"), layout.piece(ID));
    assertEquals(Path.of("/s/incoming/" + name + ".part"), layout.part(ID));
    assertEquals(ID, Layout.parse(name + ".piece").orElseThrow());
    for (String other :
        new String[] {name, "x.piece", name + "0000.piece", "../" + name + ".part"}) {
      assertEquals(java.util.Optional.empty(), Layout.parse(other));
    }
  }

  @Test
  void aKeepFileIsTheGoldenOne() throws Exception {
    byte[] file = Files.readAllBytes(new Layout(stored()).keep(ID.object(), OWNER));
    assertEquals(golden("keep"), HexFormat.of().formatHex(file));
  }

  /** RFC 9162's shape: of three leaves the first two have a node of their own. */
  @Test
  void theRootIsTheGoldenOne() {
    byte[] content = content(1, LENGTH);
    byte[] leaves = new byte[96];
    for (int unit = 0; unit < 3; unit++) {
      ByteBuffer bytes =
          ByteBuffer.wrap(content, unit * UNIT, Math.min(UNIT, LENGTH - unit * UNIT));
      System.arraycopy(Merkle.UNITS.leaf(bytes), 0, leaves, unit * 32, 32);
    }
    assertEquals(golden("root"), HexFormat.of().formatHex(Merkle.UNITS.root(leaves)));
  }

  @Test
  void noBytesMakeTheHeaderReaderFailInAnyOtherWay() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] good = Files.readAllBytes(new Layout(stored()).piece(ID));
    for (int i = 0; i < 2000; i++) {
      byte[] head = java.util.Arrays.copyOf(good, random.nextInt(300));
      if (head.length > 0) {
        head[random.nextInt(head.length)] ^= (byte) (1 + random.nextInt(255));
      }
      if (head.length < 192 || !java.util.Arrays.equals(head, 0, 192, good, 0, 192)) {
        Exception thrown =
            assertThrows(
                Exception.class,
                () -> PieceHeader.decode(ByteBuffer.wrap(head)),
                "-Dhearth.seed=" + SEED);
        boolean named = thrown instanceof DamagedException || thrown instanceof IOException;
        assertEquals(true, named, () -> thrown + " (-Dhearth.seed=" + SEED + ")");
      }
    }
  }

  private Path stored() throws StoreException {
    try (Storage storage = Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST))) {
      storage.pieces().reserve(ID, OWNER, LENGTH, UNIT, Instant.ofEpochMilli(1_900_000_000_000L));
      storage.pieces().write(ID, 0, ByteBuffer.wrap(content(1, LENGTH)));
      storage.pieces().commit(ID);
      storage.pieces().keep(ID.object(), OWNER, Instant.ofEpochMilli(1_950_000_000_000L));
    }
    return folder;
  }

  private static String golden(String name) {
    try (var in = FormatTest.class.getResourceAsStream("/golden/unit-layout.properties")) {
      java.util.Properties all = new java.util.Properties();
      all.load(in);
      return all.getProperty(name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
