package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Boxes whose storage is being exchanged are not gone. */
class UpdatedBoxesTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "film.mkv");
  private static final int LENGTH = 700_000;
  @TempDir private Path folder;
  private Town town;
  private Pipeline box;
  private final Seeds seeds = Seeds.random();
  private byte[] content;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 8);
    content = seeds.bytes(LENGTH);
    box = town.box(0);
    Town.put(box, REF, DurabilityClass.HALF_PROOF, content);
    Town.read(box, REF, 0, 1);
    box = town.restarted(0);
    box.stat(REF);
    others(Fault.UPDATING);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private void others(Fault fault) {
    IntStream.range(1, town.size()).forEach(i -> town.holder(i).fault(fault));
  }

  @Test
  void aReaderWaitsForThem() throws Exception {
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Town.read(box, REF, 0, LENGTH);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Await.until("all are asked", () -> asked() >= 7 || read.isDone());
    others(Fault.NONE);
    assertArrayEquals(content, read.get(2, TimeUnit.MINUTES), seeds.message());
  }

  @Test
  void theyCountAsThere() throws Exception {
    var whole = CompletableFuture.supplyAsync(this::reachable);
    Await.until("they were looked for", () -> looked() || whole.isDone());
    others(Fault.NONE);
    assertEquals(town.box(0).survey(REF).n(), whole.get(2, TimeUnit.MINUTES));
  }

  private int reachable() {
    try {
      return box.survey(REF).reachable();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean looked() {
    return IntStream.range(1, town.size()).anyMatch(i -> town.holder(i).refusedWhileUpdating() > 0);
  }

  private long asked() {
    return IntStream.range(1, town.size()).mapToLong(i -> town.holder(i).timesAsked()).sum();
  }
}
