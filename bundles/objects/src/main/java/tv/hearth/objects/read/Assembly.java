package tv.hearth.objects.read;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.core.Run;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.Services;
import tv.hearth.vendor.objects.ObjectFailure;

/** Restores what is missing of a run and opens its units. */
final class Assembly {
  private static final int UNIT = ObjectCipher.UNIT;
  private final Services services;
  private final OpenObject object;
  private final Run run;

  Assembly(Services services, OpenObject object, Run run) {
    this.services = services;
    this.object = object;
    this.run = run;
  }

  /**
   * Plaintext by unit number.
   *
   * @param present indices that are there
   * @param pieces their units of the run's stripes
   */
  Map<Long, byte[]> open(int[] present, Map<Integer, byte[]> pieces) throws ObjectFailure {
    int[] missing =
        Arrays.stream(run.wanted()).filter(index -> !contains(present, index)).toArray();
    byte[] restored = new byte[missing.length * UNIT];
    Map<Long, byte[]> opened = new HashMap<>();
    for (int stripe = 0; stripe < run.stripes(); stripe++) {
      if (missing.length > 0) {
        restore(present, pieces, stripe, missing, restored);
      }
      for (int index : run.wanted()) {
        int at = indexOf(missing, index);
        ByteBuffer sealed =
            at >= 0
                ? ByteBuffer.wrap(restored, at * UNIT, UNIT)
                : ByteBuffer.wrap(pieces.get(index), stripe * UNIT, UNIT);
        open(stripe, index, sealed, opened);
      }
    }
    return opened;
  }

  private void restore(
      int[] present, Map<Integer, byte[]> pieces, int stripe, int[] missing, byte[] restored) {
    int k = object.layout().k();
    int n = object.descriptor().n();
    ByteBuffer units = ByteBuffer.allocate(k * UNIT);
    for (int i = 0; i < k; i++) {
      units.put(pieces.get(present[i]), stripe * UNIT, UNIT);
    }
    services
        .code()
        .call(
            code -> {
              code.restore(
                  k,
                  n,
                  UNIT,
                  Arrays.copyOf(present, k),
                  units.duplicate().flip(),
                  missing,
                  ByteBuffer.wrap(restored));
              return null;
            });
  }

  private void open(int stripe, int index, ByteBuffer unitBytes, Map<Long, byte[]> opened)
      throws ObjectFailure {
    Layout layout = object.layout();
    long unit = layout.unitAt(run.segment(), run.firstStripe() + stripe, index);
    if (unit >= layout.units()) {
      return;
    }
    int length = layout.sealedLength(unit);
    byte[] plain = new byte[layout.plainLength(unit)];
    try {
      services
          .cipher()
          .call(
              cipher -> {
                cipher.open(
                    object.key(),
                    object.descriptor().header().toArray(),
                    object.associated(),
                    unit,
                    unit == layout.units() - 1,
                    unitBytes.slice().limit(length),
                    ByteBuffer.wrap(plain));
                return null;
              });
    } catch (CipherException e) {
      throw Failures.of(object.label() + ", unit " + unit, e);
    }
    opened.put(unit, plain);
  }

  private static boolean contains(int[] values, int value) {
    return IntStream.of(values).anyMatch(each -> each == value);
  }

  private static int indexOf(int[] values, int value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }
}
