package tv.hearth.tests.contracts.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.api.identity.Role;
import tv.hearth.api.value.BoxId;

/** What every {@link Identity} does; its TLS is tried on loopback. */
public abstract class IdentityContract extends CryptoContract {
  private static final Duration DAYS_46 = Duration.ofDays(46);

  @Test
  void aNodeIsTheSameAfterARestart() throws Exception {
    Identity first = node("box").identity();
    Identity second = node("box").identity();
    assertEquals(first.box(), second.box());
    assertEquals(first.signingKey(), second.signingKey());
    assertEquals(first.exchangeKey(), second.exchangeKey());
    assertEquals(first.owner(Role.HOUSEHOLD), second.owner(Role.HOUSEHOLD));
    assertNotEquals(first.box(), node("another").identity().box());
  }

  @Test
  void theBoxIdIsTheHashOfItsFirstKey() throws Exception {
    Identity identity = node("box").identity();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.signingKey().toArray());
    assertEquals(new BoxId(base32(Arrays.copyOf(hash, 20))), identity.box());
    assertEquals(44, identity.signingKey().length());
    assertEquals(32, identity.exchangeKey().length());
  }

  @Test
  void rolesAreThoseWhoseKeysItHolds() throws Exception {
    Identity box = node("box").identity();
    assertEquals(Set.of(Role.BOX, Role.HOUSEHOLD), box.roles());
    problem(Problem.NO_SUCH_KEY, () -> box.sign(Role.CONTENT, "hearth/test", new byte[1]));
    problem(Problem.NO_SUCH_KEY, () -> box.publicKey(Role.CONTENT));
    problem(Problem.NO_SUCH_KEY, () -> box.owner(Role.BOX));
    Identity ingest = ingest("ingest").identity();
    assertEquals(Set.of(Role.values()), ingest.roles());
    assertEquals(ingest.owner(Role.CONTENT), ingest("second").identity().owner(Role.CONTENT));
    assertNotEquals(ingest.owner(Role.CONTENT), ingest.owner(Role.HOUSEHOLD));
  }

  @Test
  void refusesToSignWhatNobodyWouldVerify() throws Exception {
    Identity box = node("box").identity();
    assertThrows(
        IllegalArgumentException.class, () -> box.sign(Role.BOX, "hearth/test", new byte[1 << 20]));
  }

  @Test
  void asksForACertificateForItsOwnKey() throws Exception {
    Identity box = node("box").identity();
    PKCS10CertificationRequest request = new PKCS10CertificationRequest(box.signingRequest());
    assertEquals("CN=" + box.box(), request.getSubject().toString());
    assertArrayEquals(
        box.signingKey().toArray(), request.getSubjectPublicKeyInfo().getEncoded("DER"));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(box.signingKey().toArray())));
    signature.update(request.toASN1Structure().getCertificationRequestInfo().getEncoded("DER"));
    assertTrue(signature.verify(request.getSignature()));
  }

  @Test
  void isNotEnrolledAtFirst() throws Exception {
    Identity box = node("box").identity();
    assertFalse(box.enrolled());
    assertEquals(List.of(), box.certificateChain());
    problem(Problem.NOT_ENROLLED, box::tls);
    assertEquals(0, box.generation());
  }

  @Test
  void keepsItsCertificatesAndCountsThem() throws Exception {
    Identity box = node("box").identity();
    operator.enrol(box);
    assertTrue(box.enrolled());
    assertEquals(1, box.generation());
    assertSame(box.tls(), box.tls());
    Identity reopened = node("box").identity();
    assertTrue(reopened.enrolled());
    assertEquals(1, reopened.generation());
    assertEquals(2, reopened.certificateChain().size());
    reopened.install(operator.operational(reopened), List.of());
    assertEquals(2, reopened.generation());
    Handshake.between(listener(), reopened.enrolmentTls(), "TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void boxesOfOneOperatorTalk(String protocol) throws Exception {
    CryptoServices server = enrolled("server");
    CryptoServices client = enrolled("client");
    X509Certificate[] seen =
        Handshake.between(server.identity().tls(), client.identity().tls(), protocol);
    assertEquals(client.identity().box(), server.verifier().boxOf(seen[0]));
    assertEquals(server.identity().box(), client.verifier().boxOf(seen[1]));
  }

  @Test
  void refusesPeersOfAnotherOperator() throws Exception {
    Identity ours = enrolled("ours").identity();
    operator = new TestOperator(now);
    anchor = operator.writeAnchor(temp);
    Identity theirs = enrolled("theirs").identity();
    assertThrows(IOException.class, () -> Handshake.between(ours.tls(), theirs.tls(), "TLSv1.3"));
    assertThrows(IOException.class, () -> Handshake.between(theirs.tls(), ours.tls(), "TLSv1.3"));
    assertThrows(
        IOException.class, () -> Handshake.between(theirs.tls(), ours.enrolmentTls(), "TLSv1.3"));
  }

  @Test
  void refusesCertificatesOfAnotherOperator() throws Exception {
    Identity box = node("box").identity();
    TestOperator other = new TestOperator(now);
    refused(box, other.operational(box), operator.renewal(box));
    refused(box, operator.operational(box), other.renewal(box));
    assertFalse(box.enrolled());
    assertEquals(0, box.generation());
  }

  @Test
  void refusesCertificatesForAnotherKey() throws Exception {
    Identity box = node("box").identity();
    refused(box, operator.operational(node("another").identity()), List.of());
  }

  @Test
  void refusesCertificatesThatAreExpiredOrNotYetValid() throws Exception {
    Identity box = node("box").identity();
    Instant past = now.minusSeconds(60);
    refused(box, operator.operational(operator.boxLeaf(box, past)), List.of());
    TestCertificate future =
        new TestCertificate(
                "x", box.signingKey().toArray(), now.plusSeconds(60), now.plusSeconds(120))
            .usages(TestCertificate.SERVER, TestCertificate.CLIENT);
    refused(box, operator.operational(future), List.of());
  }

  @Test
  void refusesCertificatesForAnotherPurpose() throws Exception {
    Identity box = node("box").identity();
    refused(box, operator.renewal(box), List.of());
    refused(box, operator.operational(box), operator.operational(box));
    refused(box, operator.operational(leaf(box)), List.of());
    refused(box, operator.operational(leaf(box).usages(TestCertificate.SERVER)), List.of());
    String[] all = {TestCertificate.SERVER, TestCertificate.CLIENT, TestCertificate.RENEWING};
    refused(box, operator.operational(leaf(box).usages(all)), List.of());
    refused(
        box,
        operator.operational(
            leaf(box).authority().usages(TestCertificate.SERVER, TestCertificate.CLIENT)),
        List.of());
  }

  @Test
  void refusesChainsThatAreBrokenEmptyLongOrGarbage() throws Exception {
    Identity box = node("box").identity();
    List<byte[]> good = operator.operational(box);
    refused(box, List.of(), List.of());
    refused(box, good.subList(0, 1), List.of());
    refused(box, List.of(good.get(1), good.get(0)), List.of());
    refused(box, Collections.nCopies(100, good.get(0)), List.of());
    refused(box, List.of(new byte[100_000]), List.of());
    refused(box, List.of(new byte[] {0x30, 3, 2, 1, 1}), List.of());
    byte[] flipped = good.get(0).clone();
    flipped[flipped.length - 1] ^= 1;
    refused(box, List.of(flipped, good.get(1)), List.of());
  }

  @Test
  void takesAChainWithItsAnchorAndLeavesThatOut() throws Exception {
    Identity box = node("box").identity();
    List<byte[]> chain = new ArrayList<>(operator.operational(box));
    chain.add(operator.anchor());
    box.install(chain, List.of());
    assertEquals(2, box.certificateChain().size());
  }

  @Test
  void anExpiredCertificateIsNoneAndTheRenewalCredentialStays() throws Exception {
    operator.enrol(node("box").identity());
    Identity later = nodeLater("box", DAYS_46).identity();
    assertFalse(later.enrolled());
    problem(Problem.BAD_CERTIFICATE, later::tls);
    assertEquals(1, later.generation());
    Handshake.between(listener(), later.enrolmentTls(), "TLSv1.3");
  }

  @Test
  void provesItsClaimCodeWithoutSendingIt() throws Exception {
    String code = "MFRGGZDFMZTWQ2LKNNWG23TPOA";
    Identity box = claiming("box", " " + code + "\n").identity();
    byte[] message = {1, 2, 3};
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] raw = code.getBytes(StandardCharsets.US_ASCII);
    mac.init(new SecretKeySpec(raw, "HmacSHA256"));
    assertArrayEquals(mac.doFinal(message), box.claimProof(message));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(raw);
    assertEquals(HexFormat.of().formatHex(hash, 0, 8), box.claimId());
  }

  @Test
  void saysWhereAClaimCodeIsMissingOrTooShort() throws Exception {
    Identity none = node("none").identity();
    problem(Problem.NO_SUCH_KEY, () -> none.claimProof(new byte[1]));
    Identity weak = claiming("weak", "1234").identity();
    problem(Problem.NO_SUCH_KEY, weak::claimId);
  }

  /** An enrolment listener: takes renewal credentials too. */
  private SSLContext listener() {
    return Peer.of(operator, TestCertificate.SERVER, TestCertificate.CLIENT).context();
  }

  private CryptoServices enrolled(String name) throws Exception {
    CryptoServices services = node(name);
    operator.enrol(services.identity());
    return services;
  }

  private TestCertificate leaf(Identity box) {
    return new TestCertificate(
        "x", box.signingKey().toArray(), operator.from(), now.plus(Duration.ofDays(1)));
  }

  private static void refused(Identity box, List<byte[]> operational, List<byte[]> renewal) {
    problem(Problem.BAD_CERTIFICATE, () -> box.install(operational, renewal));
  }

  private static void problem(Problem expected, Executable call) {
    assertEquals(expected, assertThrows(IdentityException.class, call).problem());
  }

  private static String base32(byte[] twenty) {
    StringBuilder text = new StringBuilder(new BigInteger(1, twenty).toString(32));
    text.insert(0, "0".repeat(32 - text.length()));
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 32);
      text.setCharAt(i, "abcdefghijklmnopqrstuvwxyz234567".charAt(digit));
    }
    return text.toString();
  }
}
