package tv.hearth.tuf.client;

import java.io.IOException;
import java.util.Optional;

/** Keeps trusted metadata by unversioned name ({@code root.json}); each write is whole or none. */
public interface MetadataStore {
  /** The bytes kept under the name. */
  Optional<byte[]> read(String name) throws IOException;

  /** Keeps the bytes, durably, in place of what was there. */
  void write(String name, byte[] bytes) throws IOException;

  /** Forgets the name; nothing happens where it is not kept. */
  void delete(String name) throws IOException;
}
