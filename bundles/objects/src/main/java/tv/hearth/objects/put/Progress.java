package tv.hearth.objects.put;

import java.util.function.LongConsumer;

/**
 * Tells the caller how far his put is. That is foreign code: it may block and throw, so it is
 * called by the putting thread alone, without any lock, and no more once it has thrown. Used by one
 * thread.
 */
final class Progress {
  private final String label;
  private final LongConsumer caller;
  private long told = -1;
  private boolean left;

  Progress(String label, LongConsumer caller) {
    this.label = label;
    this.caller = caller;
  }

  /** So many bytes are safe by now. */
  void tell(long bytes) {
    if (left || bytes == told) {
      return;
    }
    told = bytes;
    try {
      caller.accept(bytes);
    } catch (RuntimeException e) {
      left = true;
      System.getLogger(Progress.class.getName())
          .log(
              System.Logger.Level.INFO,
              "{0} goes on, but its caller does not hear of it any more: {1}",
              label,
              e);
    }
  }
}
