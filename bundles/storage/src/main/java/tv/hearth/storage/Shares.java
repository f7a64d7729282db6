package tv.hearth.storage;

import java.util.Optional;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.OwnerId;

/** What part of the disk budget one owner's pieces and reservations may take. Thread-safe. */
@FunctionalInterface
public interface Shares {
  /** 0…1; from 1 on uncapped. */
  double of(OwnerId owner);

  /** The box of a household, by the map; empty where the map has none. */
  default Optional<BoxId> box(OwnerId owner) {
    return Optional.empty();
  }
}
