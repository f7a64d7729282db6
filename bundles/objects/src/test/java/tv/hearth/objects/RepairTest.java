package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Pieces whose holders die after a part of them are made again for spares. */
class RepairTest {
  private static final int UNIT = 65_536;
  private static final int K = 5;
  private static final int N = 21;
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "film.mkv");
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
  void aHolderKilledAfterAPartOfASegmentIsReplacedByASpareWithTheRightBytes() throws Exception {
    byte[] content = Seeds.random().bytes(10_000_000);
    for (int i = 1; i < 24; i++) {
      town.holder(i).delay(5);
    }
    town.killHolders(2, 1_000_000);
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    assertEquals(
        2, IntStream.range(0, 24).filter(i -> town.holder(i).fault() == Fault.DEAD).count());
    assertTrue(town.box(0).meters().get(Count.PUT_PIECES_REPAIRED) > 0, "nothing was repaired");
    assertEquals(N, town.box(0).stat(REF).survival().n());
    Map<Integer, byte[]> pieces = livingPieces();
    assertEquals(N, pieces.size(), "pieces on distinct living boxes");
    for (int index = 0; index < N; index++) {
      assertArrayEquals(restored(pieces, index), pieces.get(index), "piece " + index);
    }
    assertArrayEquals(content, Town.read(town.restarted(0), REF, 0, content.length));
  }

  /** One a box at most, or the map would be smaller. */
  private Map<Integer, byte[]> livingPieces() {
    Map<Integer, byte[]> pieces = new TreeMap<>();
    for (int i = 0; i < 24; i++) {
      if (town.holder(i).fault() == Fault.NONE && !town.holder(i).pieces().isEmpty()) {
        assertEquals(1, town.holder(i).pieces().size());
        PieceId piece = town.holder(i).pieces().get(0);
        pieces.put(piece.index(), town.holder(i).bytes(piece));
      }
    }
    return pieces;
  }

  /** That piece from the five before it. */
  private byte[] restored(Map<Integer, byte[]> pieces, int index) {
    int[] present = new int[K];
    for (int i = 0; i < K; i++) {
      present[i] = (index + N - K + i) % N;
    }
    Arrays.sort(present);
    int length = pieces.get(index).length;
    byte[] made = new byte[length];
    for (int at = 0; at < length; at += UNIT) {
      ByteBuffer units = ByteBuffer.allocate(K * UNIT);
      for (int each : present) {
        units.put(pieces.get(each), at, UNIT);
      }
      ByteBuffer out = ByteBuffer.wrap(made, at, UNIT).slice();
      town.code().restore(K, N, UNIT, present, units.flip(), new int[] {index}, out);
    }
    return made;
  }
}
