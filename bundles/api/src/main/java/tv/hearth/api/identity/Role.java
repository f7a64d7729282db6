package tv.hearth.api.identity;

/** In whose name a record is signed. */
public enum Role {
  /** The box itself: receipts, endpoints. */
  BOX,
  /** The household at this box: its heads, grants and tombstones. */
  HOUSEHOLD,
  /** The operator's content authority: films. Only ingest nodes hold its key. */
  CONTENT
}
