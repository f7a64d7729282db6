package tv.hearth.vendor.objects;

/**
 * Names an object and, where it is a folder, a file in it.
 *
 * @param name 1…255 characters, no control characters, no slash, neither {@code .} nor {@code ..}
 * @param path of a file inside a stored folder, {@code /} between parts, no empty, {@code .} or
 *     {@code ..} part; empty for the object itself
 */
public record ObjectRef(Shelf shelf, String name, String path) {
  /** Throws {@link IllegalArgumentException} for what climbs out or can't be a name. */
  public ObjectRef {
    checkPart(name, name);
    if (path.length() > 4096) {
      throw new IllegalArgumentException("path longer than 4096 characters in " + name);
    }
    if (!path.isEmpty()) {
      for (String part : path.split("/", -1)) {
        checkPart(part, path);
      }
    }
  }

  /** The object itself. */
  public static ObjectRef of(Shelf shelf, String name) {
    return new ObjectRef(shelf, name, "");
  }

  private static void checkPart(String part, String whole) {
    boolean control = part.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    if (part.isEmpty()
        || part.length() > 255
        || part.equals(".")
        || part.equals("..")
        || part.indexOf('/') >= 0
        || part.indexOf('\\') >= 0
        || control) {
      throw new IllegalArgumentException("not a name or path of an object: '" + whole + "'");
    }
  }
}
