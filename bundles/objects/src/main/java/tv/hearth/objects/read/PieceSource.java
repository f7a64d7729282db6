package tv.hearth.objects.read;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.io.Lru;
import tv.hearth.objects.io.ObjectMeters;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.OwnStore;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.io.Workers;
import tv.hearth.support.merkle.Merkle;

/**
 * Units of pieces from their holders, checked: the units against the holder's list of unit hashes,
 * the list against the piece root that the owner signed. A holder whose bytes don't check is
 * remembered as a liar. Thread-safe.
 */
public final class PieceSource {
  private static final int HASHES = 3 << 19;
  private static final int MOST_LACKING = 4096;
  private static final long LACKING = TimeUnit.SECONDS.toNanos(60);
  private static final int UNIT = ObjectCipher.UNIT;
  private final Services services;
  private final Remote remote;
  private final Workers workers;
  private final HolderHealth health;
  private final ObjectMeters meters;
  private final Lru<PieceId, byte[]> hashes = new Lru<>(HASHES, list -> 64 + list.length);

  private final Lru<PieceId, Long> lacking = new Lru<>(MOST_LACKING, until -> 1);

  /**
   * A piece as the placement names it.
   *
   * @param units how many it has
   */
  public record Piece(PieceId id, BoxId holder, Bytes root, int units, boolean atHome) {}

  /** Shares what is known of the neighbours. */
  public PieceSource(
      Services services, Remote remote, Workers workers, HolderHealth health, ObjectMeters meters) {
    this.services = services;
    this.remote = remote;
    this.workers = workers;
    this.health = health;
    this.meters = meters;
  }

  /** A piece's unit hashes that this node computed itself. */
  public void know(PieceId piece, byte[] leaves) {
    hashes.put(piece, leaves);
  }

  /** Verified units; fails with a {@link TransferException}. */
  public CompletableFuture<byte[]> units(Piece piece, int first, int count, TrafficClass traffic) {
    boolean here = piece.holder().equals(services.identity().call(Identity::box));
    if (!here && !piece.atHome()) {
      return remoteUnits(piece, first, count, traffic);
    }
    CompletableFuture<byte[]> local = new CompletableFuture<>();
    workers.execute(() -> readHere(piece.id(), first, count, local));
    if (here) {
      return local;
    }
    return local
        .handle(
            (bytes, failure) -> failure == null ? local : remoteUnits(piece, first, count, traffic))
        .thenCompose(next -> next);
  }

  private void readHere(PieceId piece, int first, int count, CompletableFuture<byte[]> result) {
    ByteBuffer into = ByteBuffer.allocate(count * UNIT);
    try {
      result.complete(services.pieces().call(store -> fill(store, piece, first, into)));
    } catch (StoreException | RuntimeException e) {
      result.completeExceptionally(OwnStore.reason(e));
    }
  }

  private static byte[] fill(PieceStore store, PieceId piece, int first, ByteBuffer into)
      throws StoreException {
    into.clear();
    while (into.hasRemaining()) {
      int at = first + into.position() / UNIT;
      if (store.read(piece, at, into.remaining() / UNIT, into) <= 0) {
        throw new StoreException(StoreException.Problem.NOT_FOUND, piece + " is short");
      }
    }
    return into.array();
  }

  private CompletableFuture<byte[]> remoteUnits(
      Piece piece, int first, int count, TrafficClass traffic) {
    long begin = System.nanoTime();
    CompletableFuture<byte[]> bytes =
        remote.call(t -> t.get(piece.holder(), piece.id(), first, count, traffic));
    CompletableFuture<byte[]> list = hashes(piece, traffic);
    CompletableFuture<byte[]> checked =
        bytes.thenCombine(list, (units, leaves) -> check(piece, first, count, units, leaves));
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    checked.whenComplete(
        (units, failure) -> {
          note(piece, count, begin, failure);
          if (failure == null) {
            result.complete(units);
          } else {
            result.completeExceptionally(Remote.reason(failure));
          }
        });
    result.whenComplete((units, failure) -> cancel(bytes, list));
    return result;
  }

  private static void cancel(CompletableFuture<?> bytes, CompletableFuture<?> list) {
    bytes.cancel(true);
    list.cancel(true);
  }

  private CompletableFuture<byte[]> hashes(Piece piece, TrafficClass traffic) {
    byte[] known = hashes.get(piece.id());
    if (known != null && Arrays.equals(Merkle.UNITS.root(known), piece.root().toArray())) {
      return CompletableFuture.completedFuture(known);
    }
    return remote
        .call(t -> t.unitHashes(piece.holder(), piece.id(), traffic))
        .thenApply(
            list -> {
              boolean right = list.length == piece.units() * Merkle.HASH;
              if (!right || !Arrays.equals(Merkle.UNITS.root(list), piece.root().toArray())) {
                throw new Lie(piece.holder() + " gives other unit hashes than the placed ones");
              }
              hashes.put(piece.id(), list);
              return list;
            });
  }

  private byte[] check(Piece piece, int first, int count, byte[] units, byte[] leaves) {
    if (units.length != count * UNIT) {
      throw new Lie(piece.holder() + " gives " + units.length + " bytes, not " + count * UNIT);
    }
    for (int i = 0; i < count; i++) {
      byte[] leaf = Merkle.UNITS.leaf(ByteBuffer.wrap(units, i * UNIT, UNIT));
      int at = (first + i) * Merkle.HASH;
      if (!Arrays.equals(leaf, 0, Merkle.HASH, leaves, at, at + Merkle.HASH)) {
        throw new Lie(piece.holder() + " gives other bytes for unit " + (first + i));
      }
    }
    return units;
  }

  private void note(Piece piece, int count, long begin, Throwable failure) {
    long now = System.nanoTime();
    if (failure == null) {
      health.answered(piece.holder(), now - begin, count, now);
      return;
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof Lie) {
      meters.add(Count.READ_LIES);
      boolean known = health.standing(piece.holder(), now) == HolderHealth.LIAR;
      health.lied(piece.holder(), now);
      System.getLogger(PieceSource.class.getName())
          .log(
              known ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
              "left out: {0}",
              cause.getMessage());
      return;
    }
    TransferException reason = Remote.reason(failure);
    if (reason.problem() == Problem.NOT_FOUND || reason.problem() == Problem.DAMAGED) {
      missed(piece, reason, now);
    } else if (reason.problem() != Problem.STOPPED) {
      meters.add(Count.READ_DEAD);
      health.failed(piece.holder(), now);
    }
  }

  /** The box is there and may have others: this piece is asked there no more for a while. */
  private void missed(Piece piece, TransferException reason, long now) {
    health.there(piece.holder());
    if (!lacks(piece.id(), now)) {
      meters.add(Count.READ_MISSING);
      System.getLogger(PieceSource.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "piece {0} is placed at {1}, which does not give it: {2}",
              piece.id(),
              piece.holder(),
              reason.getMessage());
    }
    lacking.put(piece.id(), now + LACKING);
  }

  /** True where the holder of a piece said lately that it does not have it. */
  boolean lacks(PieceId piece, long now) {
    Long until = lacking.get(piece);
    return until != null && until - now > 0;
  }

  /** Bytes that are not what was placed. */
  private static final class Lie extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lie(String message) {
      super(message);
    }
  }
}
