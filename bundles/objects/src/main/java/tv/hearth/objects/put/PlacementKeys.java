package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;

/** What the placement policy hashes for a segment: the object's id, then the segment's number. */
final class PlacementKeys {
  private PlacementKeys() {}

  /** 20 bytes, the number as 32 bits, big-endian. */
  static Bytes of(ObjectId object, int segment) {
    return Bytes.of(ByteBuffer.allocate(20).put(object.toBytes()).putInt(segment).array());
  }
}
