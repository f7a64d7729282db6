package tv.hearth.headend.registry.operator;

/** What a claim code makes of the node that shows it. */
public enum ClaimKind {
  /** A household's box: stores and reads. */
  BOX,
  /** An ingest node of the operator: puts films, holds nothing. */
  INGEST
}
