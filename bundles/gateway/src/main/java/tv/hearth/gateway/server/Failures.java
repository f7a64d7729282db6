package tv.hearth.gateway.server;

import tv.hearth.vendor.objects.ObjectFailure;

/** Failures as they get into the log: without the names of what a household watches or keeps. */
final class Failures {
  private Failures() {}

  static String name(Throwable failure) {
    return failure instanceof ObjectFailure known
        ? known.problem().name()
        : failure.getClass().getName();
  }
}
