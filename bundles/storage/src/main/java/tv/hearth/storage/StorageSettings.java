package tv.hearth.storage;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import tv.hearth.api.budget.Limits;

/**
 * What a storage is opened with.
 *
 * @param folder all state lies under it; one storage at a time
 * @param limits the limits in force now, asked for anew each time
 * @param shares what part of the disk budget an owner may take
 * @param keepFree bytes left free on the disk for everybody else
 * @param recordShare part of the disk budget that records may take, 0…1
 * @param subjectRecords most records of one owner
 * @param subjectBytes most bytes of one owner's records
 * @param clock the time, for leases and checks
 */
public record StorageSettings(
    Path folder,
    Supplier<Limits> limits,
    Shares shares,
    long keepFree,
    double recordShare,
    long subjectRecords,
    long subjectBytes,
    InstantSource clock) {

  /** For tests and tools: no cap an owner, nothing kept free. */
  public static StorageSettings plain(Path folder, Supplier<Limits> limits) {
    return new StorageSettings(
        folder, limits, owner -> 1, 0, 0.125, 50_000, 64L << 20, InstantSource.system());
  }
}
