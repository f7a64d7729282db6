package tv.hearth.objects.read;

import java.nio.charset.StandardCharsets;
import tv.hearth.api.value.ObjectId;

/** Associated data of an object's sealed stream: {@code hearth-object-1}, then the object's id. */
public final class Associated {
  private static final byte[] FORMAT = "hearth-object-1".getBytes(StandardCharsets.US_ASCII);

  private Associated() {}

  /** 31 bytes. */
  public static byte[] of(ObjectId object) {
    byte[] id = object.toBytes();
    byte[] all = java.util.Arrays.copyOf(FORMAT, FORMAT.length + id.length);
    System.arraycopy(id, 0, all, FORMAT.length, id.length);
    return all;
  }
}
