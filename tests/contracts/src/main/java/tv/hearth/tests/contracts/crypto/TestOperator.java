package tv.hearth.tests.contracts.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;

/**
 * An operator for tests: an anchor and, below it, an operational CA and a renewal CA, as
 * docs/format-identity.md has them. Each instance is another operator. Not thread-safe.
 */
public final class TestOperator {
  private static final HexFormat HEX = HexFormat.of();
  private static final Duration OPERATIONAL = Duration.ofDays(45);
  private static final Duration RENEWAL = Duration.ofDays(3650);
  private final SecureRandom random;
  private final Instant now;
  private final Ed25519PrivateKeyParameters anchorKey;
  private final Ed25519PrivateKeyParameters operationalKey;
  private final Ed25519PrivateKeyParameters renewalKey;
  private final byte[] anchor;
  private final byte[] operationalCa;
  private final byte[] renewalCa;
  private long serial;

  /** A new operator whose certificates begin a day before {@code now}. */
  public TestOperator(Instant now) {
    this.random = new SecureRandom();
    this.now = now;
    this.anchorKey = new Ed25519PrivateKeyParameters(random);
    this.operationalKey = new Ed25519PrivateKeyParameters(random);
    this.renewalKey = new Ed25519PrivateKeyParameters(random);
    this.anchor = authority("anchor", anchorKey);
    this.operationalCa = authority("operational CA", operationalKey);
    this.renewalCa = authority("renewal CA", renewalKey);
  }

  /** Writes {@code anchor.pem} into a folder, and says where. */
  public Path writeAnchor(Path folder) throws IOException {
    return write(folder.resolve("anchor.pem"), "CERTIFICATE", anchor);
  }

  /** Writes a fresh content authority's key as {@code content.pem} into a folder. */
  public Path writeContentKey(Path folder) throws IOException {
    byte[] prefix = HEX.parseHex("302e020100300506032b657004220420");
    byte[] encoded = new byte[prefix.length + Ed25519PrivateKeyParameters.KEY_SIZE];
    System.arraycopy(prefix, 0, encoded, 0, prefix.length);
    new Ed25519PrivateKeyParameters(random).encode(encoded, prefix.length);
    return write(folder.resolve("content.pem"), "PRIVATE KEY", encoded);
  }

  /** Enrols a box: installs an operational certificate and a renewal credential. */
  public void enrol(Identity identity) throws IdentityException {
    identity.install(operational(identity), renewal(identity));
  }

  /** An operational chain for a box, leaf first. */
  public List<byte[]> operational(Identity identity) {
    return operational(boxLeaf(identity, now.plus(OPERATIONAL)));
  }

  /** A renewal chain for a box, leaf first. */
  public List<byte[]> renewal(Identity identity) {
    TestCertificate leaf =
        new TestCertificate(
                identity.box().text(), identity.signingKey().toArray(), from(), now.plus(RENEWAL))
            .uri("urn:hearth:box:" + identity.box())
            .usages(TestCertificate.CLIENT, TestCertificate.RENEWING);
    return renewal(leaf);
  }

  /** Whatever certificate, signed by the operational CA; leaf first. */
  public List<byte[]> operational(TestCertificate leaf) {
    return List.of(leaf.sign("operational CA", operationalKey, ++serial), operationalCa);
  }

  /** Whatever certificate, signed by the renewal CA; leaf first. */
  public List<byte[]> renewal(TestCertificate leaf) {
    return List.of(leaf.sign("renewal CA", renewalKey, ++serial), renewalCa);
  }

  /** A box's operational certificate, yet to be signed. */
  public TestCertificate boxLeaf(Identity identity, Instant until) {
    return new TestCertificate(
            identity.box().text(), identity.signingKey().toArray(), from(), until)
        .uri("urn:hearth:box:" + identity.box())
        .dns(identity.box() + ".box.hearth.internal")
        .usages(TestCertificate.SERVER, TestCertificate.CLIENT);
  }

  /** The anchor's certificate, DER. */
  public byte[] anchor() {
    return anchor.clone();
  }

  /** When its certificates begin. */
  public Instant from() {
    return now.minus(Duration.ofDays(1));
  }

  private byte[] authority(String name, Ed25519PrivateKeyParameters key) {
    return new TestCertificate(name, publicKey(key), from(), now.plus(RENEWAL))
        .authority()
        .sign("anchor", anchorKey, ++serial);
  }

  private static byte[] publicKey(Ed25519PrivateKeyParameters key) {
    byte[] prefix = HEX.parseHex("302a300506032b6570032100");
    byte[] encoded = new byte[prefix.length + 32];
    System.arraycopy(prefix, 0, encoded, 0, prefix.length);
    key.generatePublicKey().encode(encoded, prefix.length);
    return encoded;
  }

  private static Path write(Path file, String type, byte[] der) throws IOException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    String pem = "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    return Files.writeString(file, pem, StandardCharsets.US_ASCII);
  }
}
