package tv.hearth.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.crypto.keyring.NodeKeyring;
import tv.hearth.crypto.keys.KeyFile;
import tv.hearth.crypto.keys.KeyMaterial;
import tv.hearth.crypto.keys.Keys;
import tv.hearth.crypto.primitive.Ed25519Key;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.crypto.seal.ObjectKeys;
import tv.hearth.crypto.seal.StreamCipher;
import tv.hearth.support.text.KeyIds;

/**
 * The vectors of docs/format-sealing.md and docs/format-identity.md, read from {@code
 * format-vectors.txt}: what they fix must never change.
 */
final class FormatVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final ObjectId OBJECT = new ObjectId("000102030405060708090a0b0c0d0e0f");
  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> vectors = vectors();
  private final ObjectKeys objectKeys = new ObjectKeys(Secret.random(random), random);
  private final StreamCipher cipher = new StreamCipher(objectKeys, random);
  @TempDir private Path temp;
  private Keys keys;
  private NodeKeyring keyring;

  @BeforeEach
  void setUp() throws Exception {
    KeyFile file = new KeyFile(temp, Optional.empty(), random);
    file.write(
        new KeyMaterial(
            new BoxId("abcdefghijklmnopqrstuvwxyz234567"),
            filled(1),
            filled(2),
            filled(3),
            filled(4),
            Optional.empty(),
            Optional.empty()));
    keys = Keys.open(file, true, random);
    keyring = new NodeKeyring(keys, Optional.of(new Ed25519Key(filled(6))), objectKeys, random);
  }

  @Test
  void sealing() throws Exception {
    assertEquals(vector("seal.empty"), HEX.formatHex(seal(new byte[0])));
    assertEquals(vector("seal.hearth"), HEX.formatHex(seal("Hearth".getBytes())));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(seal(counting(200_000)));
    assertEquals(vector("seal.200000.sha256"), HEX.formatHex(hash));
  }

  @Test
  void keysOfABox() {
    assertEquals(vector("identity.public"), keys.current().identity().publicKey().toString());
    assertEquals(vector("identity.id"), KeyIds.of(keys.current().identity().publicKey().toArray()));
    assertEquals(vector("exchange.public"), keys.current().exchangeKey().toString());
    assertEquals(vector("household.public"), keys.current().householdKey().publicKey().toString());
  }

  @Test
  void names() throws Exception {
    assertEquals(vector("household.name"), keyring.nameId(Space.HOUSEHOLD, "a/b").toString());
    assertEquals(vector("catalogue.name"), keyring.nameId(Space.CATALOGUE, "a/b").toString());
    Secret root = keys.current().material().catalogue().orElseThrow();
    assertEquals(vector("catalogue.root"), HEX.formatHex(root.toArray()));
  }

  @Test
  void headsAndWrappedKeys() throws Exception {
    Bytes name = keyring.nameId(Space.HOUSEHOLD, "a/b");
    byte[] head = HEX.parseHex(vector("household.head"));
    assertArrayEquals("Hearth".getBytes(), keyring.openHead(Space.HOUSEHOLD, name, head));
    byte[] wrapped = HEX.parseHex(vector("household.wrapped"));
    assertEquals(filled(7), objectKeys.reveal(keyring.unwrap(Space.HOUSEHOLD, OBJECT, wrapped)));
  }

  @Test
  void catalogueGrant() throws Exception {
    keyring.acceptCatalogue(HEX.parseHex(vector("catalogue.grant")));
    assertEquals(Optional.of(filled(8)), keys.current().material().catalogue());
  }

  @Test
  void theFormatPagesShowThem() throws Exception {
    Path docs = Path.of("../../docs");
    String pages =
        Files.readString(docs.resolve("format-sealing.md"))
            + Files.readString(docs.resolve("format-identity.md"));
    vectors.forEach((name, value) -> assertTrue(pages.contains(value), name));
  }

  private byte[] seal(byte[] plain) throws Exception {
    byte[] header = counting(ObjectCipher.HEADER);
    header[0] = 0x28;
    ByteBuffer sealed = ByteBuffer.allocate(plain.length + 200);
    cipher.seal(
        objectKeys.conceal(filled(5)),
        header,
        "hearth".getBytes(),
        0,
        true,
        ByteBuffer.wrap(plain),
        sealed);
    return Arrays.copyOf(sealed.array(), sealed.position());
  }

  private String vector(String name) {
    return Optional.ofNullable(vectors.get(name)).orElseThrow(() -> new AssertionError(name));
  }

  private static Map<String, String> vectors() {
    try (var in = FormatVectorsTest.class.getResourceAsStream("format-vectors.txt")) {
      return new String(in.readAllBytes())
          .lines()
          .filter(line -> line.contains("="))
          .map(line -> line.split("="))
          .collect(
              Collectors.toMap(p -> p[0].strip(), p -> p[1].strip(), (a, b) -> b, TreeMap::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  private static Secret filled(int value) {
    byte[] bytes = new byte[Secret.LENGTH];
    Arrays.fill(bytes, (byte) value);
    return Secret.of(bytes);
  }
}
