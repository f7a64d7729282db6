package tv.hearth.objects.town;

import java.util.List;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.value.Bytes;

/** A holder's records as its own box sees them. */
record HolderRecords(Holder holder) implements RecordStore {
  @Override
  public List<Bytes> get(RecordKey key) {
    return holder.here(key);
  }

  @Override
  public boolean replace(RecordKey key, List<Bytes> expected, List<Bytes> next) {
    return holder.replace(key, expected, next);
  }

  @Override
  public List<Entry> list(String path, String subject, String after, int limit) {
    return holder.pageHere(RecordKind.of(path), subject, after, limit);
  }
}
