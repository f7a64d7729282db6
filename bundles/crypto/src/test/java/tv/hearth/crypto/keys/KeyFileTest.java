package tv.hearth.crypto.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;

/** The key file under every fault: an error that names it, never a new identity. */
final class KeyFileTest {
  private static final String GOLDEN =
      "a561746b6865617274682f6b6579736176016473616c74582036ecd6590cfe9848d6933a9b09e949"
          + "382c5ddefa9a28f3c768baa66ad395a1d8667365616c656459012101a4237b8443f2e2a9ae2d25ab"
          + "ef42190f721cd9afdd22b17336f0bc18525fecb45742bef723e334e351f6ff2a02407b09b3bd576d"
          + "2e3a6b15e6009e90151da0609bddfaa18adb42f01a406beba265e30f3572468ccb3cf1c9127d9634"
          + "9c0a7189812722fae3e3abd0e647943c1970691214ea5d2907ec51b32b26cd2f6c132cfb97f4cd8d"
          + "1fdff930b2d76f5797ba3e3a215aa8ee599d0a6773c70539c7161ee1f4228d16e0332040c6cedab2"
          + "b7a73dda19056d3f0b293312ca31edc79405e77208970e637cd152067a4c4b78b92894b221da797c"
          + "4a8681f9cee93b41986f2b580264048f8c15ce7a9b578a11b6338ddd918e01a40dedff9f0919d332"
          + "24556aa85d3ea91f28acbcdcd686902e1968ad8c9866c9e6728b2db31a527ee66ffd60f46a70726f"
          + "74656374696f6e68706c6174666f726d";
  private static final byte[] PLATFORM = "a secret of the platform".getBytes();
  private final SecureRandom random = new SecureRandom();
  @TempDir private Path temp;
  private Path folder;
  private Path file;

  @BeforeEach
  void setUp() {
    folder = temp.resolve("crypto");
    file = folder.resolve(KeyFile.NAME);
  }

  @Test
  void keepsKeysForTheOwnerAlone() throws Exception {
    Keys made = open(Optional.empty());
    assertEquals(made.current().material(), open(Optional.empty()).current().material());
    assertEquals("rw-------", rights(file));
    assertEquals("rwx------", rights(folder));
  }

  @Test
  void opensTheGoldenFile() throws Exception {
    Files.createDirectories(folder);
    Files.write(file, HexFormat.of().parseHex(GOLDEN));
    KeyMaterial keys = new KeyFile(folder, Optional.of(PLATFORM), random).read().orElseThrow();
    assertEquals(golden(), keys);
  }

  @Test
  void takesRightsFromOthers() throws Exception {
    open(Optional.empty());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    open(Optional.empty());
    assertEquals("rw-------", rights(file));
    assertEquals("rwx------", rights(folder));
  }

  @Test
  void everyFlippedBitIsAnErrorAndTheFileStays() throws Exception {
    open(Optional.empty());
    byte[] content = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * content.length; bit++) {
      byte[] flipped = content.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      problem(() -> KeyFileFormat.decode(flipped, Optional.empty(), "keys"), "keys");
      if (bit % 97 == 0) {
        Files.write(file, flipped);
        problem(() -> open(Optional.empty()), file.toString());
        assertArrayEquals(flipped, Files.readAllBytes(file));
      }
    }
  }

  @Test
  void aFileCutAtAnyByteIsAnError() throws Exception {
    open(Optional.empty());
    byte[] content = Files.readAllBytes(file);
    for (int length = 0; length < content.length; length++) {
      byte[] cut = Arrays.copyOf(content, length);
      problem(() -> KeyFileFormat.decode(cut, Optional.empty(), "keys"), "keys");
    }
    Files.write(file, new byte[0]);
    problem(() -> open(Optional.empty()), file.toString());
    Files.write(file, new byte[100_000]);
    problem(() -> open(Optional.empty()), "too long");
  }

  @Test
  void aMissingFileOfAKnownNodeIsAnError() throws Exception {
    problem(() -> Keys.open(new KeyFile(folder, Optional.empty(), random), true, random), "gone");
    assertFalse(Files.exists(file));
  }

  @Test
  void aTornFirstWriteIsAFirstStart() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve("keys.tmp"), new byte[] {1, 2, 3});
    Keys made = open(Optional.empty());
    assertEquals(made.current().material(), open(Optional.empty()).current().material());
  }

  @Test
  void unknownVersionsAreRefusedByName() throws Exception {
    open(Optional.empty());
    CborMap map = CborMap.parse(Files.readAllBytes(file));
    Files.write(file, map.put("v", 7).toBytes());
    problem(() -> open(Optional.empty()), "version 7");
  }

  /** Nothing else knows these keys: whatever a release can't read stays as it lies. */
  @Test
  void aFileOfANewerReleaseStays() throws Exception {
    open(Optional.empty());
    CborMap map = CborMap.parse(Files.readAllBytes(file));
    for (byte[] newer :
        List.of(map.put("protection", "chip").toBytes(), map.put("v", 2).toBytes())) {
      Files.write(file, newer);
      problem(() -> open(Optional.empty()), "run the release that wrote it");
      assertArrayEquals(newer, Files.readAllBytes(file));
    }
  }

  /** In the sealed body, and around it. */
  @Test
  void fieldsOfANewerReleaseStayWhenKeysChange() throws Exception {
    KeptFields body = KeptFields.of(new CborMap().put("spare", new byte[] {7}), Set.of());
    KeptFields outer = KeptFields.of(new CborMap().put("hint", "red"), Set.of());
    KeyMaterial g = golden();
    KeyMaterial more =
        new KeyMaterial(
            g.box(),
            g.identity(),
            g.exchange(),
            g.household(),
            g.local(),
            g.wrappedRoot(),
            Optional.empty(),
            body);
    Files.createDirectories(folder);
    Files.write(file, KeyFileFormat.encode(more, outer, Optional.of(PLATFORM), random));
    Keys keys = open(Optional.of(PLATFORM));
    keys.update(m -> m.withCatalogue(filled(5)));
    keys.update(m -> m.withHousehold(filled(6), Bytes.of(new byte[] {1})));
    KeyMaterial after = open(Optional.of(PLATFORM)).current().material();
    assertEquals(body, after.kept());
    assertEquals(filled(6), after.household());
    assertEquals("red", CborMap.parse(Files.readAllBytes(file)).text("hint", 9));
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() throws Exception {
    byte[] before = HexFormat.of().parseHex(GOLDEN);
    Files.createDirectories(folder);
    Files.write(file, before);
    KeyFile keys = new KeyFile(folder, Optional.of(PLATFORM), random);
    KeyMaterial g = keys.read().orElseThrow();
    Bytes large = Bytes.of(new byte[20_000]);
    problem(() -> keys.write(g.withHousehold(g.household(), large)), "at most");
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aPlatformSecretWrapsTheFileEvenOneFromBefore() throws Exception {
    KeyMaterial before = open(Optional.empty()).current().material();
    KeyMaterial after = open(Optional.of(PLATFORM)).current().material();
    assertEquals(before, after);
    problem(() -> open(Optional.empty()), "platformSecret");
    byte[] wrong = "another secret of the platform".getBytes(StandardCharsets.US_ASCII);
    problem(() -> open(Optional.of(wrong)), "another platform secret");
    assertEquals(before, open(Optional.of(PLATFORM)).current().material());
  }

  @Test
  void noSecretIsInAWrappedFile() throws Exception {
    KeyMaterial keys = open(Optional.of(PLATFORM)).current().material();
    String content = HexFormat.of().formatHex(Files.readAllBytes(file));
    assertFalse(content.contains(HexFormat.of().formatHex(keys.identity().toArray())));
    assertFalse(content.contains(HexFormat.of().formatHex(keys.household().toArray())));
  }

  @Test
  void aFolderThatCantBeWrittenIsAnError() throws Exception {
    Files.createFile(folder);
    problem(() -> open(Optional.empty()), file.toString());
  }

  @Test
  void aChangeThatCantBeWrittenChangesNothing() throws Exception {
    Keys keys = open(Optional.empty());
    KeyMaterial before = keys.current().material();
    Files.createDirectories(folder.resolve("keys.tmp/in the way"));
    problem(() -> keys.update(m -> m.withCatalogue(Secret.random(random))), "writable");
    assertEquals(before, keys.current().material());
    assertEquals(before, open(Optional.empty()).current().material());
  }

  @Test
  void changesAreOnDiskWhenSeen() throws Exception {
    Keys keys = open(Optional.empty());
    Secret root = Secret.random(random);
    keys.update(m -> m.withCatalogue(root));
    keys.update(m -> m.withHousehold(root, Bytes.of(new byte[] {1})));
    KeyMaterial reopened = open(Optional.empty()).current().material();
    assertEquals(keys.current().material(), reopened);
    assertEquals(Optional.of(root), reopened.catalogue());
  }

  @Test
  void whatDidNotChangeIsNotWritten() throws Exception {
    Keys keys = open(Optional.empty());
    byte[] content = Files.readAllBytes(file);
    keys.update(m -> m);
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  @Test
  void keysPrintNoSecret() throws Exception {
    KeyMaterial keys = open(Optional.empty()).current().material();
    assertNotEquals(-1, keys.toString().indexOf("secret"));
    assertFalse(keys.toString().contains(HexFormat.of().formatHex(keys.identity().toArray())));
  }

  private Keys open(Optional<byte[]> platformSecret) throws IdentityException {
    return Keys.open(new KeyFile(folder, platformSecret, random), false, random);
  }

  private static KeyMaterial golden() {
    return new KeyMaterial(
        new tv.hearth.api.value.BoxId("abcdefghijklmnopqrstuvwxyz234567"),
        filled(1),
        filled(2),
        filled(3),
        filled(4),
        Optional.of(Bytes.of(new byte[] {9})),
        Optional.of(filled(5)));
  }

  private static Secret filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Secret.of(bytes);
  }

  private static String rights(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void problem(Executable call, String named) {
    IdentityException e = assertThrows(IdentityException.class, call);
    assertEquals(Problem.KEY_FILE, e.problem());
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }
}
