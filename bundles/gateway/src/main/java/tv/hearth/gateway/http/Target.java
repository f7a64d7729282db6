package tv.hearth.gateway.http;

import java.util.Optional;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/**
 * What a request's path means.
 *
 * @param kind what is asked for
 * @param shelf null for the index
 * @param ref the object, or the file in it; null for the index and a shelf's listing
 * @param folder inside the object, of which a listing is wanted: empty or ending with a slash
 * @param after where a listing goes on: the last name of the page before, or empty
 */
public record Target(Kind kind, Shelf shelf, ObjectRef ref, String folder, String after) {
  private static final String AFTER = "after=";

  /** Kinds of resources. */
  public enum Kind {
    /** {@code /}. */
    INDEX,
    /** {@code /film/} or {@code /object/}. */
    SHELF,
    /** {@code /film/NAME/} or {@code /film/NAME/FOLDER/}. */
    FOLDER,
    /** {@code /film/NAME} or {@code /film/NAME/PATH}. */
    ITEM
  }

  /**
   * Parses a path with its query; empty where there is nothing such here.
   *
   * @throws IllegalArgumentException for a path that climbs out, or is malformed
   */
  static Optional<Target> parse(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    if (!path.startsWith("/") || uri.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a path begins with / and has no fragment");
    }
    String after = query < 0 ? "" : after(uri.substring(query + 1));
    if (path.equals("/")) {
      return Optional.of(new Target(Kind.INDEX, null, null, "", after));
    }
    String[] parts = path.substring(1).split("/", 3);
    Shelf shelf = shelf(parts[0]);
    if (shelf == null) {
      return Optional.empty();
    }
    if (parts.length == 1 || parts.length == 2 && parts[1].isEmpty()) {
      return Optional.of(new Target(Kind.SHELF, shelf, null, "", after));
    }
    return Optional.of(inside(shelf, Percent.decode(parts[1]), parts, after));
  }

  private static Target inside(Shelf shelf, String name, String[] parts, String after) {
    if (parts.length == 2) {
      return new Target(Kind.ITEM, shelf, ObjectRef.of(shelf, name), "", after);
    }
    boolean listing = parts[2].isEmpty() || parts[2].endsWith("/");
    String raw = listing && !parts[2].isEmpty() ? cut(parts[2]) : parts[2];
    ObjectRef ref = new ObjectRef(shelf, name, decode(raw));
    if (!listing) {
      return new Target(Kind.ITEM, shelf, ref, "", after);
    }
    String folder = ref.path().isEmpty() ? "" : ref.path() + "/";
    return new Target(Kind.FOLDER, shelf, ObjectRef.of(shelf, name), folder, after);
  }

  private static String cut(String path) {
    return path.substring(0, path.length() - 1);
  }

  /** Decodes part by part: an encoded slash or dot is no way around {@link ObjectRef}'s checks. */
  private static String decode(String path) {
    if (path.isEmpty()) {
      return "";
    }
    StringBuilder decoded = new StringBuilder(path.length());
    for (String part : path.split("/", -1)) {
      String plain = Percent.decode(part);
      if (plain.indexOf('/') >= 0) {
        throw new IllegalArgumentException("a file's name has no slash in it");
      }
      decoded.append(decoded.length() == 0 ? "" : "/").append(plain);
      if (plain.isEmpty()) {
        throw new IllegalArgumentException("a path has no empty parts");
      }
    }
    return decoded.toString();
  }

  private static String after(String query) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(AFTER)) {
        return Percent.decode(pair.substring(AFTER.length()).replace("+", "%20"));
      }
    }
    return "";
  }

  private static Shelf shelf(String first) {
    return switch (first) {
      case "film" -> Shelf.CATALOGUE;
      case "object" -> Shelf.HOUSEHOLD;
      default -> null;
    };
  }
}
