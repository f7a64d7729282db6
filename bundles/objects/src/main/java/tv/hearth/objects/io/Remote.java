package tv.hearth.objects.io;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;

/**
 * Calls to neighbours that outlive the replacement of the transfer bundle: a call that fails while
 * its provider goes away is made again with the next one, within {@value #PATIENCE_SECONDS} s.
 * Results are handed on by the pipeline's own threads; each call has an end of its own, even if the
 * provider forgets it. Thread-safe; {@link #close} fails whatever is under way.
 */
public final class Remote implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
  private final Services services;
  private final Workers workers;
  private final Set<Pending<?>> pending = ConcurrentHashMap.newKeySet();

  /** Over the transfer service of {@code services}. */
  public Remote(Services services, Workers workers) {
    this.services = services;
    this.workers = workers;
  }

  /** Makes a call; cancelling what comes back cancels it. */
  public <T> CompletableFuture<T> call(Function<PieceTransfer, CompletableFuture<T>> call) {
    Pending<T> one = new Pending<>(call);
    pending.add(one);
    if (workers.closed()) {
      one.stop();
    } else {
      one.watch();
      one.start(null);
    }
    return one.result;
  }

  /** Waits for a call; a {@link TransferException} says why there is no answer. */
  public static <T> T await(CompletableFuture<T> future, long nanos) throws TransferException {
    try {
      return future.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw reason(e);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new TransferException(Problem.TIMEOUT, "a neighbour did not answer in time", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new TransferException(Problem.STOPPED, "interrupted while waiting for a neighbour", e);
    }
  }

  /** What a failed future failed with. */
  public static TransferException reason(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof TransferException) {
      return (TransferException) cause;
    }
    boolean stopped = cause instanceof CancellationException;
    return new TransferException(
        stopped ? Problem.STOPPED : Problem.PROTOCOL,
        "call to a neighbour failed: " + cause,
        cause);
  }

  @Override
  public void close() {
    pending.forEach(Pending::stop);
  }

  private final class Pending<T> {
    private final Function<PieceTransfer, CompletableFuture<T>> call;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final long begin = System.nanoTime();
    private volatile CompletableFuture<T> current;

    Pending(Function<PieceTransfer, CompletableFuture<T>> call) {
      this.call = call;
    }

    void watch() {
      Runnable cancelEnd = workers.after(LONGEST, this::timeOut);
      result.whenComplete(
          (value, failure) -> {
            cancelEnd.run();
            pending.remove(this);
            CompletableFuture<T> running = current;
            if (running != null && !running.isDone()) {
              running.cancel(true);
            }
          });
    }

    void start(PieceTransfer gone) {
      if (result.isDone()) {
        return;
      }
      PieceTransfer service = services.transfer().now().orElse(null);
      if (service == null || service == gone) {
        again(gone);
        return;
      }
      try {
        current = call.apply(service);
      } catch (RuntimeException e) {
        current = CompletableFuture.failedFuture(e);
      }
      current.whenComplete((value, failure) -> workers.execute(() -> end(service, value, failure)));
    }

    private void end(PieceTransfer service, T value, Throwable failure) {
      if (failure == null) {
        result.complete(value);
        return;
      }
      boolean replaced = services.transfer().now().orElse(null) != service;
      TransferException why = reason(failure);
      if (!result.isDone() && (replaced || why.problem() == Problem.STOPPED)) {
        again(service);
      } else {
        result.completeExceptionally(why);
      }
    }

    private void again(PieceTransfer gone) {
      if (System.nanoTime() - begin > PATIENCE) {
        result.completeExceptionally(
            new TransferException(
                Problem.STOPPED, "PieceTransfer is not there; is the bundle transfer started?"));
      } else {
        workers.after(PAUSE, () -> start(gone));
      }
    }

    private void timeOut() {
      result.completeExceptionally(
          new TransferException(
              Problem.TIMEOUT, "no answer within " + LONGEST / 1_000_000 + " ms"));
    }

    void stop() {
      pending.remove(this);
      result.completeExceptionally(
          new TransferException(Problem.STOPPED, "the bundle objects is being stopped"));
    }
  }
}
