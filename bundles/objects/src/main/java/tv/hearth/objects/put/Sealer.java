package tv.hearth.objects.put;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.read.Associated;
import tv.hearth.vendor.objects.ByteSource;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/** Takes an object's bytes from its source, seals them unit by unit and codes stripes of them. */
final class Sealer {
  private static final int UNIT = ObjectCipher.UNIT;
  private final Services services;
  private final PutTarget target;
  private final ByteSource source;
  private final byte[] associated;
  private final ByteBuffer plain = ByteBuffer.allocate(ObjectCipher.PLAIN);
  private long next;

  Sealer(Services services, PutTarget target, ByteSource source) {
    this.services = services;
    this.target = target;
    this.source = source;
    this.associated = Associated.of(target.object());
  }

  /** Fills a stripe of n units: sealed data, zeros after its end, parity. */
  void stripe(byte[] stripe) throws ObjectFailure {
    int k = target.shape().k();
    for (int i = 0; i < k; i++) {
      int end = next < target.layout().units() ? i * UNIT + seal(stripe, i * UNIT) : i * UNIT;
      Arrays.fill(stripe, end, (i + 1) * UNIT, (byte) 0);
    }
    int n = target.shape().n();
    ByteBuffer data = ByteBuffer.wrap(stripe, 0, k * UNIT);
    ByteBuffer parity = ByteBuffer.wrap(stripe, k * UNIT, (n - k) * UNIT);
    services
        .code()
        .call(
            code -> {
              code.encode(k, n, UNIT, data.slice(), parity.slice());
              return null;
            });
  }

  private int seal(byte[] stripe, int at) throws ObjectFailure {
    Layout layout = target.layout();
    long unit = next++;
    fill(layout.plainStart(unit), layout.plainLength(unit));
    ByteBuffer sealed = ByteBuffer.wrap(stripe, at, UNIT);
    boolean ends = unit == layout.units() - 1;
    try {
      services
          .cipher()
          .call(
              cipher -> {
                cipher.seal(
                    target.key(),
                    target.header(),
                    associated,
                    unit,
                    ends,
                    plain.duplicate(),
                    sealed.slice());
                return null;
              });
    } catch (CipherException e) {
      throw Failures.of(target.label(), e);
    }
    return layout.sealedLength(unit);
  }

  private void fill(long offset, int length) throws ObjectFailure {
    plain.clear().limit(length);
    while (plain.hasRemaining()) {
      int before = plain.position();
      try {
        source.read(offset + before, plain);
      } catch (IOException | RuntimeException e) {
        throw new ObjectFailure(
            Problem.SOURCE,
            target.label()
                + ": its source failed at byte "
                + (offset + before)
                + ": "
                + e.getMessage(),
            e);
      }
      if (plain.position() <= before || plain.limit() != length) {
        throw new ObjectFailure(
            Problem.SOURCE,
            target.label() + ": its source gave nothing at byte " + (offset + before));
      }
    }
    plain.flip();
  }
}
