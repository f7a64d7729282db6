package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/** What callers do, and what they are told once their object is there. */
class CallersTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "film.mkv");
  private static final int LENGTH = 3_000_000;
  @TempDir private Path folder;
  private Town town;
  private final Seeds seeds = Seeds.random();
  private byte[] content;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 8);
    content = seeds.bytes(LENGTH);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private ObjectInfo put(LongConsumer progress) throws ObjectFailure {
    return town.box(0)
        .put(
            new PutRequest(
                REF,
                DurabilityClass.HALF_PROOF,
                LENGTH,
                "",
                List.of(),
                (offset, into) ->
                    into.put(
                        content, (int) offset, Math.min(into.remaining(), LENGTH - (int) offset)),
                progress));
  }

  @Test
  void progressIsToldByTheCallersOwnThread() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger last = new AtomicInteger();
    put(
        done -> {
          threads.add(Thread.currentThread().getName());
          last.set((int) done);
        });
    assertEquals(Set.of(Thread.currentThread().getName()), threads);
    assertEquals(LENGTH, last.get());
  }

  @Test
  void aCallerWhoLeavesHangsNoPut() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    put(
        done -> {
          calls.incrementAndGet();
          throw new IllegalStateException("the command line is gone");
        });
    assertEquals(1, calls.get());
    assertArrayEquals(content, Town.read(town.box(0), REF, 0, LENGTH), seeds.message());
  }

  /** From the moment when five boxes have the head on, nobody answers any more. */
  @Test
  void whatFailsAfterTheCommitPointIsNotToldAsAFailure() throws Exception {
    AtomicInteger heads = new AtomicInteger();
    RecordStore own = town.services(0).records().get();
    IntStream.range(1, town.size())
        .forEach(
            i ->
                town.holder(i)
                    .onHead(
                        () -> {
                          if (heads.incrementAndGet() == 5) {
                            town.services(0).records().close(own);
                            IntStream.range(0, town.size())
                                .forEach(j -> town.holder(j).fault(Fault.DEAD));
                          }
                        }));
    ObjectInfo info = put(done -> {});
    assertEquals(LENGTH, info.length());
    assertFalse(info.tag().isEmpty());
    IntStream.range(0, town.size()).forEach(j -> town.holder(j).fault(Fault.NONE));
    town.services(0).records().open(own);
    assertEquals(info.tag(), town.restarted(0).stat(REF).tag());
  }
}
