package tv.hearth.crypto.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.cbor.NewerFormatException;
import tv.hearth.support.io.Aside;
import tv.hearth.support.io.DurableFiles;

/**
 * The file {@code certificates}: both chains, DER, in a CBOR map (docs/format-identity.md). Nothing
 * in it is secret; whoever reads it checks the chains again. One of a newer version waits for its
 * release beside it, for the node can enrol anew; fields that are not known stay. Not thread-safe.
 */
public final class CertificateFile {
  private static final String TYPE = "hearth/certificates";
  private static final int VERSION = 1;
  private static final int MAX = 262_144;
  private static final int MOST = 4;
  private static final int MAX_CERTIFICATE = 16_384;
  private static final Set<String> KNOWN = Set.of("t", "v", "operational", "renewal", "generation");
  private final Path file;
  private KeptFields kept = KeptFields.NONE;

  /** Touches nothing yet. */
  public CertificateFile(Path folder) {
    this.file = folder.resolve("certificates");
  }

  /** Whether this node once had certificates, and so keys. */
  public boolean exists() {
    return Files.exists(file) || Files.exists(Aside.of(file));
  }

  Path path() {
    return file;
  }

  /** The chains; empty where there is no file. Throws {@link CborException} for a damaged one. */
  Optional<Chains> read() throws IdentityException, CborException {
    try {
      Aside.takeBack(file);
      CborMap map = parsed();
      kept = KeptFields.of(map, KNOWN);
      return Optional.of(
          new Chains(
              chain(map, "operational"),
              chain(map, "renewal"),
              map.number("generation", 0, Long.MAX_VALUE)));
    } catch (NewerFormatException e) {
      setAside(e);
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IdentityException(
          Problem.KEY_FILE,
          "can't read " + file + ": check its rights and the disk (" + e + ")",
          e);
    }
  }

  private CborMap parsed() throws IOException, CborException {
    try (InputStream in = Files.newInputStream(file)) {
      return CborMap.parse(in.readNBytes(MAX), TYPE, VERSION);
    }
  }

  private void setAside(NewerFormatException why) throws IdentityException {
    try {
      Aside.put(file, why.getMessage() + "; this node must enrol again");
    } catch (IOException e) {
      throw new IdentityException(
          Problem.KEY_FILE, "can't rename " + file + ": make its folder writable (" + e + ")", e);
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
    kept.into(map);
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
