package tv.hearth.api.value;

/**
 * One of the n pieces of one segment of one object.
 *
 * @param segment counted from 0; at most 2^24 − 1
 * @param index 0…254; below k it is data, from k on parity
 */
public record PieceId(ObjectId object, int segment, int index) implements Comparable<PieceId> {
  /** Throws {@link IllegalArgumentException} for numbers out of range. */
  public PieceId {
    if (segment < 0 || segment >= 1 << 24) {
      throw new IllegalArgumentException("segment out of 0…2^24−1: " + segment);
    }
    if (index < 0 || index > 254) {
      throw new IllegalArgumentException("piece index out of 0…254: " + index);
    }
  }

  /** Parses {@code OBJECT/SEGMENT/INDEX}, decimal numbers, as {@link #toString} prints it. */
  public static PieceId parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a piece id (OBJECT/SEGMENT/INDEX): " + text);
    }
    return new PieceId(
        new ObjectId(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  @Override
  public int compareTo(PieceId other) {
    int byObject = object.compareTo(other.object);
    if (byObject != 0) {
      return byObject;
    }
    int bySegment = Integer.compare(segment, other.segment);
    return bySegment != 0 ? bySegment : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return object.text() + "/" + segment + "/" + index;
  }
}
