package tv.hearth.transfer.net;

import java.util.concurrent.CompletableFuture;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;

/** A call until its future is done. On the callers' loop. */
final class Pending {
  private final Call call;
  private final CompletableFuture<Answer> future = new CompletableFuture<>();
  private final long deadline;
  private Outbound connection;
  private boolean retried;
  private boolean done;

  Pending(Call call, long deadline) {
    this.call = call;
    this.deadline = deadline;
  }

  Call call() {
    return call;
  }

  CompletableFuture<Answer> future() {
    return future;
  }

  boolean isDone() {
    return done;
  }

  /** The connection that it is on, or null. */
  Outbound connection() {
    return connection;
  }

  void on(Outbound taken) {
    connection = taken;
  }

  /** True the first time: once more over a fresh connection. */
  boolean mayRetry() {
    boolean may = !retried;
    retried = true;
    return may;
  }

  boolean isLate(long now) {
    return now - deadline > 0;
  }

  /** Marks it done; true the first time. */
  boolean finish() {
    boolean first = !done;
    done = true;
    connection = null;
    return first;
  }

  TransferException failure(Problem problem, String what, Throwable cause) {
    return new TransferException(problem, call + ": " + what, cause);
  }
}
