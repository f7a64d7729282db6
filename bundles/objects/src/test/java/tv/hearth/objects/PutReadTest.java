package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

class PutReadTest {
  private static final ObjectRef FILM = ObjectRef.of(Shelf.HOUSEHOLD, "film.mp4");
  @TempDir private Path folder;
  private Town town;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 24);
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void readsBackWhatWasPut() throws Exception {
    byte[] content = Seeds.random().bytes(5_000_000);
    ObjectInfo info = Town.put(town.box(0), FILM, DurabilityClass.HALF_PROOF, content);
    assertEquals(content.length, info.length());
    assertEquals("video/mp4", info.contentType());
    assertEquals(new ObjectInfo.Survival(5, 21, -1), info.survival());
    assertArrayEquals(content, Town.read(town.box(0), FILM, 0, content.length));
    assertEquals(21, town.box(0).survey(FILM).reachable());
    assertEquals(1, town.box(0).list(Shelf.HOUSEHOLD, "").size());
    assertEquals(-1, town.box(0).read(FILM, content.length, ByteBuffer.allocate(1)));
  }

  @Test
  void readsAnyRange() throws Exception {
    Seeds seeds = Seeds.random();
    byte[] content = seeds.bytes(3_000_000);
    Town.put(town.box(0), FILM, DurabilityClass.HALF_PROOF, content);
    SplittableRandom random = seeds.generator();
    for (int i = 0; i < 100; i++) {
      int from = random.nextInt(content.length);
      int length = 1 + random.nextInt(200_000);
      byte[] expected =
          java.util.Arrays.copyOfRange(content, from, Math.min(content.length, from + length));
      assertArrayEquals(expected, Town.read(town.box(0), FILM, from, length), seeds.message());
    }
  }

  @Test
  void restoresWithAsManyHoldersGoneAsTheClassAllows() throws Exception {
    byte[] content = Seeds.random().bytes(3_000_000);
    Town.put(town.box(0), FILM, DurabilityClass.HALF_PROOF, content);
    IntStream.range(1, 24)
        .boxed()
        .sorted(Comparator.comparing(i -> !holdsData(i)))
        .limit(12)
        .forEach(i -> town.holder(i).fault(Fault.DEAD));
    Pipeline fresh = town.restarted(0);
    assertArrayEquals(content, Town.read(fresh, FILM, 0, content.length));
    assertTrue(fresh.meters().get(tv.hearth.objects.io.ObjectMeters.Count.READ_RESTORES) > 0);
  }

  /** One of the five pieces that are read first. */
  private boolean holdsData(int box) {
    return town.holder(box).pieces().stream().anyMatch(piece -> piece.index() < 5);
  }

  @Test
  void saysSoWhenOneMoreIsGone() throws Exception {
    byte[] content = Seeds.random().bytes(3_000_000);
    Town.put(town.box(0), FILM, DurabilityClass.FILM, content);
    for (int i = 0; i < 24; i += 2) {
      town.holder(i).fault(Fault.DEAD);
    }
    Pipeline fresh = town.restarted(0);
    ObjectFailure failure =
        assertThrows(ObjectFailure.class, () -> Town.read(fresh, FILM, 0, content.length));
    assertEquals(ObjectFailure.Problem.TOO_FEW_PIECES, failure.problem());
  }
}
