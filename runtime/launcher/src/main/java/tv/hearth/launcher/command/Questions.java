package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tv.hearth.launcher.LauncherException;

/** Questions to many nodes at once, all answered by one moment, or not. */
final class Questions implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Questions::thread);
  private final long end;
  private final Duration inAll;

  /** Whose last answer is waited for no longer than {@code inAll} from now on. */
  Questions(Duration inAll) {
    this.inAll = inAll;
    this.end = System.nanoTime() + inAll.toNanos();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-question");
    thread.setDaemon(true);
    return thread;
  }

  /** An answer that is known already: there is none. */
  static Answer none(String why) {
    return new Answer(() -> new Result(Optional.empty(), why));
  }

  Answer ask(Callable<JsonNode> question) {
    Future<JsonNode> answer = threads.submit(question);
    return new Answer(() -> await(answer));
  }

  private Result await(Future<JsonNode> answer) {
    try {
      long left = Math.max(0, end - System.nanoTime());
      return new Result(Optional.of(answer.get(left, TimeUnit.NANOSECONDS)), "");
    } catch (TimeoutException e) {
      return new Result(Optional.empty(), "no answer within " + inAll.toSeconds() + " s");
    } catch (ExecutionException e) {
      String why = e.getCause().getMessage();
      return new Result(Optional.empty(), why == null ? e.getCause().toString() : why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("interrupted");
    }
  }

  /** Leaves those that still wait: they end by their own limits. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** What came, or why nothing did. */
  private record Result(Optional<JsonNode> value, String problem) {}

  /** What is or will be answered. Asking it waits. */
  static final class Answer {
    private final Supplier<Result> waiting;
    private Result result;

    private Answer(Supplier<Result> waiting) {
      this.waiting = waiting;
    }

    private Result result() {
      if (result == null) {
        result = waiting.get();
      }
      return result;
    }

    Optional<JsonNode> value() {
      return result().value();
    }

    String problem() {
      return result().problem();
    }
  }
}
