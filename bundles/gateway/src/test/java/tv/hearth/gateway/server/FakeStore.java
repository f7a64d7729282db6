package tv.hearth.gateway.server;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import tv.hearth.gateway.Infos;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/** Objects of any size whose bytes follow from their offset; fails and waits as told. */
class FakeStore implements ObjectStore {
  private static final int LISTED = 1000;

  /** Bytes given out. */
  final AtomicLong given = new AtomicLong();

  private final Map<ObjectRef, ObjectInfo> objects =
      new ConcurrentSkipListMap<>((a, b) -> (a.shelf() + a.name()).compareTo(b.shelf() + b.name()));
  private volatile Trouble trouble = offset -> {};

  /** What happens before bytes at an offset are read. */
  @FunctionalInterface
  interface Trouble {
    void at(long offset) throws ObjectFailure;
  }

  /** The byte at an offset. */
  static byte at(long offset) {
    long mixed = offset * 0x9e3779b97f4a7c15L;
    return (byte) (mixed >>> 56 ^ offset);
  }

  FakeStore with(ObjectInfo info) {
    objects.put(info.ref(), info);
    return this;
  }

  /** With {@code film} of that length, its version {@code v1}. */
  static FakeStore film(long length) {
    return new FakeStore().with(Infos.file(Shelf.CATALOGUE, "film.mp4", length, "video/mp4", "v1"));
  }

  FakeStore troubled(Trouble next) {
    trouble = next;
    return this;
  }

  @Override
  public int read(ObjectRef ref, long offset, ByteBuffer into) throws ObjectFailure {
    trouble.at(offset);
    long length = stat(ref).length();
    int count = (int) Math.min(into.remaining(), length - offset);
    if (count <= 0) {
      return -1;
    }
    for (int i = 0; i < count; i++) {
      into.put(at(offset + i));
    }
    given.addAndGet(count);
    return count;
  }

  @Override
  public ObjectInfo stat(ObjectRef ref) throws ObjectFailure {
    ObjectInfo whole = objects.get(ObjectRef.of(ref.shelf(), ref.name()));
    if (whole == null) {
      throw new ObjectFailure(ObjectFailure.Problem.NOT_FOUND, "no " + ref.name());
    }
    if (ref.path().isEmpty()) {
      return whole;
    }
    return whole.files().stream()
        .filter(file -> file.path().equals(ref.path()))
        .findFirst()
        .map(f -> Infos.info(ref, f.length(), f.contentType(), whole.tag(), List.of()))
        .orElseThrow(() -> new ObjectFailure(ObjectFailure.Problem.NOT_FOUND, "no " + ref.path()));
  }

  @Override
  public List<ObjectInfo> list(Shelf shelf, String after) {
    return objects.values().stream()
        .filter(info -> info.ref().shelf() == shelf && info.ref().name().compareTo(after) > 0)
        .limit(LISTED)
        .toList();
  }

  @Override
  public ObjectInfo put(PutRequest request) {
    throw new UnsupportedOperationException("the gateway only reads");
  }

  @Override
  public void delete(ObjectRef ref) {
    throw new UnsupportedOperationException("the gateway only reads");
  }

  @Override
  public ObjectInfo.Survival survey(ObjectRef ref) {
    throw new UnsupportedOperationException("the gateway only reads");
  }

  @Override
  public Map<String, Long> sources() {
    return Map.of();
  }
}
