package tv.hearth.gateway;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which web pages may read from the gateway, and under which host names it may be asked. A page
 * from elsewhere that a device of the household shows could otherwise read the household's objects,
 * also by DNS rebinding.
 */
final class Origins {
  private static final Pattern LOOPBACK =
      Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
  private static final Pattern ADDRESS_OR_LOCALHOST =
      Pattern.compile("(localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?");

  private final Set<String> allowed;

  Origins(Set<String> allowed) {
    this.allowed = allowed;
  }

  /** True where pages of that origin may read answers: loopback ones and those configured. */
  boolean mayRead(String origin) {
    return LOOPBACK.matcher(origin).matches() || allowed.contains(origin);
  }

  /**
   * True where the Host header is an address literal or {@code localhost}: no foreign name leads
   * here.
   */
  static boolean isLocalHost(String host) {
    return host == null || ADDRESS_OR_LOCALHOST.matcher(host).matches();
  }
}
