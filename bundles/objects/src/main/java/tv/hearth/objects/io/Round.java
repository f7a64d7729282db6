package tv.hearth.objects.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.Troubles;

/** The same question to several boxes, and a bounded wait for as many answers as are needed. */
public final class Round<T> {
  private static final TransferException SILENT =
      new TransferException(TransferException.Problem.TIMEOUT, "nothing came in time");
  private int asked;
  private final List<Answer<T>> answers = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  /** What a box answered. */
  public record Answer<T>(BoxId box, T value) {}

  /** Why a box did not answer. */
  public record Failure(BoxId box, TransferException reason) {}

  /** To that many boxes. */
  public Round(int asked) {
    this.asked = asked;
  }

  /** So many more are going to be asked. */
  public synchronized void more(int boxes) {
    asked += boxes;
  }

  /** One box's answer to come. */
  public void watch(BoxId box, CompletableFuture<T> answer) {
    answer.whenComplete((value, failure) -> end(box, value, failure));
  }

  /**
   * Waits until {@code need} answered and all others ended or had {@code more} nanoseconds; or
   * until nobody is left, or {@code most} nanoseconds. Returns what is there.
   */
  public synchronized List<Answer<T>> await(int need, long more, long most) {
    long begin = System.nanoTime();
    waitUntil(need, begin + most);
    waitUntil(asked, Math.min(begin + most, System.nanoTime() + more));
    return List.copyOf(answers);
  }

  /**
   * Waits for {@code need} answers but, once there is one, no longer than {@code patience}
   * nanoseconds from the start; for the first one {@code most}.
   */
  public synchronized List<Answer<T>> awaitFirst(int need, long patience, long most) {
    long begin = System.nanoTime();
    waitUntil(need, begin + patience);
    waitUntil(Math.min(1, asked), begin + most);
    return List.copyOf(answers);
  }

  /** Who failed so far. */
  public synchronized List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** True where that box answered well. */
  public synchronized boolean has(BoxId box) {
    return answers.stream().anyMatch(answer -> answer.box().equals(box));
  }

  /** True where that box neither answered nor failed yet. */
  public synchronized boolean silent(BoxId box) {
    return !has(box) && failures.stream().noneMatch(failure -> failure.box().equals(box));
  }

  /** Why the others did not answer; for those of {@code boxes} that said nothing yet, that. */
  public synchronized Troubles troubles(List<BoxId> boxes) {
    Troubles troubles = new Troubles();
    failures.forEach(failure -> troubles.add(failure.box(), failure.reason()));
    boxes.stream().filter(this::silent).forEach(box -> troubles.add(box, SILENT));
    return troubles;
  }

  private void waitUntil(int need, long end) {
    while (answers.size() < need && answers.size() + failures.size() < asked) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized void end(BoxId box, T value, Throwable failure) {
    if (failure == null) {
      answers.add(new Answer<>(box, value));
    } else {
      failures.add(new Failure(box, Remote.reason(failure)));
    }
    notifyAll();
  }
}
