package tv.hearth.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/**
 * What a request's path means: {@code /film/NAME/PATH} or {@code /object/NAME/PATH}; without a
 * name, or with a slash at its end, the listing.
 *
 * @param ref null for a shelf's listing
 * @param listing of the shelf, or of the folder that {@code ref} names
 */
record Target(Shelf shelf, ObjectRef ref, boolean listing) {

  /** Throws {@link IllegalArgumentException} for paths that climb out or can't be. */
  static Target parse(String uri) {
    int query = uri.indexOf('?');
    String raw = query < 0 ? uri : uri.substring(0, query);
    String[] parts = raw.split("/", 4);
    if (parts.length < 3 || !parts[0].isEmpty()) {
      throw new IllegalArgumentException("paths begin with /film/ or /object/");
    }
    Shelf shelf = shelf(parts[1]);
    if (parts[2].isEmpty() && parts.length == 3) {
      return new Target(shelf, null, true);
    }
    String path = parts.length < 4 ? "" : decode(parts[3]);
    boolean folder = parts.length == 4 && path.isEmpty();
    return new Target(shelf, new ObjectRef(shelf, decode(parts[2]), path), folder);
  }

  private static Shelf shelf(String first) {
    switch (first) {
      case "film":
        return Shelf.CATALOGUE;
      case "object":
        return Shelf.HOUSEHOLD;
      default:
        throw new IllegalArgumentException("paths begin with /film/ or /object/");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
