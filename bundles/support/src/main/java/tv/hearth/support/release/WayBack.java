package tv.hearth.support.release;

import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * How far a box is on its way back to its good set. The step stays {@code RETURNING} while that
 * set's health is watched: a release that knows of no such watch finds the good set in place, and
 * ends the way back without one. Immutable.
 *
 * @param vain how often it was gone in vain
 * @param watches how often the health of the set that was back began to be watched; 0: not yet
 */
public record WayBack(int vain, int watches) {
  /** Not begun. */
  public static final WayBack NONE = new WayBack(0, 0);

  WayBack inVain() {
    return new WayBack(vain + 1, watches);
  }

  WayBack watched() {
    return new WayBack(vain, watches + 1);
  }

  void into(CborMap map) {
    map.put("returns", vain).put("watches", watches);
  }

  /** Records of earlier releases have neither. */
  static WayBack of(CborMap map) throws CborException {
    return new WayBack(number(map, "returns"), number(map, "watches"));
  }

  private static int number(CborMap map, String key) throws CborException {
    return map.has(key) ? map.integer(key, 0, Integer.MAX_VALUE) : 0;
  }
}
