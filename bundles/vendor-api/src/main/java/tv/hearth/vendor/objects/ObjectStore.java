package tv.hearth.vendor.objects;

import java.nio.ByteBuffer;
import java.util.List;

/** The neighbourhood's store as a household sees it. Thread-safe; calls block, bounded in time. */
public interface ObjectStore {
  /**
   * Stores an object, or a new version of it. When it returns, the object is acknowledged: in every
   * segment the class's number of pieces is synced to disk at holders, and its records are on at
   * least five boxes (all, where there are fewer). If it throws, nothing of it is visible.
   */
  ObjectInfo put(PutRequest request) throws ObjectFailure;

  /**
   * Reads remaining bytes of {@code into} from {@code offset} of an object, or of the file that the
   * ref's path names; fewer only at its end. Bytes that come back are authentic.
   *
   * @return bytes read; −1 where {@code offset} is at or beyond the end
   */
  int read(ObjectRef ref, long offset, ByteBuffer into) throws ObjectFailure;

  /** What is known of an object. Throws NOT_FOUND. */
  ObjectInfo stat(ObjectRef ref) throws ObjectFailure;

  /**
   * A shelf's objects in order of name, after {@code after} (empty: from the first), at most 1000.
   */
  List<ObjectInfo> list(Shelf shelf, String after) throws ObjectFailure;

  /**
   * Deletes an object by its owner's tombstone. A film locks at once and is erased after 30 days.
   * Throws NOT_FOUND, NOT_ALLOWED.
   */
  void delete(ObjectRef ref) throws ObjectFailure;

  /** Asks the holders and says what the object survives now. */
  ObjectInfo.Survival survey(ObjectRef ref) throws ObjectFailure;

  /**
   * Where the last reads' bytes came from: bytes by box id, since the provider started; at most
   * 4096 boxes.
   */
  java.util.Map<String, Long> sources();
}
