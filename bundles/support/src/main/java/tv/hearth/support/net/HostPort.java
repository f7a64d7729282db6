package tv.hearth.support.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as one text: {@code name:80}, {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}.
 * An IPv6 address stands in brackets wherever a port or a path may follow it (RFC 3986, 3.2.2), its
 * zone behind {@code %25} in addresses of pages (RFC 6874). Immutable.
 *
 * @param host name or address literal, IPv6 without brackets
 * @param port 0…65535; 0: any free one
 */
public record HostPort(String host, int port) {
  private static final int MOST_HOST = 253;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]+(?:%[^\\]\\s]+)?)]|([^\\[\\]:/?#@\\s]+))(?::(\\d{1,5}))?");

  /** Takes the brackets off; throws {@link IllegalArgumentException} for what can't be right. */
  public HostPort {
    host = bare(host);
    if (host.isEmpty() || host.length() > MOST_HOST) {
      throw new IllegalArgumentException("not a host: '" + host + "'");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port out of 0…65535: " + port);
    }
  }

  /**
   * Reads {@code HOST[:PORT]}; an IPv6 address needs its brackets, for without them nobody can say
   * where it ends.
   *
   * @param usualPort where none is written
   */
  public static HostPort parse(String text, int usualPort) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no HOST:PORT; write an IPv6 address as [2001:db8::1]:PORT");
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    return new HostPort(host, form.group(3) == null ? usualPort : Integer.parseInt(form.group(3)));
  }

  /** A host as it stands before a port: an IPv6 address in brackets, all else as it is. */
  public static String bracketed(String host) {
    return isIpv6(host) && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** A host without the brackets that an address of a page has. */
  public static String bare(String host) {
    boolean in = host.startsWith("[") && host.endsWith("]") && isIpv6(host);
    return in ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * True for an IPv6 literal, with or without brackets: no name and no IPv4 address has a colon.
   */
  public static boolean isIpv6(String host) {
    return host.indexOf(':') >= 0;
  }

  /**
   * The beginning of a page's address.
   *
   * @param scheme without colon
   * @return {@code scheme://host:port}, no slash at its end
   */
  public String url(String scheme) {
    return scheme + "://" + bracketed(host).replace("%", "%25") + ":" + port;
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return bracketed(host) + ":" + port;
  }
}
