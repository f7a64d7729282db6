package tv.hearth.storage;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore.ScrubReport;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.PieceId;

/** Reads pieces through, a few units at a time, so that nobody waits long for a piece's lock. */
final class Scrub {
  private static final System.Logger LOG = System.getLogger(Scrub.class.getName());
  private static final int AT_ONCE = 256 << 10;

  private final DiskPieceStore store;
  private final Note checked;
  private final Pace pace;

  /** Told of each piece found whole. */
  interface Note {
    void whole(PieceId piece) throws StoreException;
  }

  /** Slows the reading down. */
  interface Pace {
    /** Called after each part; returns false to stop. */
    boolean after(int bytes);
  }

  Scrub(DiskPieceStore store, Note checked, Pace pace) {
    this.store = store;
    this.checked = checked;
    this.pace = pace;
  }

  ScrubReport run(List<PieceInfo> pieces) throws StoreException {
    int seen = 0;
    List<PieceId> damaged = new ArrayList<>();
    for (PieceInfo info : pieces) {
      try {
        if (!isWhole(info)) {
          break;
        }
        checked.whole(info.piece());
        seen++;
      } catch (StoreException e) {
        if (e.problem() == Problem.DAMAGED) {
          damaged.add(info.piece());
          seen++;
        } else if (e.problem() != Problem.NOT_FOUND) { // not found: deleted meanwhile
          throw e;
        }
      }
    }
    if (!damaged.isEmpty()) {
      LOG.log(Level.WARNING, "Damaged pieces found: " + damaged);
    }
    return new ScrubReport(seen, List.copyOf(damaged));
  }

  /** False where it was told to stop. */
  private boolean isWhole(PieceInfo info) throws StoreException {
    int atOnce = Math.max(1, AT_ONCE / info.unit());
    ByteBuffer buffer = ByteBuffer.allocate(atOnce * info.unit());
    int units = PieceHeader.units(info.length(), info.unit());
    store.unitHashes(info.piece());
    for (int unit = 0; unit < units; unit += atOnce) {
      int got = store.read(info.piece(), unit, atOnce, buffer.clear());
      if (!pace.after(got)) {
        return false;
      }
    }
    return true;
  }
}
