package tv.hearth.gateway.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request's preconditions in the order of RFC 9110 §13.2.2. What has no version of its own (a
 * listing) has an empty tag and no time.
 */
final class Conditions {
  /** A date names a version only where a change in the same second can't hide (§8.8.2.2). */
  private static final Duration STRONG_AFTER = Duration.ofSeconds(60);

  private final Request request;
  private final String tag;
  private final Instant modified;
  private final Instant now;

  /**
   * For a GET or HEAD.
   *
   * @param tag with its quotes, or empty
   * @param modified null where unknown
   */
  Conditions(Request request, String tag, Instant modified, Instant now) {
    this.request = request;
    this.tag = tag;
    this.modified = modified;
    this.now = now;
  }

  /** 412 or 304 where that is the answer, else 0. */
  int status() {
    Fields fields = request.fields();
    Optional<String> match = fields.joined("If-Match");
    if (match.isPresent()) {
      if (!any(match.get()) && !EntityTags.strongly(match.get(), tag)) {
        return 412;
      }
    } else if (date("If-Unmodified-Since").filter(this::modifiedSince).isPresent()) {
      return 412;
    }
    Optional<String> none = fields.joined("If-None-Match");
    if (none.isPresent()) {
      return any(none.get()) || EntityTags.weakly(none.get(), tag) ? 304 : 0;
    }
    return date("If-Modified-Since").filter(since -> !modifiedSince(since)).isPresent() ? 304 : 0;
  }

  /** Whether a Range counts (§13.1.5, §14.2). */
  boolean rangeApplies() {
    if (!request.isGet() || !request.fields().has("Range")) {
      return false;
    }
    if (!request.fields().has("If-Range")) {
      return true;
    }
    String given = request.fields().only("If-Range").orElse("");
    return given.startsWith("\"")
        ? !tag.isEmpty() && given.equals(tag)
        : HttpDate.parse(given, now).filter(this::isThisVersion).isPresent();
  }

  private boolean isThisVersion(Instant date) {
    return modified != null
        && seconds(modified) == seconds(date)
        && modified.plus(STRONG_AFTER).isBefore(now);
  }

  private static boolean any(String field) {
    return field.strip().equals("*");
  }

  /** Only a date that is one, and only where there is a time to compare with, is a condition. */
  private Optional<Instant> date(String name) {
    return modified == null
        ? Optional.empty()
        : request.fields().only(name).flatMap(text -> HttpDate.parse(text, now));
  }

  private boolean modifiedSince(Instant since) {
    return seconds(modified) > seconds(since);
  }

  private static long seconds(Instant time) {
    return time.getEpochSecond();
  }
}
