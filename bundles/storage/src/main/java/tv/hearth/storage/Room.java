package tv.hearth.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.OwnerId;

/**
 * Keeps the accounts of the disk: every byte is promised here before it is written. Counts whole
 * files, headers and hashes too. Thread-safe.
 */
final class Room {
  private final LongSupplier budget;
  private final Shares shares;
  private final long keepFree;
  private final LongSupplier others;
  private final Accounts accounts;
  private final Map<OwnerId, Long> byOwner = new HashMap<>();
  private long used;
  private long reserved;
  private long unwritten;
  private long pieces;

  /**
   * An empty account.
   *
   * @param budget bytes that all together may take, asked anew each time
   * @param keepFree bytes to leave free on the disk for whoever else writes there
   * @param accounts which owners share one share
   * @param others bytes of what is neither piece nor reservation: records, damaged files
   */
  Room(LongSupplier budget, Shares shares, long keepFree, LongSupplier others, Accounts accounts) {
    this.budget = budget;
    this.shares = shares;
    this.keepFree = keepFree;
    this.others = others;
    this.accounts = accounts;
  }

  /** What is there at the start. */
  synchronized void load(List<PieceIndex.Holding> holdings) {
    for (PieceIndex.Holding holding : holdings) {
      add(holding.owner(), holding.bytes());
      used += holding.bytes();
      pieces += holding.pieces();
    }
  }

  /** Promises room, or says whose fault it is that there is none. */
  synchronized void reserve(OwnerId owner, long bytes, long free) throws StoreException {
    long limit = budget.getAsLong();
    long all = used + reserved + others.getAsLong();
    if (all + bytes > limit) {
      throw new StoreException(
          Problem.QUOTA,
          "no room for "
              + bytes
              + " bytes: "
              + all
              + " of the budget of "
              + limit
              + " are used or promised; delete something or raise the budget");
    }
    double share = shares.of(owner);
    accounts.learn(byOwner.keySet(), owner);
    long held = 0;
    for (Map.Entry<OwnerId, Long> other : byOwner.entrySet()) {
      held += accounts.isSame(other.getKey(), owner) ? other.getValue() : 0;
    }
    if (share < 1 && held + bytes > share * limit) {
      throw new StoreException(
          Problem.QUOTA,
          "owner "
              + owner
              + " and whoever was at its box before hold "
              + held
              + " bytes here and may hold "
              + (long) (share * limit)
              + "; delete something, place elsewhere, or raise its share");
    }
    if (free - unwritten - bytes < keepFree) {
      throw new StoreException(
          Problem.DISK_FULL,
          "the disk has "
              + free
              + " bytes free, of which "
              + unwritten
              + " are promised and "
              + keepFree
              + " stay free: none left for "
              + bytes
              + "; free some of it");
    }
    restore(owner, bytes, 0);
  }

  /** True where the owner has a share, and not all of the budget. */
  boolean isShared(OwnerId owner) {
    return shares.of(owner) < 1;
  }

  /** True where both count as one. */
  synchronized boolean isSameAccount(OwnerId owner, OwnerId other) {
    return accounts.isSame(owner, other);
  }

  /** A reservation that was made before a restart. */
  synchronized void restore(OwnerId owner, long bytes, long written) {
    add(owner, bytes);
    reserved += bytes;
    unwritten += bytes - written;
  }

  /** More of a reservation is on the disk; negative: less, it is to be written again. */
  synchronized void wrote(long bytes) {
    unwritten -= bytes;
  }

  /** A reservation ends; its file was written up to {@code written}. */
  synchronized void release(OwnerId owner, long bytes, long written) {
    add(owner, -bytes);
    reserved -= bytes;
    unwritten -= bytes - written;
  }

  /** A piece is there. */
  synchronized void added(OwnerId owner, long bytes) {
    add(owner, bytes);
    used += bytes;
    pieces++;
  }

  /** A piece is gone. */
  synchronized void removed(OwnerId owner, long bytes) {
    add(owner, -bytes);
    used -= bytes;
    pieces--;
  }

  synchronized long used() {
    return used;
  }

  synchronized long reserved() {
    return reserved;
  }

  synchronized long pieces() {
    return pieces;
  }

  long budget() {
    return budget.getAsLong();
  }

  long keepFree() {
    return keepFree;
  }

  private void add(OwnerId owner, long bytes) {
    byOwner.merge(owner, bytes, Long::sum);
    byOwner.remove(owner, 0L);
  }
}
