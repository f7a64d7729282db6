package tv.hearth.launcher.fetch;

/** Whether asking again may help where a box says "not now". One thread at a time. */
@FunctionalInterface
public interface Outlook {
  /**
   * Why waiting is no help as far as is known now, and what would be, in a sentence; empty where it
   * may help. May take seconds.
   */
  String hopeless();
}
