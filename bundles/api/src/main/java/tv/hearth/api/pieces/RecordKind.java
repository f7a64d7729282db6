package tv.hearth.api.pieces;

/** The kinds of small signed records that neighbours keep for each other. */
public enum RecordKind {
  /** Subject: owner. Name: hex SHA-256 of its payload. */
  DESCRIPTOR,
  /** Subject: owner. Name: OBJECT-SEGMENT. */
  PLACEMENT,
  /** Subject: owner. Name: hex name id. Several: siblings. */
  HEAD,
  /** Subject: owner (content authority). Name: the recipient box's id. */
  KEY_GRANT,
  /** Subject: owner (household). Name: {@code root}: its wrapped root. */
  ROOT,
  /** Subject: owner. Name: object id. What was deleted and must not come back. */
  TOMBSTONE,
  /** Of a newer release: kept and given by its envelope alone. Its key has the path. */
  OTHER;

  /** The kind of a path; OTHER where this release does not know it. */
  public static RecordKind of(String path) {
    for (RecordKind kind : values()) {
      if (kind != OTHER && kind.path().equals(path)) {
        return kind;
      }
    }
    return OTHER;
  }

  /**
   * As in paths: lower case, with a hyphen.
   *
   * @throws IllegalStateException for OTHER, whose keys have it
   */
  public String path() {
    if (this == OTHER) {
      throw new IllegalStateException("a kind that is not known has its path in its keys");
    }
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
