package tv.hearth.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.io.Aside;

/** Certificates of a newer release: kept for it, and the node enrols anew meanwhile. */
class CertificateFileTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void place() {
    path = folder.resolve("certificates");
  }

  private static CborMap map(int version) {
    return new CborMap()
        .put("t", "hearth/certificates")
        .put("v", version)
        .putBytesList("operational", List.of(new byte[] {1}))
        .putBytesList("renewal", List.of())
        .put("generation", 4);
  }

  private static CertificateFile.Chains chains() {
    return new CertificateFile.Chains(List.of(new byte[] {2}), List.of(), 5);
  }

  @Test
  void oneOfANewerVersionWaitsForItsReleaseAndShowsThatThereWereKeys() throws Exception {
    byte[] newer = map(2).toBytes();
    Files.write(path, newer);
    CertificateFile file = new CertificateFile(folder);
    assertEquals(Optional.empty(), file.read());
    assertArrayEquals(newer, Files.readAllBytes(Aside.of(path)));
    assertFalse(Files.exists(path));
    assertTrue(file.exists(), "a lost key file must not become a new identity");
    file.write(chains());
    assertEquals(5, new CertificateFile(folder).read().orElseThrow().generation());
    assertArrayEquals(newer, Files.readAllBytes(Aside.of(path)));
  }

  @Test
  void fieldsOfANewerReleaseStay() throws Exception {
    Files.write(path, map(1).put("colour", "red").toBytes());
    CertificateFile file = new CertificateFile(folder);
    assertEquals(4, file.read().orElseThrow().generation());
    file.write(chains());
    CborMap after = CborMap.parse(Files.readAllBytes(path));
    assertEquals("red", after.text("colour", 9));
    assertEquals(5, after.number("generation", 0, 9));
  }

  @Test
  void aTornOneIsDamaged() throws Exception {
    Files.write(path, new byte[] {1, 2, 3});
    assertThrows(CborException.class, () -> new CertificateFile(folder).read());
    assertFalse(Files.exists(Aside.of(path)));
  }
}
