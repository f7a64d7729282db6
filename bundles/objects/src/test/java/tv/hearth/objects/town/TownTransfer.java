package tv.hearth.objects.town;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;

/** Calls between the boxes of the test town; a silent box never answers. */
final class TownTransfer implements PieceTransfer {
  private final Map<BoxId, Holder> holders;
  private final ScheduledExecutorService executor;
  private volatile boolean stopped;

  TownTransfer(Map<BoxId, Holder> holders, ScheduledExecutorService executor) {
    this.holders = holders;
    this.executor = executor;
  }

  /** From now on all calls fail, as those of a bundle that is being replaced. */
  void stop() {
    stopped = true;
  }

  @Override
  public CompletableFuture<PutReply> put(
      BoxId to, PieceId piece, byte[] grant, long offset, ByteBuffer bytes, TrafficClass traffic) {
    if (bytes.remaining() > 1 << 20) {
      throw new IllegalArgumentException("a chunk of " + bytes.remaining());
    }
    holders.get(to).given(traffic);
    return call(to, () -> holders.get(to).put(piece, grant, offset, bytes));
  }

  @Override
  public CompletableFuture<byte[]> get(
      BoxId from, PieceId piece, int firstUnit, int count, TrafficClass traffic) {
    if (count < 1 || count > MAX_UNITS) {
      throw new IllegalArgumentException("a get of " + count);
    }
    holders.get(from).asked(traffic);
    return call(from, () -> holders.get(from).get(piece, firstUnit, count));
  }

  @Override
  public CompletableFuture<byte[]> unitHashes(BoxId from, PieceId piece, TrafficClass traffic) {
    return call(from, () -> holders.get(from).unitHashes(piece));
  }

  @Override
  public CompletableFuture<Boolean> head(BoxId from, PieceId piece) {
    return call(from, () -> holders.get(from).head(piece));
  }

  @Override
  public CompletableFuture<Integer> keep(BoxId at, byte[] keep) {
    return call(at, () -> holders.get(at).keep(keep));
  }

  @Override
  public CompletableFuture<Integer> delete(BoxId at, byte[] tombstone) {
    return call(at, () -> holders.get(at).delete(tombstone));
  }

  @Override
  public CompletableFuture<Void> putRecord(BoxId at, RecordKey key, byte[] record) {
    return call(
        at,
        () -> {
          holders.get(at).putRecord(key, record);
          return null;
        });
  }

  @Override
  public CompletableFuture<List<Bytes>> records(BoxId at, RecordKey key) {
    return call(at, () -> holders.get(at).records(key));
  }

  @Override
  public CompletableFuture<List<RecordStore.Entry>> listRecords(
      BoxId at, RecordKind kind, String subject, String after) {
    return call(at, () -> holders.get(at).list(kind, subject, after));
  }

  private <T> CompletableFuture<T> call(BoxId to, Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Holder holder = holders.get(to);
    if (holder.fault() == Holder.Fault.SILENT) {
      holder.leaveUnanswered();
      return result;
    }
    executor.schedule(() -> run(call, result), holder.delay(), TimeUnit.MILLISECONDS);
    return result;
  }

  private <T> void run(Callable<T> call, CompletableFuture<T> result) {
    if (stopped) {
      result.completeExceptionally(new TransferException(Problem.STOPPED, "being replaced"));
      return;
    }
    try {
      result.complete(call.call());
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }
}
