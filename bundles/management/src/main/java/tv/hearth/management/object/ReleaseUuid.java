package tv.hearth.management.object;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of deployment units: version 5 (RFC 4122), over the vendor's and the unit's name. Pure. */
final class ReleaseUuid {
  /** The namespace for domain names. */
  private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

  private ReleaseUuid() {}

  static String of(String vendor, String name) {
    ByteBuffer namespace = ByteBuffer.allocate(16);
    namespace.putLong(DNS.getMostSignificantBits()).putLong(DNS.getLeastSignificantBits());
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(namespace.array());
      byte[] hash = sha1.digest((vendor + "." + name).getBytes(StandardCharsets.UTF_8));
      hash[6] = (byte) (hash[6] & 0x0F | 0x50);
      hash[8] = (byte) (hash[8] & 0x3F | 0x80);
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      return new UUID(bytes.getLong(), bytes.getLong()).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1", e);
    }
  }
}
