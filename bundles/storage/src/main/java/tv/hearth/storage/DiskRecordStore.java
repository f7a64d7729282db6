package tv.hearth.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.text.KeyIds;

/**
 * Records in a database of their own, since they, unlike the index, are found nowhere else here.
 */
final class DiskRecordStore implements RecordStore {
  private static final int MOST_SIBLINGS = 8;
  private static final int MOST_LISTED = 1000;
  private static final long MOST_LISTED_BYTES = 1 << 20;

  private final RecordFile file;
  private final Gate gate;
  private final Limits limits;
  private volatile RecordTables.Held all;

  /**
   * How much may be kept.
   *
   * @param bytes of all subjects together
   * @param subjectRecords records of one subject
   * @param subjectBytes their bytes
   * @param shares owners whose share is 1 or more are bound by {@code bytes} alone
   */
  record Limits(
      java.util.function.LongSupplier bytes,
      long subjectRecords,
      long subjectBytes,
      Shares shares) {}

  DiskRecordStore(RecordFile file, Gate gate, Limits limits) throws SQLException {
    this.file = file;
    this.gate = gate;
    this.limits = limits;
    this.all = file.read(RecordTables::held);
  }

  @Override
  public List<Bytes> get(RecordKey key) throws StoreException {
    return call("reading record " + key, () -> file.read(c -> RecordTables.bodies(c, key)));
  }

  @Override
  public boolean replace(RecordKey key, List<Bytes> expected, List<Bytes> next)
      throws StoreException {
    checkSizes(key, next);
    List<Bytes> sums = sums(expected);
    RecordTables.Held wanted = new RecordTables.Held(next.size(), bytes(next));
    return call(
        "writing record " + key,
        () -> {
          Outcome outcome = file.write(c -> swap(c, key, sums, next, wanted));
          if (outcome.refusal() != null) {
            throw new StoreException(Problem.QUOTA, outcome.refusal());
          }
          return outcome.done();
        });
  }

  @Override
  public List<Entry> list(String path, String subject, String after, int limit)
      throws StoreException {
    if (limit < 0 || limit > MOST_LISTED) {
      throw new IllegalArgumentException("lists 0…1000 records at once, not " + limit);
    }
    return call(
        "listing records of " + subject,
        () -> file.read(c -> entries(c, path, subject, after, limit)));
  }

  /** Records and bytes of all subjects; as of the last write. */
  RecordTables.Held held() {
    return all;
  }

  private record Outcome(boolean done, String refusal) {}

  private Outcome swap(
      Connection c, RecordKey key, List<Bytes> expected, List<Bytes> next, RecordTables.Held wanted)
      throws SQLException {
    if (!RecordTables.sums(c, key).equals(expected)) {
      return new Outcome(false, null);
    }
    RecordTables.Held old = RecordTables.held(c, key);
    RecordTables.Held change =
        new RecordTables.Held(wanted.records() - old.records(), wanted.bytes() - old.bytes());
    RecordTables.Held now = RecordTables.held(c);
    boolean grows = change.records() > 0 || change.bytes() > 0;
    String refusal =
        grows ? refusal(key.subject(), RecordTables.held(c, key.subject()), now, change) : null;
    if (refusal == null) {
      RecordTables.put(c, key, next, change);
      all = new RecordTables.Held(now.records() + change.records(), now.bytes() + change.bytes());
    }
    return new Outcome(refusal == null, refusal);
  }

  private String refusal(
      String subject,
      RecordTables.Held own,
      RecordTables.Held everybody,
      RecordTables.Held change) {
    long most = limits.bytes().getAsLong();
    if (everybody.bytes() + change.bytes() > most) {
      return "all records may take "
          + most
          + " bytes here and take "
          + everybody.bytes()
          + "; delete some or raise the budget";
    }
    boolean capped = limits.shares().of(new OwnerId(subject)) < 1;
    if (capped && own.records() + change.records() > limits.subjectRecords()) {
      return "owner "
          + subject
          + " has "
          + own.records()
          + " records here, the most it may; delete some";
    }
    if (capped && own.bytes() + change.bytes() > limits.subjectBytes()) {
      return "owner "
          + subject
          + " has "
          + own.bytes()
          + " bytes of records here and may have "
          + limits.subjectBytes()
          + "; delete some";
    }
    return null;
  }

  private static List<Entry> entries(
      Connection c, String path, String subject, String after, int limit) throws SQLException {
    List<Entry> found = new ArrayList<>();
    long bytes = 0;
    for (String name : RecordTables.names(c, path, subject, after, limit)) {
      RecordKey key = RecordKey.of(path, subject, name);
      bytes += RecordTables.held(c, key).bytes();
      if (bytes > MOST_LISTED_BYTES && !found.isEmpty()) {
        break;
      }
      found.add(new Entry(key, RecordTables.bodies(c, key)));
    }
    return found;
  }

  private static void checkSizes(RecordKey key, List<Bytes> next) throws StoreException {
    if (next.size() > MOST_SIBLINGS) {
      throw new StoreException(
          Problem.QUOTA, "record " + key + ": at most " + MOST_SIBLINGS + " siblings, merge some");
    }
    for (Bytes record : next) {
      if (record.length() > MAX_RECORD) {
        throw new StoreException(
            Problem.QUOTA, "record " + key + " has " + record.length() + " bytes, at most 1 MiB");
      }
    }
  }

  private static List<Bytes> sums(List<Bytes> records) {
    return records.stream().map(r -> Bytes.of(KeyIds.sha256(r.toArray()))).toList();
  }

  private static long bytes(List<Bytes> records) {
    return records.stream().mapToLong(Bytes::length).sum();
  }

  private interface Op<T> {
    T run() throws StoreException, SQLException;
  }

  private <T> T call(String doing, Op<T> op) throws StoreException {
    gate.enter();
    try {
      return op.run();
    } catch (SQLException e) {
      throw DiskErrors.of(doing, e);
    } finally {
      gate.leave();
    }
  }
}
