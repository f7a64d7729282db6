package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Half of the boxes have just gone, and nobody knows yet. */
class SilentHalfTest {
  private static final int LENGTH = 2_000_000;
  private static final ObjectRef ONE = ObjectRef.of(Shelf.HOUSEHOLD, "one.mkv");
  private static final ObjectRef TWO = ObjectRef.of(Shelf.HOUSEHOLD, "two.mkv");
  @TempDir private Path folder;
  private Town town;
  private final Seeds seeds = Seeds.random();

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 24);
  }

  @AfterEach
  void close() {
    town.close();
  }

  /** A silent box answers a connection attempt never, a dead one refuses it at once. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"SILENT", "DEAD"})
  void theFirstReadIsNotSlowAndTheNextAsksNobodyWhoIsGone(Fault fault) throws Exception {
    byte[] one = seeds.bytes(LENGTH);
    byte[] two = seeds.bytes(LENGTH);
    Town.put(town.box(0), ONE, DurabilityClass.HALF_PROOF, one);
    Town.put(town.box(0), TWO, DurabilityClass.HALF_PROOF, two);
    Pipeline fresh = town.restarted(0);
    IntStream.range(12, 24).forEach(i -> town.holder(i).fault(fault));
    assertEquals(one[0], Town.read(fresh, ONE, 0, 65_000)[0]);
    assertArrayEquals(one, Town.read(fresh, ONE, 0, LENGTH), seeds.message());
    long asked = asked();
    assertArrayEquals(two, Town.read(fresh, TWO, 0, LENGTH), seeds.message());
    assertTrue(asked() - asked <= 12, "asked those who are gone again and again");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"SILENT", "DEAD"})
  void whoComesBackIsAskedAgain(Fault fault) throws Exception {
    byte[] one = seeds.bytes(LENGTH);
    Town.put(town.box(0), ONE, DurabilityClass.HALF_PROOF, one);
    Pipeline fresh = town.restarted(0);
    IntStream.range(12, 24).forEach(i -> town.holder(i).fault(fault));
    assertArrayEquals(one, Town.read(fresh, ONE, 0, LENGTH), seeds.message());
    IntStream.range(12, 24).forEach(i -> town.holder(i).fault(Fault.NONE));
    IntStream.range(1, 12).forEach(i -> town.holder(i).fault(Fault.DEAD));
    assertArrayEquals(one, Town.read(town.restarted(0), ONE, 0, LENGTH), seeds.message());
    Await.until("the others serve", () -> reads(fresh, one));
  }

  private boolean reads(Pipeline box, byte[] expected) {
    try {
      return Arrays.equals(expected, Town.read(box, ONE, 0, LENGTH));
    } catch (ObjectFailure e) {
      return false;
    }
  }

  private long asked() {
    return IntStream.range(12, 24).mapToLong(i -> town.holder(i).timesAsked()).sum();
  }
}
