package tv.hearth.api.neighbourhood;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/** The verified list of a neighbourhood's boxes. Immutable; look-ups take constant time. */
public final class BoxMap {
  private final String neighbourhood;
  private final int epoch;
  private final long version;
  private final Instant expires;
  private final List<MapBox> boxes;
  private final Map<OwnerId, Bytes> contentKeys;
  private final int level;
  private final Map<BoxId, MapBox> byId = new HashMap<>();
  private final Map<OwnerId, Bytes> ownerKeys = new HashMap<>();

  /** As below, at the first level. */
  public BoxMap(
      String neighbourhood,
      int epoch,
      long version,
      Instant expires,
      List<MapBox> boxes,
      Map<OwnerId, Bytes> contentKeys) {
    this(neighbourhood, epoch, version, expires, boxes, contentKeys, 1);
  }

  /**
   * Versions grow within an epoch; a higher epoch goes before every version of a lower one.
   *
   * @param expires from then on the map is stale: good for reading and repair, not for new
   *     placements
   * @param contentKeys the content authorities' signing keys (SubjectPublicKeyInfo), by owner
   * @param level 1 or more
   */
  public BoxMap(
      String neighbourhood,
      int epoch,
      long version,
      Instant expires,
      List<MapBox> boxes,
      Map<OwnerId, Bytes> contentKeys,
      int level) {
    if (level < 1) {
      throw new IllegalArgumentException("a level is 1 or more, not " + level);
    }
    this.level = level;
    this.neighbourhood = neighbourhood;
    this.epoch = epoch;
    this.version = version;
    this.expires = expires;
    this.boxes = List.copyOf(boxes);
    this.contentKeys = Map.copyOf(contentKeys);
    for (MapBox box : this.boxes) {
      if (byId.put(box.id(), box) != null) {
        throw new IllegalArgumentException("box twice in the map: " + box.id());
      }
      if (box.isMember()) {
        ownerKeys.put(box.household(), box.householdKey());
      }
    }
    ownerKeys.putAll(this.contentKeys);
  }

  /** The neighbourhood's name: 1…32 of {@code a-z 0-9 -}. */
  public String neighbourhood() {
    return neighbourhood;
  }

  /** Raised to recover from a stolen key or a lost headend. */
  public int epoch() {
    return epoch;
  }

  /** Grows with every change within the epoch. */
  public long version() {
    return version;
  }

  /** When the map gets stale. */
  public Instant expires() {
    return expires;
  }

  /**
   * What may be written where it outlives a release, and sent to others: the formats of this level
   * and of those before, whatever else the software knows. It never falls.
   */
  public int level() {
    return level;
  }

  /** All boxes, in the map's order. */
  public List<MapBox> boxes() {
    return boxes;
  }

  /** The content authorities' keys. */
  public Map<OwnerId, Bytes> contentKeys() {
    return contentKeys;
  }

  /** A box, removed ones too. */
  public Optional<MapBox> box(BoxId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** True where that box is a member. */
  public boolean isMember(BoxId id) {
    MapBox box = byId.get(id);
    return box != null && box.isMember();
  }

  /** The signing key of a member's household or of a content authority. */
  public Optional<Bytes> ownerKey(OwnerId owner) {
    return Optional.ofNullable(ownerKeys.get(owner));
  }
}
