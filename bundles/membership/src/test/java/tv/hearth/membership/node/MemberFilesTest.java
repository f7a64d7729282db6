package tv.hearth.membership.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.io.Aside;

/** What a newer release wrote waits for it, and what it added stays. */
class MemberFilesTest {
  private static final SignatureVerifier NOBODY =
      new SignatureVerifier() {
        @Override
        public byte[] verify(byte[] signed, String type, Bytes key) throws BadSignatureException {
          throw new BadSignatureException("nothing was signed");
        }

        @Override
        public BoxId boxOf(X509Certificate leaf) throws BadSignatureException {
          throw new BadSignatureException("nobody was certified");
        }
      };

  @TempDir Path folder;

  private Path path(String name) {
    return folder.resolve(name);
  }

  /** Also after this release has written its own. */
  @ParameterizedTest
  @CsvSource({"neighbourhood,hearth-membership", "sequence,hearth-sequence"})
  void aFileOfANewerVersionWaits(String name, String type) throws Exception {
    String newer = type + " 2\nsomething else\n";
    Files.writeString(path(name), newer);
    MemberFiles files = new MemberFiles(folder);
    assertEquals(Optional.empty(), files.name());
    assertEquals(0, files.sequence());
    files.name("town");
    files.sequence(7);
    MemberFiles again = new MemberFiles(folder);
    assertEquals(Optional.of("town"), again.name());
    assertEquals(7, again.sequence());
    assertEquals(newer, Files.readString(Aside.of(path(name))));
  }

  @Test
  void linesOfANewerReleaseStay() throws Exception {
    Files.writeString(path("neighbourhood"), "hearth-membership 1\ntown\nsince 1999\n");
    Files.writeString(path("sequence"), "hearth-sequence 1\n7\nby me\n");
    MemberFiles files = new MemberFiles(folder);
    assertEquals(Optional.of("town"), files.name());
    assertEquals(7, files.sequence());
    files.sequence(8);
    assertEquals("hearth-sequence 1\n8\nby me\n", Files.readString(path("sequence")));
  }

  @Test
  void whatIsWrittenIsAsEveryReleaseReadsIt() throws Exception {
    MemberFiles files = new MemberFiles(folder);
    files.name("town");
    files.sequence(8);
    assertEquals("hearth-membership 1\ntown\n", Files.readString(path("neighbourhood")));
    assertEquals("hearth-sequence 1\n8\n", Files.readString(path("sequence")));
  }

  @Test
  void aTornFileCountsAsNone() throws Exception {
    Files.writeString(path("sequence"), "hearth-seq");
    Files.writeString(path("neighbourhood"), "hearth-membership 1\nto");
    Files.write(path("endpoints.cbor"), new byte[] {1});
    MemberFiles files = new MemberFiles(folder);
    assertEquals(0, files.sequence());
    assertEquals(Optional.empty(), files.name());
    assertEquals(List.of(), files.book());
    assertFalse(Files.exists(Aside.of(path("sequence"))));
  }

  private static CborMap book(int version) {
    return new CborMap()
        .put("t", "hearth/endpoint-book")
        .put("v", version)
        .putBytesList("records", List.of(new byte[] {1, 2}));
  }

  @Test
  void whatANewerReleaseAddedToTheBookStays() throws Exception {
    Files.write(path("endpoints.cbor"), book(1).put("colour", "red").toBytes());
    MemberFiles files = new MemberFiles(folder);
    assertEquals(1, files.book().size());
    files.book(List.of());
    CborMap after = CborMap.parse(Files.readAllBytes(path("endpoints.cbor")));
    assertEquals("red", after.text("colour", 9));
  }

  @Test
  void aBookOfANewerVersionWaits() throws Exception {
    byte[] newer = book(2).toBytes();
    Files.write(path("endpoints.cbor"), newer);
    MemberFiles files = new MemberFiles(folder);
    assertEquals(List.of(), files.book());
    files.book(List.of());
    assertArrayEquals(newer, Files.readAllBytes(Aside.of(path("endpoints.cbor"))));
  }

  /** Whoever goes forward again finds the map that he knew, until he hears a later one. */
  @Test
  void aMapOfANewerFormWaits() throws Exception {
    byte[] newer = new CborMap().put("t", "hearth/signed-map").put("v", 2).toBytes();
    Files.write(path("map.cbor"), newer);
    MemberFiles files = new MemberFiles(folder);
    MapHolder maps = new MapHolder(files, List.of(Bytes.of(new byte[44])), Clock.systemUTC());
    maps.load(NOBODY);
    assertEquals(Optional.empty(), maps.map());
    assertArrayEquals(newer, Files.readAllBytes(Aside.of(path("map.cbor"))));
    new MemberFiles(folder);
    assertArrayEquals(newer, Files.readAllBytes(path("map.cbor")));
  }
}
