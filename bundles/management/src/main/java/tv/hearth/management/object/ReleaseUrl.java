package tv.hearth.management.object;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The signed target that an InstallDU's URL names. Pure. */
final class ReleaseUrl {
  private ReleaseUrl() {}

  /**
   * The target's name: of {@code tuf:NAME}, or of an http or https URL whose path has {@code
   * /targets/}, behind which NAME stands with or without its hash.
   */
  static Optional<String> target(String url) {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      if (scheme.equals("tuf") && uri.getSchemeSpecificPart() != null) {
        return checked(uri.getSchemeSpecificPart());
      }
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (!web || uri.getUserInfo() != null || uri.getPath() == null) {
        return Optional.empty();
      }
      int at = uri.getPath().lastIndexOf("/targets/");
      return at < 0
          ? Optional.empty()
          : checked(
              uri.getPath().substring(at + 9).replaceFirst("(^|/)[0-9a-f]{64}\\.([^/]+)$", "$1$2"));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> checked(String name) {
    boolean good =
        name.matches(
            "release/[A-Za-z0-9][A-Za-z0-9._-]{0,127}/[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\.json");
    return good ? Optional.of(name) : Optional.empty();
  }
}
