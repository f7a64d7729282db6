package tv.hearth.launcher.hood;

/** Address and port as one text. */
final class HostPort {
  private HostPort() {}

  /** As in a URL: an IPv6 address in brackets (RFC 3986, 3.2.2). */
  static String join(String host, int port) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + port;
  }
}
