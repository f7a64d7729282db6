package tv.hearth.crypto.seal;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Hkdf;
import tv.hearth.crypto.primitive.Secret;

/**
 * Derives a stream's AES key, HKDF-SHA256(object key, salt, associated data), and remembers the
 * latest {@value #MOST}. Thread-safe.
 */
final class StreamKeys {
  private static final int MOST = 32;
  private static final int SALT_AT = 1;
  private static final int SALT = 32;
  private final ObjectKeys objectKeys;
  private final Map<Stream, SecretKey> latest =
      new LinkedHashMap<>(2 * MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stream, SecretKey> eldest) {
          return size() > MOST;
        }
      };

  StreamKeys(ObjectKeys objectKeys) {
    this.objectKeys = objectKeys;
  }

  SecretKey of(ObjectKey key, byte[] header, byte[] associated) throws CipherException {
    Stream stream = new Stream(key, Bytes.of(header), Bytes.of(associated));
    synchronized (latest) {
      SecretKey known = latest.get(stream);
      if (known != null) {
        return known;
      }
    }
    SecretKey derived = derive(objectKeys.reveal(key), header, associated);
    synchronized (latest) {
      latest.put(stream, derived);
    }
    return derived;
  }

  void clear() {
    synchronized (latest) {
      latest.clear();
    }
  }

  private static SecretKey derive(Secret key, byte[] header, byte[] associated) {
    byte[] salt = new byte[SALT];
    System.arraycopy(header, SALT_AT, salt, 0, SALT);
    return new SecretKeySpec(Hkdf.derive(key.toArray(), salt, associated, Secret.LENGTH), "AES");
  }

  private record Stream(ObjectKey key, Bytes header, Bytes associated) {}
}
