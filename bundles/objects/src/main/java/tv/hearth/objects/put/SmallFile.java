package tv.hearth.objects.put;

import java.io.IOException;
import java.nio.ByteBuffer;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.PutRequest;

/** Takes a small file whole from its source. */
public final class SmallFile {
  private SmallFile() {}

  /** All of its bytes; SOURCE where they don't come. */
  public static byte[] read(PutRequest request) throws ObjectFailure {
    ByteBuffer content = ByteBuffer.allocate((int) request.length());
    while (content.hasRemaining()) {
      int before = content.position();
      try {
        request.source().read(before, content);
      } catch (IOException | RuntimeException e) {
        throw failure(request, before, e);
      }
      if (content.position() <= before) {
        throw failure(request, before, null);
      }
    }
    return content.array();
  }

  private static ObjectFailure failure(PutRequest request, int at, Exception cause) {
    return new ObjectFailure(
        ObjectFailure.Problem.SOURCE,
        "'" + request.ref().name() + "': its source failed at byte " + at,
        cause);
  }
}
