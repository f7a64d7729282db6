package tv.hearth.headend.campaign.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What boxes said and is not taken yet. What they say of commands and what they report wait apart,
 * so that a flood of reports displaces no command's end. Bounded: what comes on top is counted as
 * lost. Thread-safe.
 */
final class Intake {
  private final ArrayBlockingQueue<Word> words;
  private final ArrayBlockingQueue<Word> reports;
  private final AtomicLong lost = new AtomicLong();

  /**
   * A box's message.
   *
   * @param box whose topic it came on
   */
  record Word(String box, byte[] payload) {}

  /** For so many of each kind. */
  Intake(int most) {
    words = new ArrayBlockingQueue<>(most);
    reports = new ArrayBlockingQueue<>(most);
  }

  /** Takes what a box says of commands; false where too much waits. */
  boolean said(Word word) {
    return counted(words.offer(word));
  }

  /** Takes what a box reports; false where too much waits. */
  boolean reported(Word word) {
    return counted(reports.offer(word));
  }

  private boolean counted(boolean taken) {
    if (!taken) {
      lost.incrementAndGet();
    }
    return taken;
  }

  /** The next that was said. */
  Optional<Word> next() {
    return Optional.ofNullable(words.poll());
  }

  /** The next reports, oldest first, so that one write keeps them all. */
  List<Word> reports(int most) {
    List<Word> taken = new ArrayList<>();
    reports.drainTo(taken, most);
    return taken;
  }

  boolean isEmpty() {
    return words.isEmpty() && reports.isEmpty();
  }

  /** Messages that could not be taken. */
  long lost() {
    return lost.get();
  }
}
