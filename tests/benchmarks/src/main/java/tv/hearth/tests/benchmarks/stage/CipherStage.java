package tv.hearth.tests.benchmarks.stage;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.crypto.seal.ObjectKeys;
import tv.hearth.crypto.seal.StreamCipher;

/** Sealing or opening whole units: AES-256-GCM of the JDK as the bundle crypto uses it. */
final class CipherStage implements Stage {
  private static final byte[] ASSOCIATED = {1, 2, 3};
  private final StreamCipher cipher;
  private final ObjectKey key;
  private final byte[] header;
  private final ByteBuffer plain = ByteBuffer.allocate(ObjectCipher.PLAIN);
  private final ByteBuffer sealed = ByteBuffer.allocate(ObjectCipher.UNIT);
  private final boolean open;

  CipherStage(boolean open) throws CipherException {
    SecureRandom random = new SecureRandom();
    this.open = open;
    cipher = new StreamCipher(new ObjectKeys(Secret.random(random), random), random);
    key = cipher.newKey();
    header = cipher.newHeader();
    seal(1);
  }

  @Override
  public void run(long bytes) throws CipherException {
    for (long unit = 1; unit <= bytes / ObjectCipher.PLAIN; unit++) {
      if (open) {
        cipher.open(key, header, ASSOCIATED, 1, false, sealed.rewind(), plain.clear());
      } else {
        seal(unit);
      }
    }
  }

  private void seal(long unit) throws CipherException {
    cipher.seal(key, header, ASSOCIATED, unit, false, plain.clear(), sealed.clear());
  }

  @Override
  public void close() {
    cipher.close();
  }
}
