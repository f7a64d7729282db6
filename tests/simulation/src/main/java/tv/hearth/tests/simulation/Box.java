package tv.hearth.tests.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.replica.Envelope;
import tv.hearth.support.replica.ReplicaRules;
import tv.hearth.support.replica.ReplicaRules.NotKeptException;

/** A box: whether it runs, since when, and the records that its disk has. */
final class Box {
  final int number;
  final BoxId id;
  final Pieces pieces = new Pieces();
  private final Map<RecordKey, List<Bytes>> disk = new HashMap<>();
  private final List<Runnable> unsynced = new ArrayList<>();
  boolean isOn = true;
  boolean isSlow;
  boolean isLaggard;
  double busy;
  int side;
  int life;

  Box(int number, BoxId id) {
    this.number = number;
    this.id = id;
  }

  List<Bytes> records(RecordKey key) {
    return disk.getOrDefault(key, List.of());
  }

  /** Begins to write; it is on the disk once that is synced. Returns what syncs it. */
  Runnable write(RecordKey key, Bytes record) {
    Runnable sync = () -> merge(key, record);
    unsynced.add(sync);
    return () -> {
      if (unsynced.remove(sync)) {
        sync.run();
      }
    };
  }

  /** Whether what was offered is in the way of nothing that is kept; a refusal else. */
  boolean takes(RecordKey key, Bytes record) {
    try {
      ReplicaRules.merge(envelope(key, record), record, records(key));
      return true;
    } catch (NotKeptException e) {
      return false;
    }
  }

  /** The power goes: of what was not synced a little may be there all the same. */
  void crash(SplittableRandom random) {
    for (Runnable write : List.copyOf(unsynced)) {
      if (random.nextInt(10) == 0) {
        write.run();
      }
    }
    unsynced.clear();
    pieces.crash();
    isOn = false;
    life++;
  }

  private void merge(RecordKey key, Bytes record) {
    try {
      disk.put(key, ReplicaRules.merge(envelope(key, record), record, records(key)));
    } catch (NotKeptException e) {
      // What is there stays; whoever offered it was told so, or never hears.
      disk.putIfAbsent(key, List.of());
    }
  }

  private static Envelope envelope(RecordKey key, Bytes record) {
    try {
      return Envelope.read(key, Sign1.parse(record.toArray()).payload());
    } catch (CborException | RecordException e) {
      throw new IllegalStateException("the simulation made a record that is none", e);
    }
  }
}
