package tv.hearth.objects.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.Troubles;
import tv.hearth.objects.machine.ReplicaRound;

/**
 * Carries a {@link ReplicaRound} out: asks over the network, and has the caller wait until it is
 * over. Answers may come on any thread, also after that.
 */
public final class Round<T> {
  private static final TransferException SILENT =
      new TransferException(TransferException.Problem.TIMEOUT, "nothing came in time");
  private final ReplicaRound machine;
  private final List<BoxId> boxes;
  private final BiFunction<Integer, BoxId, CompletableFuture<T>> question;
  private final Predicate<T> hit;
  private final LongSupplier nanos;
  private final List<Answer<T>> answers = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<CompletableFuture<T>> calls = new ArrayList<>();

  /** What a box answered. */
  public record Answer<T>(BoxId box, T value) {}

  /** Why a box did not answer. */
  public record Failure(BoxId box, TransferException reason) {}

  /**
   * One question a box.
   *
   * @param machine over as many boxes
   * @param hit whether an answer has what was asked for
   * @param nanos a steady clock
   */
  public Round(
      ReplicaRound machine,
      List<BoxId> boxes,
      Function<BoxId, CompletableFuture<T>> question,
      Predicate<T> hit,
      LongSupplier nanos) {
    this(machine, boxes, (index, box) -> question.apply(box), hit, nanos);
  }

  /** As above, for a question that depends on the box's place in the list. */
  public Round(
      ReplicaRound machine,
      List<BoxId> boxes,
      BiFunction<Integer, BoxId, CompletableFuture<T>> question,
      Predicate<T> hit,
      LongSupplier nanos) {
    this.machine = machine;
    this.boxes = List.copyOf(boxes);
    this.question = question;
    this.hit = hit;
    this.nanos = nanos;
  }

  /** Asks, and waits until it is over or the thread is interrupted; what came so far. */
  public List<Answer<T>> await() {
    ask(next(machine::start));
    while (true) {
      List<Integer> more;
      synchronized (this) {
        if (machine.isOver() || !pause()) {
          return List.copyOf(answers);
        }
        more = machine.tick(nanos.getAsLong());
      }
      ask(more);
    }
  }

  /** What came later is of no use: calls that are under way are ended. */
  public void cancel() {
    List<CompletableFuture<T>> open;
    synchronized (this) {
      open = List.copyOf(calls);
    }
    open.forEach(call -> call.cancel(true));
  }

  /** Who failed so far. */
  public synchronized List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** True where that box answered well. */
  public synchronized boolean has(BoxId box) {
    return answers.stream().anyMatch(answer -> answer.box().equals(box));
  }

  /** True where that box was asked, and neither answered nor failed yet. */
  public synchronized boolean silent(BoxId box) {
    int index = boxes.indexOf(box);
    return index >= 0 && machine.isSilent(index);
  }

  /** Why the others did not answer; for those of {@code boxes} that said nothing yet, that. */
  public synchronized Troubles troubles(List<BoxId> of) {
    Troubles troubles = new Troubles();
    failures.forEach(failure -> troubles.add(failure.box(), failure.reason()));
    of.stream()
        .filter(box -> !has(box) && failures.stream().noneMatch(each -> each.box().equals(box)))
        .forEach(box -> troubles.add(box, SILENT));
    return troubles;
  }

  private synchronized List<Integer> next(Function<Long, List<Integer>> event) {
    return event.apply(nanos.getAsLong());
  }

  /** Without the lock: a question may be answered by the thread that asks it. */
  private void ask(List<Integer> whom) {
    for (int index : whom) {
      CompletableFuture<T> call = question.apply(index, boxes.get(index));
      synchronized (this) {
        calls.add(call);
      }
      call.whenComplete((value, failure) -> ended(index, value, failure));
    }
  }

  private void ended(int index, T value, Throwable failure) {
    BoxId box = boxes.get(index);
    boolean isHit = failure == null && hit.test(value);
    List<Integer> more;
    synchronized (this) {
      if (failure == null) {
        answers.add(new Answer<>(box, value));
        more = machine.answered(index, isHit, nanos.getAsLong());
      } else {
        failures.add(new Failure(box, Remote.reason(failure)));
        more = machine.failed(index, nanos.getAsLong());
      }
      notifyAll();
    }
    ask(more);
  }

  private boolean pause() {
    long wait = machine.wakeIn(nanos.getAsLong());
    try {
      if (wait < 0) {
        wait();
      } else if (wait > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, wait);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
