package tv.hearth.gateway.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port as a Host field or an absolute target names them.
 *
 * @param host in lower case, an IPv6 address with its brackets
 * @param port as written, or empty
 */
record Authority(String host, String port) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._~-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{0,5}))?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  static Optional<Authority> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String port = form.group(2) == null ? "" : form.group(2);
    return Optional.of(new Authority(form.group(1).toLowerCase(Locale.ROOT), port));
  }

  /** True for an address, which no foreign name server can point elsewhere, and localhost. */
  boolean isLiteral() {
    return host.startsWith("[") || host.equals("localhost") || IPV4.matcher(host).matches();
  }

  @Override
  public String toString() {
    return port.isEmpty() ? host : host + ":" + port;
  }
}
