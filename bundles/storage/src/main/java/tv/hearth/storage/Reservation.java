package tv.hearth.storage;

/** Room promised to a piece, and how far it came. Used under its piece's lock. */
final class Reservation {
  private final PieceHeader header;
  private long written;
  private volatile long touched;
  private PieceHeader moved;

  Reservation(PieceHeader header, long written, long now) {
    this.header = header;
    this.written = written;
    this.touched = now;
  }

  /** When its owner was last heard of, in milliseconds since 1970. */
  long touched() {
    return touched;
  }

  void touch(long now) {
    touched = now;
  }

  PieceHeader header() {
    return header;
  }

  /** Bytes from the beginning that are in the file. */
  long written() {
    return written;
  }

  void setWritten(long bytes) {
    written = bytes;
  }

  /** The finished header, once the file is in its final place; null before. */
  PieceHeader moved() {
    return moved;
  }

  void setMoved(PieceHeader finished) {
    moved = finished;
  }
}
