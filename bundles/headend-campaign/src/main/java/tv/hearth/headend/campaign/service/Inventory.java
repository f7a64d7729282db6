package tv.hearth.headend.campaign.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each box said last that it runs. Thread-safe; empty after a restart of the headend. */
public final class Inventory {
  private static final int MOST = 20_000;
  private final Map<String, Release> releases = new ConcurrentHashMap<>();

  /**
   * A release on a box.
   *
   * @param url as the box knows it: {@code tuf:release/…}
   * @param status e.g. {@code Installed}
   * @param counter 0 where the box does not say
   */
  public record Release(String url, String version, String status, long counter) {
    @Override
    public String toString() {
      return url + " " + status + (counter == 0 ? "" : ", counter " + counter);
    }
  }

  /** Takes what a box said. */
  public void put(String box, Release release) {
    if (releases.size() < MOST || releases.containsKey(box)) {
      releases.put(box, release);
    }
  }

  /** What a box runs, as far as it said. */
  public Optional<Release> of(String box) {
    return Optional.ofNullable(releases.get(box));
  }
}
