package tv.hearth.crypto.seal;

import static tv.hearth.api.cipher.ObjectCipher.FIRST_PLAIN;
import static tv.hearth.api.cipher.ObjectCipher.HEADER;
import static tv.hearth.api.cipher.ObjectCipher.PLAIN;
import static tv.hearth.api.cipher.ObjectCipher.TAG;
import static tv.hearth.api.cipher.ObjectCipher.UNIT;

import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;

/** How plaintext and ciphertext lengths of a run of units belong together. Pure. */
final class Layout {
  /** Units are numbered by 32 bits. */
  private static final long MOST_UNITS = 1L << 32;

  private Layout() {}

  /** Plaintext bytes in a whole unit. */
  static int plainOf(long unit) {
    return unit == 0 ? FIRST_PLAIN : PLAIN;
  }

  /** The ciphertext's length; throws {@link IllegalArgumentException} for what can't be sealed. */
  static long sealedLength(long firstUnit, boolean ends, int plain) {
    int first = plainOf(firstUnit);
    boolean whole = plain >= first && (plain - first) % PLAIN == 0;
    if (!ends && !whole) {
      throw new IllegalArgumentException(
          plain + " bytes don't fill whole units from unit " + firstUnit + " on");
    }
    if (ends && plain == 0 && firstUnit > 0) {
      throw new IllegalArgumentException("a stream's last unit can't be empty, but for unit 0");
    }
    long units = plain <= first ? 1 : 2 + ((long) plain - first - 1) / PLAIN;
    checkNumbers(firstUnit, units);
    return plain + units * TAG + (firstUnit == 0 ? HEADER : 0);
  }

  /** The plaintext's length; DAMAGED where units are cut or hold nothing. */
  static int plainLength(long firstUnit, boolean ends, int sealed) throws CipherException {
    long units = (sealed + (long) UNIT - 1) / UNIT;
    long last = sealed - (units - 1) * UNIT;
    long least = units == 1 && firstUnit == 0 ? HEADER + TAG : TAG + 1;
    if (units == 0 || last < least || !ends && last != UNIT) {
      throw new CipherException(
          Problem.DAMAGED, "the stream is cut in the units from " + firstUnit + " on");
    }
    checkNumbers(firstUnit, units);
    return (int) (sealed - units * TAG - (firstUnit == 0 ? HEADER : 0));
  }

  private static void checkNumbers(long firstUnit, long units) {
    if (firstUnit < 0 || firstUnit + units > MOST_UNITS) {
      throw new IllegalArgumentException("units are numbered 0…2^32-1, not " + firstUnit);
    }
  }
}
