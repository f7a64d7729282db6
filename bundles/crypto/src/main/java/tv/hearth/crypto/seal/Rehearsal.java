package tv.hearth.crypto.seal;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.crypto.primitive.Secret;

/**
 * Brings opening up to speed. The JDK opens a unit in one step, so that its compiler sees few calls
 * and takes 200 MB to come to full speed; sealing in small steps takes 10 MB and speeds both up. So
 * the first units that are opened are accompanied by sealing as many bytes for nothing: 0.1 s of a
 * desktop's processor in all, spread over the first opens. Thread-safe.
 */
final class Rehearsal {
  private static final int UNITS = 192;
  private static final int LENGTH = ObjectCipher.PLAIN;
  private final AtomicInteger left = new AtomicInteger(UNITS);

  /** Once for each unit opened. */
  void step() {
    if (left.get() <= 0) {
      return;
    }
    int number = left.decrementAndGet();
    UnitCipher cipher =
        new UnitCipher(
            new SecretKeySpec(new byte[Secret.LENGTH], "AES"), new byte[ObjectCipher.HEADER]);
    ByteBuffer zeros = ByteBuffer.allocate(LENGTH);
    cipher.seal(number & 0xffffffffL, false, zeros, LENGTH, ByteBuffer.allocate(LENGTH + 16));
  }
}
