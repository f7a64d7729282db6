package tv.hearth.transfer.core;

import java.util.Locale;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.TrafficClass;

/** Names and numbers of the wire format (format page "transfer"). */
public final class Wire {
  /** base64url of the signed put-grant. */
  public static final String GRANT = "Hearth-Grant";

  /** Name of a {@link Problem}, in errors. */
  public static final String PROBLEM = "Hearth-Problem";

  /** Name of a {@link TrafficClass}, lower case. */
  public static final String TRAFFIC = "Hearth-Traffic";

  /** Bytes of a piece that the holder has, in answers to a put. */
  public static final String WRITTEN = "Hearth-Written";

  /** Bytes of a unit, in answers about a piece. */
  public static final String UNIT = "Hearth-Unit";

  /** Hex Merkle root of a piece as its holder computed it. */
  public static final String ROOT = "Hearth-Root";

  /** Most bytes of a piece: a whole segment where k is 1. */
  public static final long MOST_PIECE = 64L << 20;

  /** Most units of a piece; bounds the answer with its hashes to 512 KiB. */
  public static final int MOST_UNITS = 16_384;

  /** Most bytes of one put's body: a whole piece, as a peer with a simple tool may send it. */
  public static final int MOST_PUT = 64 << 20;

  /** Most bytes that one call of ours puts. */
  public static final int MOST_CALL = 1 << 20;

  /** Most bytes of a unit; bounds what a request takes of memory. */
  public static final int MOST_UNIT = 64 << 10;

  /** Most bytes of an answer with records: one key's siblings, or a page and one key beyond it. */
  public static final int MOST_RECORDS = 2 << 20;

  /** Most bytes of a set of chunks: 65,536 bits. */
  public static final int MOST_HELD = 8192;

  /** Most bytes of a keep or tombstone. */
  public static final int MOST_ORDER = 4096;

  /** Most bytes and records of an exchange of endpoints. */
  public static final int MOST_GOSSIP = 1 << 18;

  /** Most endpoint records of an exchange. */
  public static final int MOST_ENDPOINTS = 256;

  private Wire() {}

  /** The HTTP status that carries a problem. */
  public static int status(Problem problem) {
    switch (problem) {
      case NOT_FOUND:
        return 404;
      case DAMAGED:
        return 500;
      case NO_ROOM:
        return 507;
      case CONFLICT:
        return 409;
      case PROTOCOL:
        return 400;
      case NOT_MEMBER:
      case REFUSED:
        return 403;
      default:
        return 503;
    }
  }

  /** The problem that an error answer means; its header goes before its status. */
  public static Problem problem(int status, String header) {
    for (Problem problem : Problem.values()) {
      if (problem.name().equals(header)) {
        return problem;
      }
    }
    switch (status) {
      case 404:
        return Problem.NOT_FOUND;
      case 409:
        return Problem.CONFLICT;
      case 507:
        return Problem.NO_ROOM;
      case 429:
      case 503:
        return Problem.BUSY;
      case 401:
      case 403:
        return Problem.REFUSED;
      default:
        return Problem.PROTOCOL;
    }
  }

  /** A class as the header names it. */
  public static String traffic(TrafficClass traffic) {
    return traffic.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The class that a neighbour's request gets here: without a header or with an unknown one BACKUP;
   * a neighbour's household comes after this one's, with the streams.
   */
  public static TrafficClass served(String header) {
    for (TrafficClass traffic : TrafficClass.values()) {
      if (traffic(traffic).equals(header)) {
        return traffic == TrafficClass.HOUSEHOLD ? TrafficClass.STREAM : traffic;
      }
    }
    return TrafficClass.BACKUP;
  }
}
