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
  TOMBSTONE;

  /** As in paths: lower case, with a hyphen. */
  public String path() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
