package tv.hearth.gateway.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which web pages may read from the gateway, and under which host names it may be asked. A page
 * from elsewhere, shown by some device of the household, could otherwise read the household's
 * objects: directly, or through a name of its own that it points at the box (DNS rebinding).
 */
public final class Origins {
  private static final Pattern LOOPBACK =
      Pattern.compile("https?://(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  /**
   * Whose pages may embed without asking first. Browsers never take addresses for one site, so the
   * box's own pages, which are at an address mostly, need more than {@code same-site}.
   */
  public static final String EMBEDDING = "Cross-Origin-Resource-Policy";

  private static final Pattern PAGE = Pattern.compile("(https?://[^/?#@]+)([/?#].*)?");
  private static final String MAX_AGE_SECONDS = "600";

  private final Set<String> pages;
  private final Set<String> names;

  /**
   * Who may read beside the box itself.
   *
   * <p>Plain configuration files know no lists: commas separate, too.
   *
   * @param pages origins, e.g. {@code https://epg.example}; {@code null} means pages without one
   * @param names host names of the box beside addresses and localhost
   */
  public Origins(Set<String> pages, Set<String> names) {
    this.pages = lower(pages);
    this.names = lower(names);
  }

  private static Set<String> lower(Set<String> texts) {
    return texts.stream()
        .flatMap(text -> Arrays.stream(text.strip().split("[,\\s]+")))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** True for loopback pages, those configured, and pages that the gateway itself served. */
  boolean mayRead(String origin, Authority asked) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(lower).matches()
        || pages.contains(lower)
        || lower.equals("http://" + asked);
  }

  /** The origin of the page at that address, as a Referer field names it. */
  static Optional<String> ofPage(String address) {
    Matcher page = PAGE.matcher(address);
    return page.matches() ? Optional.of(page.group(1)) : Optional.empty();
  }

  /** True where no foreign name server can have sent the client here. */
  boolean mayBeAsked(Authority host) {
    return host.isLiteral() || names.contains(host.host());
  }

  /** What lets a page of that origin read the answer (Fetch, §3.3). */
  static Map<String, String> readable(String origin) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Access-Control-Allow-Origin", origin);
    fields.put(
        "Access-Control-Expose-Headers",
        "Content-Length, Content-Range, Accept-Ranges, ETag, Retry-After");
    return fields;
  }

  /** What a preflight is answered. */
  static Map<String, String> preflight(Fields request) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Access-Control-Allow-Methods", "GET, HEAD");
    fields.put(
        "Access-Control-Allow-Headers",
        "Range, If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since, If-Range");
    fields.put("Access-Control-Max-Age", MAX_AGE_SECONDS);
    if (request.has("Access-Control-Request-Private-Network")) {
      fields.put("Access-Control-Allow-Private-Network", "true");
    }
    return fields;
  }
}
