package tv.hearth.tests.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.RecordException;

/** Heads as boxes keep them; nobody forges anything here, so nothing is verified. */
final class Heads {
  private Heads() {}

  static List<HeadRecord> of(List<Bytes> records) {
    List<HeadRecord> heads = new ArrayList<>();
    for (Bytes record : records) {
      try {
        heads.add(HeadRecord.decode(Sign1.parse(record.toArray()).payload()));
      } catch (CborException | RecordException e) {
        throw new IllegalStateException("the simulation made a head that is none", e);
      }
    }
    return heads;
  }

  static Bytes sealed(long value) {
    return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  static long value(Bytes sealed) {
    return ByteBuffer.wrap(sealed.toArray()).getLong();
  }
}
