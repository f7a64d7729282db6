package tv.hearth.update.payload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.update.PayloadFetcher.Traffic;

/**
 * Gathers one payload: rounds of looking what neighbours have, taking it from them, and, for what
 * nobody has, asking the origin for one chunk where it is this box's turn among those who fetch. A
 * box whose turn it isn't waits a round for each that comes before it, so that one that died holds
 * nobody up for long. Whoever gives a wrong chunk, none within its time or none of what it said it
 * holds, or is busy again and again, is not asked any more. One use, one thread.
 */
final class Gathering {
  private static final Logger LOG = System.getLogger(Gathering.class.getName());
  private static final int MOST_ASKED = 48;
  private static final int WAVE = 8;
  private static final int ORIGIN_ATTEMPTS = 5;
  private static final int MOST_WAIT = 16;
  private static final int MOST_BUSY = 8;

  /** Told from each other by identity: neither is a chunk. */
  private static final byte[] NOT_NOW = new byte[0];

  private static final byte[] NOTHING = new byte[0];

  private final Share share;
  private final Tree tree;
  private final Neighbours neighbours;
  private final OriginChunks origin;
  private final Wait wait;
  private final Bytes own;
  private final Patience patience;
  private final Set<BoxId> shunned = new HashSet<>();

  /** Whose turn went by. */
  private final Set<BoxId> late = new HashSet<>();

  /** Who was busy in this round. */
  private final Set<BoxId> resting = new HashSet<>();

  private final Map<BoxId, Integer> busy = new HashMap<>();
  private long originBytes;
  private long neighbourBytes;
  private int originFailures;

  /** The payload's file at the origin. */
  @FunctionalInterface
  interface OriginChunks {
    byte[] read(long from, int length) throws IOException;
  }

  /** Waits that end early where nobody wants the payload any more. */
  @FunctionalInterface
  interface Wait {
    /** Waits so many seconds; CANCELLED where it is to end. */
    void seconds(int seconds) throws UpdateException;
  }

  /**
   * How long neighbours are waited for.
   *
   * @param lookMillis for a wave of answers about what is held
   * @param chunkMillis for a chunk
   */
  record Patience(long lookMillis, long chunkMillis) {
    static final Patience USUAL = new Patience(4_000, 30_000);
  }

  Gathering(Share share, Neighbours neighbours, OriginChunks origin, Wait wait, Patience patience) {
    this.patience = patience;
    this.share = share;
    this.tree = share.tree();
    this.neighbours = neighbours;
    this.origin = origin;
    this.wait = wait;
    this.own = Turns.seed(tree.root(), neighbours.self());
  }

  /**
   * Until all of it is here.
   *
   * @throws UpdateException DOWNLOAD, UNTRUSTED, CANCELLED
   */
  Traffic run() throws UpdateException, IOException {
    int waited = 0;
    while (!share.isWhole()) {
      wait.seconds(0);
      Map<BoxId, BitSet> seen = look();
      boolean moved = takeFromNeighbours(seen);
      int next = next(seen, waited);
      if (next >= 0) {
        passOver(next, seen);
        moved |= takeFromOrigin(next);
      } else if (!moved) {
        wait.seconds(1);
      }
      waited = moved ? 0 : waited + 1;
    }
    return new Traffic(originBytes, neighbourBytes);
  }

  private BitSet missing() {
    BitSet missing = share.held();
    missing.flip(0, tree.chunks());
    return missing;
  }

  /** What neighbours have, who fetch or have it; asked in waves until nothing is unknown. */
  private Map<BoxId, BitSet> look() {
    List<BoxId> all = new ArrayList<>(neighbours.members());
    all.removeAll(shunned);
    List<BoxId> asked =
        Turns.order(tree.root(), -1, all).subList(0, Math.min(MOST_ASKED, all.size()));
    Map<BoxId, BitSet> seen = new LinkedHashMap<>();
    BitSet unknown = missing();
    for (int at = 0; at < asked.size() && !unknown.isEmpty(); at += WAVE) {
      Map<BoxId, CompletableFuture<BitSet>> wave = new LinkedHashMap<>();
      for (BoxId box : asked.subList(at, Math.min(at + WAVE, asked.size()))) {
        wave.put(box, neighbours.held(box, tree.root()));
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience.lookMillis());
      wave.forEach(
          (box, answer) -> {
            BitSet held = answered(box, answer, end);
            if (held != null) {
              seen.put(box, held);
              unknown.andNot(held);
            }
          });
    }
    return seen;
  }

  /** What it said; null where it does not share. Whoever is silent is not asked again. */
  private BitSet answered(BoxId box, CompletableFuture<BitSet> answer, long end) {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.log(Level.DEBUG, "a neighbour does not share: {0}", String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      shunned.add(box);
    }
    answer.cancel(false);
    return null;
  }

  private boolean takeFromNeighbours(Map<BoxId, BitSet> seen) throws UpdateException, IOException {
    boolean moved = false;
    resting.clear();
    BitSet missing = missing();
    for (int index = missing.nextSetBit(0); index >= 0; index = missing.nextSetBit(index + 1)) {
      wait.seconds(0);
      moved |= takeFromNeighbours(seen, index);
    }
    return moved;
  }

  private boolean takeFromNeighbours(Map<BoxId, BitSet> seen, int index) throws IOException {
    int chunk = index;
    List<BoxId> holders =
        seen.keySet().stream()
            .filter(box -> seen.get(box).get(chunk))
            .filter(box -> !shunned.contains(box) && !resting.contains(box))
            .toList();
    // In an order of this box's own, so that not all ask the same one first.
    List<BoxId> order = Turns.order(own, index, holders);
    for (BoxId holder : order) {
      byte[] bytes = chunk(holder, index);
      if (tree.isChunk(index, bytes)) {
        share.write(index, bytes);
        neighbourBytes += bytes.length;
        return true;
      }
      resting.add(holder);
      int strikes = bytes == NOT_NOW ? busy.merge(holder, 1, Integer::sum) : MOST_BUSY;
      if (strikes >= MOST_BUSY) {
        shunned.add(holder);
      }
    }
    return false;
  }

  private byte[] chunk(BoxId holder, int index) {
    CompletableFuture<byte[]> answer =
        neighbours.chunk(holder, tree.root(), index, tree.length(index));
    try {
      return answer.get(patience.chunkMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.log(Level.DEBUG, "a neighbour gave no chunk: {0}", String.valueOf(e.getMessage()));
      boolean isBusy =
          e.getCause() instanceof TransferException t
              && t.problem() == TransferException.Problem.BUSY;
      return isBusy ? NOT_NOW : NOTHING;
    } catch (TimeoutException e) {
      LOG.log(Level.DEBUG, "a neighbour gave no chunk within {0} ms", patience.chunkMillis());
    }
    answer.cancel(false);
    return NOTHING;
  }

  /** Whoever let its turn go by is waited for no more: it stands still, or never meant to go. */
  private void passOver(int index, Map<BoxId, BitSet> seen) {
    late.addAll(Turns.before(tree.root(), index, neighbours.self(), turns(seen)));
  }

  private List<BoxId> turns(Map<BoxId, BitSet> seen) {
    return seen.keySet().stream().filter(box -> !late.contains(box)).toList();
  }

  /** A chunk that nobody has and that this box is to ask the origin for; -1 for none. */
  private int next(Map<BoxId, BitSet> seen, int waited) {
    BitSet missing = missing();
    seen.forEach(
        (box, held) -> {
          if (!shunned.contains(box)) {
            missing.andNot(held);
          }
        });
    List<BoxId> turns = turns(seen);
    int best = -1;
    int least = Integer.MAX_VALUE;
    for (int index = missing.nextSetBit(0); index >= 0; index = missing.nextSetBit(index + 1)) {
      int before = Turns.before(tree.root(), index, neighbours.self(), turns).size();
      if (before < least) {
        least = before;
        best = index;
      }
    }
    return Math.min(least, MOST_WAIT) <= waited ? best : -1;
  }

  private boolean takeFromOrigin(int index) throws UpdateException, IOException {
    byte[] bytes;
    try {
      bytes = origin.read(tree.offset(index), tree.length(index));
    } catch (IOException e) {
      originFailures++;
      if (originFailures >= ORIGIN_ATTEMPTS) {
        throw new UpdateException(
            Problem.DOWNLOAD,
            "nobody has it, and the repository failed "
                + ORIGIN_ATTEMPTS
                + " times: "
                + e.getMessage(),
            e);
      }
      wait.seconds(1 << (originFailures - 1));
      return false;
    }
    if (!tree.isChunk(index, bytes)) {
      throw new UpdateException(
          Problem.UNTRUSTED, "the repository gave another chunk " + index + " than was signed");
    }
    share.write(index, bytes);
    originBytes += bytes.length;
    originFailures = 0;
    return true;
  }
}
