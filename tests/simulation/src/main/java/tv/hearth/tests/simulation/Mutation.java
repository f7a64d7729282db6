package tv.hearth.tests.simulation;

/** A bug that is planted, to see that it is found. */
public enum Mutation {
  /** None: the machines as they are. */
  NONE,
  /** A reader takes one answer less for a quorum. */
  SMALL_QUORUM,
  /** A writer is told "yes" by one replica less. */
  EARLY_WRITER,
  /** A replica says that it has a record before its disk has it. */
  EARLY_REPLICA,
  /** A holder signs for a piece before its disk has it. */
  EARLY_HOLDER,
  /** A put is acknowledged with one piece less. */
  EARLY_PUT,
  /** A busy holder is not asked again. */
  FORGOTTEN_RETRY,
  /** A laggard is never given up. */
  KEPT_LAGGARD,
  /** What a replica missed is not brought to it later, and a refused head not taken back. */
  NO_AFTERCARE
}
