package tv.hearth.storage;

/** Room promised to a piece, and how far it came. Used under its piece's lock. */
final class Reservation {
  private final PieceHeader header;
  private long written;
  private PieceHeader moved;

  Reservation(PieceHeader header, long written) {
    this.header = header;
    this.written = written;
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
