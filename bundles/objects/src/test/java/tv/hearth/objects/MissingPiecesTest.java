package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** A holder that lost a piece is there all the same; that piece is missed aloud, and once. */
class MissingPiecesTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "film.mkv");
  private static final int LENGTH = 1_500_000;
  @TempDir private Path folder;

  @Test
  void aPieceThatIsGoneIsCountedAndNotAskedForAgain() throws Exception {
    Seeds seeds = Seeds.random();
    try (Town town = new Town(folder, 8)) {
      byte[] content = seeds.bytes(LENGTH);
      Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
      Pipeline box = town.restarted(0);
      IntStream.range(1, 4).forEach(i -> town.holder(i).forgetPieces());
      assertArrayEquals(content, Town.read(box, REF, 0, LENGTH), seeds.message());
      long missing = box.meters().get(Count.READ_MISSING);
      long asked = asked(town);
      assertArrayEquals(content, Town.read(box, REF, 0, LENGTH), seeds.message());
      assertEquals(asked, asked(town));
      assertEquals(missing, box.meters().get(Count.READ_MISSING));
      assertTrue(missing <= 3, missing + " pieces");
      assertEquals(0, box.meters().get(Count.READ_DEAD), "who lacks a piece is not gone");
    }
  }

  private static long asked(Town town) {
    return IntStream.range(1, 4).mapToLong(i -> town.holder(i).timesAsked()).sum();
  }
}
