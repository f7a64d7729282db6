package tv.hearth.tests.contracts.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.hearth.api.identity.Role;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.Bytes;

/** What every {@link SignatureVerifier} does, with signatures of the same node's identity. */
public abstract class SignatureVerifierContract extends CryptoContract {
  private static final String TYPE = "hearth/test";
  private final Seeded seed = new Seeded();
  private CryptoServices box;
  private SignatureVerifier verifier;

  @BeforeEach
  final void setUpBox() throws Exception {
    box = node("box");
    verifier = box.verifier();
  }

  @Test
  void verifiesEveryRolesSignature() throws Exception {
    CryptoServices ingest = ingest("ingest");
    byte[] payload = seed.bytes(1000);
    for (Role role : Role.values()) {
      byte[] signed = ingest.identity().sign(role, TYPE, payload);
      assertArrayEquals(payload, verifier.verify(signed, TYPE, ingest.identity().publicKey(role)));
    }
  }

  @Test
  void refusesEveryFlippedBit() throws Exception {
    byte[] signed = box.identity().sign(Role.BOX, TYPE, seed.bytes(20));
    for (int bit = 0; bit < 8 * signed.length; bit++) {
      byte[] flipped = signed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refused(flipped, TYPE, box.identity().signingKey());
    }
  }

  @Test
  void refusesAnotherTypeAndNamesBoth() throws Exception {
    byte[] signed = box.identity().sign(Role.BOX, "hearth/other", seed.bytes(20));
    String message = refused(signed, TYPE, box.identity().signingKey());
    assertTrue(message.contains("hearth/other") && message.contains(TYPE), message);
  }

  @Test
  void refusesAnotherSigner() throws Exception {
    byte[] signed = box.identity().sign(Role.BOX, TYPE, seed.bytes(20));
    refused(signed, TYPE, node("another").identity().signingKey());
    refused(signed, TYPE, box.identity().publicKey(Role.HOUSEHOLD));
  }

  @Test
  void refusesWhatIsNoKey() throws Exception {
    byte[] signed = box.identity().sign(Role.BOX, TYPE, seed.bytes(20));
    byte[] key = box.identity().signingKey().toArray();
    refused(signed, TYPE, Bytes.of(new byte[0]));
    refused(signed, TYPE, Bytes.of(Arrays.copyOf(key, key.length + 1)));
    key[8] = 0x71;
    refused(signed, TYPE, Bytes.of(key));
  }

  @Test
  void refusesGarbageAndEndlessRecords() throws Exception {
    Bytes key = box.identity().signingKey();
    refused(new byte[0], TYPE, key);
    refused(new byte[(1 << 20) + 1], TYPE, key);
    for (int i = 0; i < 2000; i++) {
      byte[] garbage = seed.bytes(seed.random().nextInt(200));
      assertThrows(
          BadSignatureException.class, () -> verifier.verify(garbage, TYPE, key), seed::toString);
    }
  }

  @Test
  void refusesACutRecordAndOneWithMoreBehind() throws Exception {
    byte[] signed = box.identity().sign(Role.BOX, TYPE, seed.bytes(20));
    for (int length = 0; length < signed.length; length++) {
      refused(Arrays.copyOf(signed, length), TYPE, box.identity().signingKey());
    }
    refused(Arrays.copyOf(signed, signed.length + 1), TYPE, box.identity().signingKey());
  }

  @Test
  void verifiesTheLargestRecordThatCanBeSigned() throws Exception {
    byte[] payload = seed.bytes((1 << 20) - 256);
    byte[] signed = box.identity().sign(Role.BOX, TYPE, payload);
    assertArrayEquals(payload, verifier.verify(signed, TYPE, box.identity().signingKey()));
  }

  @Test
  void readsTheBoxFromItsCertificate() throws Exception {
    X509Certificate leaf = parse(operator.operational(box.identity()).get(0));
    assertEquals(box.identity().box(), verifier.boxOf(leaf));
    X509Certificate renewal = parse(operator.renewal(box.identity()).get(0));
    assertEquals(box.identity().box(), verifier.boxOf(renewal));
  }

  @Test
  void refusesCertificatesThatNameNoBoxTwoBoxesOrRubbish() throws Exception {
    String own = "urn:hearth:box:" + box.identity().box();
    String other = "urn:hearth:box:" + node("another").identity().box();
    unnamed(leaf());
    unnamed(leaf().uri("urn:hearth:headend:town"));
    unnamed(leaf().uri(own).uri(other));
    unnamed(leaf().uri("urn:hearth:box:../../etc"));
    unnamed(leaf().dns(box.identity().box() + ".box.hearth.internal"));
  }

  private TestCertificate leaf() {
    return new TestCertificate(
        box.identity().box().text(),
        box.identity().signingKey().toArray(),
        operator.from(),
        now.plus(Duration.ofDays(1)));
  }

  private void unnamed(TestCertificate certificate) throws Exception {
    X509Certificate leaf = parse(operator.operational(certificate).get(0));
    assertThrows(BadSignatureException.class, () -> verifier.boxOf(leaf));
  }

  private String refused(byte[] signed, String type, Bytes key) {
    return assertThrows(BadSignatureException.class, () -> verifier.verify(signed, type, key))
        .getMessage();
  }

  private static X509Certificate parse(byte[] der) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
