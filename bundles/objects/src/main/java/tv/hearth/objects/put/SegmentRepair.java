package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.machine.PutAction;
import tv.hearth.objects.read.PieceSource;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Makes pieces again whose holders were lost in the middle of a segment: from k of those that are
 * stored, some stripes at a time. Used by the putting thread, which may block.
 */
final class SegmentRepair {
  private static final int UNIT = Layout.UNIT;
  private static final int MEMORY = 4 << 20;
  private static final int MOST_STRIPES = 16;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final int units;
  private final Sender sender;
  private final Leaves leaves;

  SegmentRepair(PutKitchen kitchen, PutTarget target, int units, Sender sender, Leaves leaves) {
    this.kitchen = kitchen;
    this.target = target;
    this.units = units;
    this.sender = sender;
    this.leaves = leaves;
  }

  /** Makes one, gives it to its new holder, and tells {@code loop} what came of it. */
  void make(PutAction.Remake lost, PutLoop loop) throws ObjectFailure {
    byte[] signed = new byte[0];
    int step = Math.max(1, Math.min(MOST_STRIPES, MEMORY / (k() + 1) / UNIT));
    try {
      for (int at = 0; at < units; at += step) {
        int count = Math.min(step, units - at);
        signed = send(lost, at, restore(lost.lane(), fetch(lost, at, count), count));
      }
    } catch (TransferException e) {
      loop.happen((all, now) -> all.remakeFailed(lost.lane(), lost.holder(), e, now));
      return;
    }
    if (loop.judge(lost.lane(), lost.holder(), signed)) {
      kitchen.meters().add(Count.PUT_PIECES_REPAIRED);
    }
  }

  private int k() {
    return target.shape().k();
  }

  /** The same units of any k stored pieces. */
  private Map<Integer, byte[]> fetch(PutAction.Remake lost, int first, int count)
      throws TransferException {
    Map<Integer, byte[]> found = new LinkedHashMap<>();
    Deque<Integer> left = new ArrayDeque<>(lost.sources().keySet());
    TransferException why = null;
    while (found.size() < k() && !left.isEmpty()) {
      Map<Integer, CompletableFuture<byte[]>> asked = new LinkedHashMap<>();
      while (asked.size() < k() - found.size() && !left.isEmpty()) {
        int index = left.poll();
        asked.put(index, units(index, lost.sources().get(index), first, count));
      }
      for (Map.Entry<Integer, CompletableFuture<byte[]>> each : asked.entrySet()) {
        try {
          found.put(each.getKey(), Remote.await(each.getValue(), PATIENCE));
        } catch (TransferException e) {
          why = e;
        }
      }
    }
    if (found.size() < k()) {
      throw new TransferException(
          TransferException.Problem.NOT_FOUND, "too few stored pieces answer", why);
    }
    return found;
  }

  private CompletableFuture<byte[]> units(int index, BoxId holder, int first, int count) {
    kitchen.source().know(sender.piece(index), leaves.of(index));
    PieceSource.Piece piece =
        new PieceSource.Piece(sender.piece(index), holder, leaves.root(index), units, false);
    return kitchen.source().units(piece, first, count, target.traffic());
  }

  private byte[] restore(int index, Map<Integer, byte[]> pieces, int count) {
    byte[] made = new byte[count * UNIT];
    int[] present = pieces.keySet().stream().mapToInt(Integer::intValue).toArray();
    for (int stripe = 0; stripe < count; stripe++) {
      ByteBuffer given = ByteBuffer.allocate(k() * UNIT);
      for (int each : present) {
        given.put(pieces.get(each), stripe * UNIT, UNIT);
      }
      ByteBuffer out = ByteBuffer.wrap(made, stripe * UNIT, UNIT);
      kitchen
          .services()
          .code()
          .call(
              code -> {
                code.restore(
                    k(),
                    target.shape().n(),
                    UNIT,
                    Arrays.copyOf(present, k()),
                    given.duplicate().flip(),
                    new int[] {index},
                    out.slice());
                return null;
              });
    }
    return made;
  }

  /** Returns the receipt that came with it, if any. */
  private byte[] send(PutAction.Remake lost, int at, byte[] made)
      throws TransferException, ObjectFailure {
    long offset = (long) at * UNIT;
    CompletableFuture<PutReply> call =
        sender.put(lost.lane(), lost.holder(), offset, ByteBuffer.wrap(made));
    PutReply reply = Remote.await(call, PATIENCE);
    if (reply.written() < offset + made.length) {
      throw new TransferException(
          TransferException.Problem.PROTOCOL, lost.holder() + " wrote less than it was given");
    }
    return reply.receipt().orElse(new byte[0]);
  }
}
