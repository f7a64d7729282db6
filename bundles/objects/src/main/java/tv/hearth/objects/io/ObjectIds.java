package tv.hearth.objects.io;

import java.security.SecureRandom;
import tv.hearth.api.value.ObjectId;

/** Fresh random ids. */
public final class ObjectIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private ObjectIds() {}

  /** 128 random bits. */
  public static ObjectId random() {
    return ObjectId.of(bytes(16));
  }

  /** Random bytes. */
  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** A random number of 63 bits. */
  public static long number() {
    return RANDOM.nextLong() & Long.MAX_VALUE;
  }
}
