package tv.hearth.crypto.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.io.DurableFiles;

/**
 * The file {@code certificates}: both chains, DER, in a CBOR map (docs/format-identity.md). Nothing
 * in it is secret; whoever reads it checks the chains again. Not thread-safe.
 */
public final class CertificateFile {
  private static final String TYPE = "hearth/certificates";
  private static final int VERSION = 1;
  private static final int MAX = 262_144;
  private static final int MOST = 4;
  private static final int MAX_CERTIFICATE = 16_384;
  private final Path file;

  /** Touches nothing yet. */
  public CertificateFile(Path folder) {
    this.file = folder.resolve("certificates");
  }

  /** Whether this node once had certificates, and so keys. */
  public boolean exists() {
    return Files.exists(file);
  }

  Path path() {
    return file;
  }

  /** The chains; empty where there is no file. Throws {@link CborException} for a damaged one. */
  Optional<Chains> read() throws IdentityException, CborException {
    try (InputStream in = Files.newInputStream(file)) {
      CborMap map = CborMap.parse(in.readNBytes(MAX));
      if (!map.text("t", 64).equals(TYPE)) {
        throw new CborException("the type is not " + TYPE);
      }
      long found = map.number("v", 0, Long.MAX_VALUE);
      if (found != VERSION) {
        throw new IdentityException(
            Problem.KEY_FILE,
            file + " is of version " + found + ": this software knows version " + VERSION);
      }
      return Optional.of(
          new Chains(
              chain(map, "operational"),
              chain(map, "renewal"),
              map.number("generation", 0, Long.MAX_VALUE)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IdentityException(
          Problem.KEY_FILE,
          "can't read " + file + ": check its rights and the disk (" + e + ")",
          e);
    }
  }

  void write(Chains chains) throws IdentityException {
    CborMap map =
        new CborMap()
            .put("t", TYPE)
            .put("v", VERSION)
            .putBytesList("operational", chains.operational())
            .putBytesList("renewal", chains.renewal())
            .put("generation", chains.generation());
    try {
      DurableFiles.write(file, map.toBytes());
    } catch (IOException e) {
      throw new IdentityException(
          Problem.KEY_FILE,
          "can't write " + file + ": make its folder writable and leave it some room (" + e + ")",
          e);
    }
  }

  private static List<byte[]> chain(CborMap map, String key) throws CborException {
    return map.bytesList(key, MOST, 1, MAX_CERTIFICATE);
  }

  /** DER certificates, leaf first, and how often they were installed. */
  record Chains(List<byte[]> operational, List<byte[]> renewal, long generation) {}
}
