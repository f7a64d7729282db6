package tv.hearth.support.release;

import java.io.Closeable;
import java.io.IOException;

/**
 * The right to change what {@code anchor} and {@code update} share: held by one of them at a time,
 * given back by closing it.
 */
public interface Turn extends Closeable {
  @Override
  void close() throws IOException;
}
