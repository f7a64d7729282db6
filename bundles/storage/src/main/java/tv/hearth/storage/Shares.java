package tv.hearth.storage;

import tv.hearth.api.value.OwnerId;

/** What part of the disk budget one owner's pieces and reservations may take. Thread-safe. */
@FunctionalInterface
public interface Shares {
  /** 0…1; from 1 on uncapped. */
  double of(OwnerId owner);
}
