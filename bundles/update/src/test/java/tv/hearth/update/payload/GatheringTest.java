package tv.hearth.update.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.update.PayloadFetcher.Traffic;

/** Where chunks come from, and what liars, sleepers and failures cost. */
@Timeout(300)
class GatheringTest {
  private static final Gathering.Patience SHORT = new Gathering.Patience(200, 200);

  @TempDir Path folder;
  private final byte[] content = Payloads.bytes(7, 20 * Payloads.CHUNK + 5);
  private final Tree tree = Payloads.tree(content);
  private final AtomicLong served = new AtomicLong();
  private final AtomicInteger seconds = new AtomicInteger();
  private String sha256;
  private Street street;

  @BeforeEach
  void street() throws Exception {
    sha256 = Payloads.sha256(content);
    street = new Street(folder);
  }

  private byte[] origin(long from, int length) {
    served.addAndGet(length);
    return Arrays.copyOfRange(content, (int) from, (int) from + length);
  }

  private void wait(int many) {
    seconds.addAndGet(many);
  }

  private Traffic gather(Share share, Neighbours neighbours) throws Exception {
    return new Gathering(share, neighbours, this::origin, this::wait, SHORT).run();
  }

  private void assertRight(BoxId box) throws IOException {
    assertArrayEquals(content, Files.readAllBytes(street.part(box, sha256)));
  }

  @Test
  void twentyFourAtOnceTakeEachByteFromTheOriginAboutOnce() throws Exception {
    Map<BoxId, Share> shares = new LinkedHashMap<>();
    for (int i = 0; i < 24; i++) {
      BoxId box = street.add();
      shares.put(box, street.boxes.get(box).begin(tree, sha256));
    }
    ExecutorService threads = Executors.newFixedThreadPool(24);
    try {
      List<Future<Traffic>> all = new ArrayList<>();
      Phaser clock = new Phaser(shares.size());
      shares.forEach(
          (box, share) ->
              all.add(
                  threads.submit(
                      () -> {
                        try {
                          return new Gathering(
                                  share,
                                  street.seenBy(box),
                                  this::origin,
                                  seconds -> pause(clock, seconds),
                                  Gathering.Patience.USUAL)
                              .run();
                        } finally {
                          clock.arriveAndDeregister();
                        }
                      })));
      long fromNeighbours = 0;
      for (Future<Traffic> one : all) {
        fromNeighbours += one.get().neighbourBytes();
      }
      for (BoxId box : shares.keySet()) {
        assertRight(box);
      }
      assertTrue(served.get() <= content.length * 3L / 2, "the origin gave " + served.get());
      assertEquals(24L * content.length, served.get() + fromNeighbours);
    } finally {
      threads.shutdownNow();
    }
  }

  /** A second that passes once every box that is not through waits for it. */
  private static void pause(Phaser clock, int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.arriveAndAwaitAdvance();
    }
  }

  @Test
  void whatANeighbourHasIsNotAskedOfTheOrigin() throws Exception {
    BoxId first = street.add();
    gather(street.boxes.get(first).begin(tree, sha256), street.seenBy(first));
    assertEquals(content.length, served.getAndSet(0));
    BoxId second = street.add();
    Traffic traffic = gather(street.boxes.get(second).begin(tree, sha256), street.seenBy(second));
    assertEquals(new Traffic(0, content.length), traffic);
    assertEquals(0, served.get());
    assertRight(second);
  }

  @Test
  void aLiarIsAskedOnceAndCostsNoByteOfCorrectness() throws Exception {
    BoxId box = street.add();
    BoxId liar = street.add();
    AtomicInteger asked = new AtomicInteger();
    Neighbours lying =
        others(
            box,
            liar,
            (root, index, length) -> {
              asked.incrementAndGet();
              return CompletableFuture.completedFuture(new byte[length]);
            });
    Traffic traffic = gather(street.boxes.get(box).begin(tree, sha256), lying);
    assertEquals(new Traffic(content.length, 0), traffic);
    assertEquals(1, asked.get());
    assertRight(box);
  }

  @Test
  void whoNeverGivesWhatItPromisedIsLeftAlone() throws Exception {
    BoxId box = street.add();
    BoxId sleeper = street.add();
    AtomicInteger asked = new AtomicInteger();
    List<CompletableFuture<byte[]>> promises = new ArrayList<>();
    Neighbours sleeping =
        others(
            box,
            sleeper,
            (root, index, length) -> {
              asked.incrementAndGet();
              promises.add(new CompletableFuture<>());
              return promises.get(0);
            });
    gather(street.boxes.get(box).begin(tree, sha256), sleeping);
    assertEquals(1, asked.get());
    assertTrue(promises.get(0).isCancelled(), "its request was ended");
    assertRight(box);
  }

  @Test
  void whoIsSilentIsAskedOnce() throws Exception {
    BoxId box = street.add();
    BoxId silent = street.add();
    AtomicInteger asked = new AtomicInteger();
    Neighbours silence =
        others(
            box,
            silent,
            () -> {
              asked.incrementAndGet();
              return new CompletableFuture<>();
            },
            (root, index, length) -> Street.none());
    gather(street.boxes.get(box).begin(tree, sha256), silence);
    assertEquals(1, asked.get());
    assertRight(box);
  }

  @Test
  void whoSaysItHasWhatItHasNotIsAskedOnce() throws Exception {
    assertEquals(1, askedOfOneThatFails(TransferException.Problem.NOT_FOUND));
  }

  @Test
  void whoIsBusyForEverIsAskedABoundedNumberOfTimes() throws Exception {
    assertEquals(8, askedOfOneThatFails(TransferException.Problem.BUSY));
  }

  private int askedOfOneThatFails(TransferException.Problem problem) throws Exception {
    BoxId box = street.add();
    AtomicInteger asked = new AtomicInteger();
    Neighbours failing =
        others(
            box,
            street.add(),
            (root, index, length) -> {
              asked.incrementAndGet();
              return CompletableFuture.failedFuture(new TransferException(problem, "not now"));
            });
    gather(street.boxes.get(box).begin(tree, sha256), failing);
    assertRight(box);
    return asked.get();
  }

  @Test
  void whoseTurnItIsMayDie() throws Exception {
    BoxId box = street.add();
    for (int i = 0; i < 5; i++) {
      BoxId dead = street.add();
      street.boxes.get(dead).begin(tree, sha256); // answers, and never gets on
    }
    gather(street.boxes.get(box).begin(tree, sha256), street.seenBy(box));
    assertRight(box);
    assertTrue(seconds.get() >= 1, "it waited for its turn");
    assertTrue(seconds.get() <= 5, "once for each at most, not for each chunk: " + seconds.get());
  }

  /** How gathering ends for a box alone with that origin. */
  private Problem alone(Gathering.OriginChunks origin, Gathering.Wait wait) throws Exception {
    BoxId box = street.add();
    Share share = street.boxes.get(box).begin(tree, sha256);
    Gathering gathering = new Gathering(share, street.seenBy(box), origin, wait, SHORT);
    return assertThrows(UpdateException.class, gathering::run).problem();
  }

  @Test
  void anOriginThatFailsForEverIsAskedABoundedNumberOfTimes() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Gathering.OriginChunks failing =
        (from, length) -> {
          asked.incrementAndGet();
          throw new IOException("503");
        };
    assertEquals(Problem.DOWNLOAD, alone(failing, this::wait));
    assertEquals(5, asked.get());
    assertEquals(1 + 2 + 4 + 8, seconds.get());
  }

  @Test
  void anOriginThatGivesOtherBytesIsRefused() throws Exception {
    assertEquals(Problem.UNTRUSTED, alone((from, length) -> new byte[length], this::wait));
  }

  @Test
  void itEndsWhenNobodyWantsItAnyMore() throws Exception {
    Gathering.Wait ending =
        n -> {
          if (served.get() > 3 * Payloads.CHUNK) {
            throw new UpdateException(Problem.CANCELLED, "ended by its caller");
          }
        };
    assertEquals(Problem.CANCELLED, alone(this::origin, ending));
  }

  @Test
  void aFetchThatWasCutShortGoesOnWithWhatIsGood() throws Exception {
    BoxId box = street.add();
    byte[] part = Arrays.copyOf(content, 10 * Payloads.CHUNK + 17);
    part[3 * Payloads.CHUNK] ^= 1;
    Files.write(street.part(box, sha256), part);
    Share share = street.boxes.get(box).begin(tree, sha256);
    assertEquals(9, share.held().cardinality());
    gather(share, street.seenBy(box));
    assertEquals(content.length - 9L * Payloads.CHUNK, served.get());
    assertRight(box);
  }

  private interface Giving {
    CompletableFuture<byte[]> chunk(Bytes root, int index, int length);
  }

  /** One neighbour that says it has all. */
  private Neighbours others(BoxId self, BoxId other, Giving giving) {
    BitSet all = new BitSet();
    all.set(0, tree.chunks());
    return others(self, other, () -> CompletableFuture.completedFuture(all), giving);
  }

  private static Neighbours others(
      BoxId self, BoxId other, Supplier<CompletableFuture<BitSet>> held, Giving giving) {
    return new Neighbours() {
      @Override
      public BoxId self() {
        return self;
      }

      @Override
      public List<BoxId> members() {
        return List.of(other);
      }

      @Override
      public CompletableFuture<BitSet> held(BoxId at, Bytes root) {
        return held.get();
      }

      @Override
      public CompletableFuture<byte[]> chunk(BoxId from, Bytes root, int index, int length) {
        return giving.chunk(root, index, length);
      }
    };
  }
}
