package tv.hearth.support.release;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls that may hang for ever without harm: each on a daemon thread of its own, which is left
 * behind where it does not come back in time.
 */
public final class Bounded {
  private Bounded() {}

  /**
   * The call's result.
   *
   * @param what is done, for messages and as the thread's name
   * @throws FrameException where it failed, or took longer; an interrupt is kept
   */
  public static <T> T call(String what, Duration most, Callable<T> call) throws FrameException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "hearth-update: " + what);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new FrameException(what + ": not done after " + most.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrameException(what + ": interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new FrameException(what + ": " + cause.getMessage(), cause);
    }
  }
}
