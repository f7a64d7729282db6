package tv.hearth.tests.contracts.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;

/** What every {@link Keyring} does. */
public abstract class KeyringContract extends CryptoContract {
  private static final ObjectId FILM = new ObjectId("00112233445566778899aabbccddeeff");
  private static final ObjectId OTHER = new ObjectId("ff112233445566778899aabbccddeeff");
  private final Seeded seed = new Seeded();
  private CryptoServices box;

  @BeforeEach
  final void setUpBox() throws Exception {
    box = node("box");
  }

  @Test
  void namesTheSameThingTheSameInASpaceAndOtherwiseElsewhere() throws Exception {
    Bytes name = box.keyring().nameId(Space.HOUSEHOLD, "Ferien/Bär.jpg");
    assertEquals(32, name.length());
    assertEquals(name, node("box").keyring().nameId(Space.HOUSEHOLD, "Ferien/Bär.jpg"));
    assertNotEquals(name, box.keyring().nameId(Space.HOUSEHOLD, "Ferien/Bar.jpg"));
    assertNotEquals(name, node("another").keyring().nameId(Space.HOUSEHOLD, "Ferien/Bär.jpg"));
    CryptoServices ingest = ingest("ingest");
    assertNotEquals(
        ingest.keyring().nameId(Space.HOUSEHOLD, "film"),
        ingest.keyring().nameId(Space.CATALOGUE, "film"));
  }

  @Test
  void opensHeadsItSealedAndNoOthers() throws Exception {
    Keyring keyring = box.keyring();
    Bytes name = keyring.nameId(Space.HOUSEHOLD, "a");
    byte[] content = seed.bytes(65_536);
    byte[] sealed = keyring.sealHead(Space.HOUSEHOLD, name, content);
    assertArrayEquals(content, keyring.openHead(Space.HOUSEHOLD, name, sealed));
    assertFalse(
        Arrays.equals(sealed, keyring.sealHead(Space.HOUSEHOLD, name, content)), "fresh nonces");
    Bytes otherName = keyring.nameId(Space.HOUSEHOLD, "b");
    problem(Problem.DAMAGED, () -> keyring.openHead(Space.HOUSEHOLD, otherName, sealed));
    Keyring another = node("another").keyring();
    problem(Problem.DAMAGED, () -> another.openHead(Space.HOUSEHOLD, name, sealed));
  }

  @Test
  void refusesHeadsThatWereChangedCutOrAreOfAnUnknownVersion() throws Exception {
    Keyring keyring = box.keyring();
    Bytes name = keyring.nameId(Space.HOUSEHOLD, "a");
    byte[] sealed = keyring.sealHead(Space.HOUSEHOLD, name, seed.bytes(50));
    for (int at = 1; at < sealed.length; at++) {
      byte[] flipped = sealed.clone();
      flipped[at] ^= 4;
      problem(Problem.DAMAGED, () -> keyring.openHead(Space.HOUSEHOLD, name, flipped));
      byte[] cut = Arrays.copyOf(sealed, at);
      problem(Problem.DAMAGED, () -> keyring.openHead(Space.HOUSEHOLD, name, cut));
    }
    byte[] unknown = sealed.clone();
    unknown[0] = 2;
    problem(Problem.UNKNOWN_FORMAT, () -> keyring.openHead(Space.HOUSEHOLD, name, unknown));
    problem(Problem.DAMAGED, () -> keyring.openHead(Space.HOUSEHOLD, name, new byte[1 << 20]));
  }

  @Test
  void refusesHeadsBeyondTheirSize() throws Exception {
    Bytes name = box.keyring().nameId(Space.HOUSEHOLD, "a");
    assertThrows(
        IllegalArgumentException.class,
        () -> box.keyring().sealHead(Space.HOUSEHOLD, name, new byte[65_537]));
  }

  @Test
  void wrapsObjectKeysBoundToTheirObject() throws Exception {
    Keyring keyring = box.keyring();
    ObjectKey key = box.cipher().newKey();
    byte[] wrapped = keyring.wrap(Space.HOUSEHOLD, FILM, key);
    assertSameKey(key, keyring.unwrap(Space.HOUSEHOLD, FILM, wrapped), box.cipher());
    problem(Problem.DAMAGED, () -> keyring.unwrap(Space.HOUSEHOLD, OTHER, wrapped));
    for (int at = 1; at < wrapped.length; at++) {
      byte[] flipped = wrapped.clone();
      flipped[at] ^= 1;
      problem(Problem.DAMAGED, () -> keyring.unwrap(Space.HOUSEHOLD, FILM, flipped));
    }
    problem(Problem.DAMAGED, () -> keyring.unwrap(Space.HOUSEHOLD, FILM, new byte[5]));
    problem(Problem.DAMAGED, () -> keyring.unwrap(Space.HOUSEHOLD, FILM, new byte[5000]));
  }

  @Test
  void wrapsOnlyKeysOfThisNode() throws Exception {
    ObjectKey foreign = node("another").cipher().newKey();
    problem(Problem.NO_KEY, () -> box.keyring().wrap(Space.HOUSEHOLD, FILM, foreign));
  }

  @Test
  void withoutAGrantTheCatalogueStaysShut() {
    Keyring keyring = box.keyring();
    assertTrue(keyring.canRead(Space.HOUSEHOLD));
    assertFalse(keyring.canRead(Space.CATALOGUE));
    problem(Problem.NO_KEY, () -> keyring.nameId(Space.CATALOGUE, "film"));
    problem(Problem.NO_KEY, () -> keyring.unwrap(Space.CATALOGUE, FILM, new byte[61]));
    problem(
        Problem.NO_KEY,
        () -> keyring.grantCatalogue(box.identity().box(), box.identity().exchangeKey()));
  }

  @Test
  void aGrantOpensTheCatalogueForGood() throws Exception {
    CryptoServices ingest = ingest("ingest");
    assertTrue(ingest.keyring().canRead(Space.CATALOGUE));
    ObjectKey key = ingest.cipher().newKey();
    byte[] wrapped = ingest.keyring().wrap(Space.CATALOGUE, FILM, key);
    byte[] grant =
        ingest.keyring().grantCatalogue(box.identity().box(), box.identity().exchangeKey());
    box.keyring().acceptCatalogue(grant);
    box.keyring().acceptCatalogue(grant);
    CryptoServices reopened = node("box");
    assertTrue(reopened.keyring().canRead(Space.CATALOGUE));
    assertEquals(
        ingest.keyring().nameId(Space.CATALOGUE, "film"),
        reopened.keyring().nameId(Space.CATALOGUE, "film"));
    ObjectKey unwrapped = reopened.keyring().unwrap(Space.CATALOGUE, FILM, wrapped);
    byte[] header = ingest.cipher().newHeader();
    byte[] sealed = sealWith(key, header, ingest.cipher());
    ByteBuffer plain = ByteBuffer.allocate(100);
    reopened.cipher().open(unwrapped, header, new byte[0], 0, true, ByteBuffer.wrap(sealed), plain);
    assertEquals(10, plain.position());
  }

  @Test
  void aGrantIsForOneBoxAlone() throws Exception {
    CryptoServices ingest = ingest("ingest");
    CryptoServices another = node("another");
    byte[] grant =
        ingest.keyring().grantCatalogue(box.identity().box(), box.identity().exchangeKey());
    problem(Problem.DAMAGED, () -> another.keyring().acceptCatalogue(grant));
    byte[] misnamed =
        ingest.keyring().grantCatalogue(another.identity().box(), box.identity().exchangeKey());
    problem(Problem.DAMAGED, () -> box.keyring().acceptCatalogue(misnamed));
    assertFalse(box.keyring().canRead(Space.CATALOGUE));
  }

  @Test
  void refusesDamagedGrants() throws Exception {
    CryptoServices ingest = ingest("ingest");
    byte[] grant =
        ingest.keyring().grantCatalogue(box.identity().box(), box.identity().exchangeKey());
    for (int bit = 0; bit < 8 * grant.length; bit++) {
      byte[] flipped = grant.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(CipherException.class, () -> box.keyring().acceptCatalogue(flipped));
    }
    problem(Problem.DAMAGED, () -> box.keyring().acceptCatalogue(new byte[0]));
    problem(Problem.DAMAGED, () -> box.keyring().acceptCatalogue(new byte[100_000]));
    assertFalse(box.keyring().canRead(Space.CATALOGUE));
  }

  @Test
  void refusesToGrantToKeysThatAreNone() throws Exception {
    Keyring ingest = ingest("ingest").keyring();
    for (int length : new int[] {0, 31, 32, 33}) {
      Bytes zeros = Bytes.of(new byte[length]);
      problem(Problem.DAMAGED, () -> ingest.grantCatalogue(box.identity().box(), zeros));
    }
  }

  @Test
  void ingestNodesOfOneAuthorityShareTheCatalogue() throws Exception {
    assertEquals(
        ingest("first").keyring().nameId(Space.CATALOGUE, "film"),
        ingest("second").keyring().nameId(Space.CATALOGUE, "film"));
  }

  private void assertSameKey(ObjectKey one, ObjectKey two, ObjectCipher cipher) throws Exception {
    byte[] header = cipher.newHeader();
    assertArrayEquals(sealWith(one, header, cipher), sealWith(two, header, cipher));
  }

  private static byte[] sealWith(ObjectKey key, byte[] header, ObjectCipher cipher)
      throws CipherException {
    ByteBuffer sealed = ByteBuffer.allocate(66);
    cipher.seal(key, header, new byte[0], 0, true, ByteBuffer.allocate(10), sealed);
    return sealed.array();
  }

  private static void problem(Problem expected, Executable call) {
    assertEquals(expected, assertThrows(CipherException.class, call).problem());
  }
}
