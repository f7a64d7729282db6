package tv.hearth.headend.registry.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.pki.Authority;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.support.record.DelegationRecord;

class OperatorKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  @TempDir Path temp;
  private OperatorKeys keys;
  private CredentialFiles credentials;

  @BeforeEach
  void create() throws IOException {
    keys = OperatorKeys.create(temp.resolve("op"), "hamlet", clock, new SecureRandom());
    credentials = new CredentialFiles(keys.headendCredentials());
  }

  @Test
  void everyFileIsForItsOwnerAlone() throws IOException {
    keys.newClaim();
    try (Stream<Path> all = Files.walk(temp.resolve("op"))) {
      for (Path path : all.toList()) {
        String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
        String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertEquals(expected, found, path.toString());
      }
    }
  }

  @Test
  void chainsLeadToTheAnchor() throws Exception {
    validate(KeyFiles.chain(keys.brokerCertificate()));
    validate(KeyFiles.chain(keys.operatorCertificate()));
    validate(KeyFiles.chain(keys.controllerCertificate()));
    validate(KeyFiles.chain(credentials.renewalCertificate()));
  }

  private void validate(List<X509Certificate> chain) throws Exception {
    X509Certificate anchor = KeyFiles.chain(keys.anchor()).get(0);
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
  }

  @Test
  void rootAndContentKeysAreNotOnTheHeadend() throws IOException {
    byte[] root = Files.readAllBytes(keys.rootKey());
    byte[] content = Files.readAllBytes(keys.contentKey());
    try (Stream<Path> files = Files.list(keys.headendCredentials())) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        assertFalse(java.util.Arrays.equals(bytes, root), file.toString());
        assertFalse(java.util.Arrays.equals(bytes, content), file.toString());
      }
    }
  }

  @Test
  void delegationNamesMapAndContentKeys() throws Exception {
    DelegationRecord delegation = delegation();
    assertEquals(0, delegation.epoch());
    assertEquals(1, delegation.contentKeys().size());
    assertTrue(delegation.expires().isAfter(NOW));
    new Authority(
        KeyFiles.chain(credentials.renewalCertificate()).get(0),
        KeyFiles.key(credentials.renewalKey()));
  }

  @Test
  void raisedEpochHasAnotherMapKeyAndTheSameContentKeys() throws Exception {
    DelegationRecord before = delegation();
    assertEquals(1, keys.raiseEpoch());
    assertEquals(1, OperatorKeys.open(temp.resolve("op")).epoch());
    DelegationRecord after = delegation();
    assertNotEquals(before.mapKey(), after.mapKey());
    assertEquals(before.contentKeys(), after.contentKeys());
  }

  @Test
  void anotherOperatorsRootIsRefusedByName() throws Exception {
    OperatorKeys other =
        OperatorKeys.create(temp.resolve("other"), "hamlet", clock, new SecureRandom());
    Files.copy(
        other.headendCredentials().resolve("delegation.cose"),
        credentials.delegation(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    IOException e = assertThrows(IOException.class, keys::epoch);
    assertTrue(e.getMessage().contains("not signed by the key"), e.getMessage());
  }

  @Test
  void claimsAreDistinctAndKnownToTheHeadend() throws IOException {
    String first = Files.readString(keys.newClaim()).strip();
    String second = Files.readString(keys.newClaim(ClaimKind.INGEST)).strip();
    assertNotEquals(first, second);
    assertTrue(first.length() * 5 >= 128, "bits of a claim");
    ClaimTable table = ClaimTable.read(credentials.claims());
    assertEquals(2, table.size());
    Claim ingest = table.find(new Claim(second, ClaimKind.BOX).id()).orElseThrow();
    assertEquals(ClaimKind.INGEST, ingest.kind());
    assertFalse(ingest.toString().contains(second), "a secret in a log");
  }

  @Test
  void aClaimMayTakeThePlaceOfAnotherAndOfThoseThatItReplaced() throws IOException {
    Claim first = new Claim(Files.readString(keys.newClaim()).strip(), ClaimKind.BOX);
    String second = Files.readString(keys.newClaim(ClaimKind.BOX, first.id())).strip();
    String secondId = new Claim(second, ClaimKind.BOX).id();
    String third = Files.readString(keys.newClaim(ClaimKind.BOX, secondId)).strip();
    ClaimTable table = ClaimTable.read(credentials.claims());
    Claim newest = table.find(new Claim(third, ClaimKind.BOX).id()).orElseThrow();
    assertEquals(
        List.of(secondId, first.id()), table.replacedBy(newest).stream().map(Claim::id).toList());
    assertTrue(table.isReplaced(first.id()));
    assertFalse(table.isReplaced(newest.id()));
    IOException e =
        assertThrows(IOException.class, () -> keys.newClaim(ClaimKind.BOX, "0123456789abcdef"));
    assertTrue(e.getMessage().contains("no claim 0123456789abcdef"), e.getMessage());
  }

  @Test
  void namesThatDoNotFitAreRefused() {
    Path dir = temp.resolve("bad");
    for (String name : List.of("", "Hamlet", "a/b", "x".repeat(33))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> OperatorKeys.create(dir, name, clock, new SecureRandom()));
    }
  }

  @Test
  void aConsoleNeedsTheAnchorAndItsOwnCertificateAlone() throws Exception {
    Path console = temp.resolve("console");
    Files.createDirectories(console.resolve("operator"));
    for (String file : List.of("anchor.pem", "operator/operator.pem", "operator/operator.key")) {
      assertThrows(IOException.class, () -> OperatorKeys.consoleTls(console), file);
      Files.copy(temp.resolve("op").resolve(file), console.resolve(file));
    }
    assertNotNull(OperatorKeys.consoleTls(console).getSocketFactory());
  }

  @Test
  void anExistingOperatorIsNotOverwritten() {
    assertThrows(
        IOException.class,
        () -> OperatorKeys.create(temp.resolve("op"), "hamlet", clock, new SecureRandom()));
    assertThrows(IOException.class, () -> OperatorKeys.open(temp.resolve("none")));
  }

  @Test
  void damagedClaimTableIsRefusedByName() throws IOException {
    Files.writeString(credentials.claims(), "hearth-claims 2\n");
    IOException e = assertThrows(IOException.class, keys::newClaim);
    assertTrue(e.getMessage().contains("hearth-claims 1"), e.getMessage());
  }

  private DelegationRecord delegation() throws Exception {
    X509Certificate anchor = KeyFiles.chain(keys.anchor()).get(0);
    return Delegations.verify(Files.readAllBytes(credentials.delegation()), anchor.getPublicKey());
  }
}
