package tv.hearth.tests.simulation;

import java.util.List;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/**
 * A name that is written and read.
 *
 * @param replicas the boxes that keep its heads, as the placement has them
 */
record Name(OwnerId owner, Bytes nameId, List<Box> replicas) {
  RecordKey key() {
    return new RecordKey(RecordKind.HEAD, owner.text(), nameId.toString());
  }
}
