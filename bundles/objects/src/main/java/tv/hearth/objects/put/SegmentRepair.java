package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.read.PieceSource;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Makes the pieces again whose holders were lost in the middle of a segment: from k of those that
 * are stored, some stripes at a time, to spares. What can't be made again is left out; whether
 * enough are stored is for the caller to say.
 */
final class SegmentRepair {
  private static final int UNIT = Layout.UNIT;
  private static final int MEMORY = 4 << 20;
  private static final int MOST_STRIPES = 16;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final int segment;
  private final SegmentPut put;

  SegmentRepair(PutKitchen kitchen, PutTarget target, int segment, SegmentPut put) {
    this.kitchen = kitchen;
    this.target = target;
    this.segment = segment;
    this.put = put;
  }

  /** Tries each lost piece at one spare after the other, while there are any. */
  void run() throws ObjectFailure {
    for (Lane lane : put.lanes()) {
      while (lane.state() == Lane.State.LOST
          && !put.spares().isEmpty()
          && sources().size() >= k()) {
        BoxId spare = put.spares().poll();
        put.move(lane, spare);
        if (!make(lane) && lane.state() != Lane.State.STORED) {
          lane.lose();
        }
      }
    }
  }

  private List<Lane> sources() {
    return put.lanes().stream().filter(lane -> lane.state() == Lane.State.STORED).toList();
  }

  private int k() {
    return target.shape().k();
  }

  private boolean make(Lane lane) throws ObjectFailure {
    int units = target.layout().stripes(segment);
    int step = Math.max(1, Math.min(MOST_STRIPES, MEMORY / (k() + 1) / UNIT));
    try {
      for (int at = 0; at < units; at += step) {
        int count = Math.min(step, units - at);
        byte[] made = restore(lane, fetch(at, count), count);
        send(lane, at, made);
      }
    } catch (TransferException e) {
      put.failed(lane, e);
      return false;
    }
    kitchen.meters().add(Count.PUT_PIECES_REPAIRED);
    return true;
  }

  /** The same units of any k stored pieces. */
  private Map<Integer, byte[]> fetch(int first, int count) throws TransferException {
    Map<Integer, byte[]> found = new LinkedHashMap<>();
    List<Lane> left = new ArrayList<>(sources());
    TransferException why = null;
    while (found.size() < k() && !left.isEmpty()) {
      List<Lane> ask = List.copyOf(left.subList(0, Math.min(left.size(), k() - found.size())));
      left.removeAll(ask);
      Map<Lane, CompletableFuture<byte[]>> asked = new LinkedHashMap<>();
      ask.forEach(lane -> asked.put(lane, units(lane, first, count)));
      for (Map.Entry<Lane, CompletableFuture<byte[]>> each : asked.entrySet()) {
        try {
          found.put(each.getKey().index(), Remote.await(each.getValue(), PATIENCE));
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

  private CompletableFuture<byte[]> units(Lane lane, int first, int count) {
    kitchen.source().know(put.piece(lane), lane.leaves());
    PieceSource.Piece piece =
        new PieceSource.Piece(
            put.piece(lane), lane.holder(), lane.root(), target.layout().stripes(segment), false);
    return kitchen.source().units(piece, first, count, target.traffic());
  }

  private byte[] restore(Lane lane, Map<Integer, byte[]> pieces, int count) {
    byte[] made = new byte[count * UNIT];
    int[] present = pieces.keySet().stream().mapToInt(Integer::intValue).toArray();
    for (int stripe = 0; stripe < count; stripe++) {
      ByteBuffer units = ByteBuffer.allocate(k() * UNIT);
      for (int index : present) {
        units.put(pieces.get(index), stripe * UNIT, UNIT);
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
                    units.duplicate().flip(),
                    new int[] {lane.index()},
                    out.slice());
                return null;
              });
    }
    return made;
  }

  private void send(Lane lane, int at, byte[] made) throws TransferException {
    CompletableFuture<PutReply> call =
        kitchen
            .remote()
            .call(
                t ->
                    t.put(
                        lane.holder(),
                        put.piece(lane),
                        lane.grant(),
                        (long) at * UNIT,
                        ByteBuffer.wrap(made),
                        target.traffic()));
    PutReply reply = Remote.await(call, PATIENCE);
    long end = (long) at * UNIT + made.length;
    if (reply.written() < end) {
      throw new TransferException(
          TransferException.Problem.PROTOCOL, lane.holder() + " wrote less than it was given");
    }
    if (end == target.layout().pieceLength(segment)) {
      put.accept(lane, reply.receipt().orElse(new byte[0]));
    }
  }
}
