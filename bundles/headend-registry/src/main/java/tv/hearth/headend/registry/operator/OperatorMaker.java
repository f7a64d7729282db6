package tv.hearth.headend.registry.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.pki.Authority;
import tv.hearth.headend.registry.pki.CertificateProfile;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.headend.registry.pki.Pem;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.record.DelegationRecord;

/**
 * Makes the parts of an operator's folder. Each method makes one file or a few that go together.
 */
final class OperatorMaker {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration ROOT_LIFE = YEAR.multipliedBy(30);
  private static final Duration AUTHORITY_LIFE = YEAR.multipliedBy(20);
  private static final Duration BROKER_LIFE = YEAR.multipliedBy(2);
  private static final Duration DELEGATION_LIFE = YEAR.multipliedBy(2);

  /** Boxes have no clock of their own before the network tells them the time. */
  private static final Duration SKEW = Duration.ofHours(1);

  private final OperatorFiles files;
  private final String neighbourhood;
  private final Instant now;
  private final SecureRandom random;

  OperatorMaker(OperatorFiles files, String neighbourhood, Instant now, SecureRandom random) {
    this.files = files;
    this.neighbourhood = neighbourhood;
    this.now = now;
    this.random = random;
  }

  void folders() throws IOException {
    DurableFiles.createFolder(files.dir());
    for (String name : List.of("offline", "content", "claims", "operator", "broker", "headend")) {
      DurableFiles.createFolder(files.dir().resolve(name));
    }
  }

  Authority root() throws IOException, GeneralSecurityException {
    KeyPair pair = Ed25519Keys.generate(random);
    X509Certificate certificate =
        Authority.root(profile("Hearth root " + neighbourhood, pair, ROOT_LIFE), pair, random);
    KeyFiles.write(files.rootKey(), pair.getPrivate());
    KeyFiles.write(files.anchor(), List.of(certificate));
    KeyFiles.write(files.credentials().anchor(), List.of(certificate));
    return new Authority(certificate, pair.getPrivate());
  }

  Authority operational(Authority root) throws IOException, GeneralSecurityException {
    CredentialFiles at = files.credentials();
    return intermediate(
        root, "operational", List.of(), at.operationalCertificate(), at.operationalKey());
  }

  /**
   * Its certificate is restricted to renewal, so that OpenSSL refuses its chains for TLS clients
   * and servers even where only the root is trusted.
   */
  Authority renewal(Authority root) throws IOException, GeneralSecurityException {
    CredentialFiles at = files.credentials();
    List<String> usages = List.of(CertificateProfile.RENEWAL);
    return intermediate(root, "renewal", usages, at.renewalCertificate(), at.renewalKey());
  }

  private Authority intermediate(
      Authority root, String name, List<String> usages, Path certificateFile, Path keyFile)
      throws IOException, GeneralSecurityException {
    KeyPair pair = Ed25519Keys.generate(random);
    CertificateProfile plain =
        profile("Hearth " + name + " " + neighbourhood, pair, AUTHORITY_LIFE);
    X509Certificate certificate = root.issue(plain.withUsages(usages), random);
    KeyFiles.write(keyFile, pair.getPrivate());
    KeyFiles.write(certificateFile, List.of(certificate));
    return new Authority(certificate, pair.getPrivate());
  }

  private CertificateProfile profile(String name, KeyPair pair, Duration life) {
    return new CertificateProfile(
        name, pair.getPublic(), now.minus(SKEW), now.plus(life), List.of(), List.of(), true);
  }

  Bytes contentKey() throws IOException {
    KeyPair pair = Ed25519Keys.generate(random);
    byte[] spki = pair.getPublic().getEncoded();
    KeyFiles.write(files.contentKey(), pair.getPrivate());
    KeyFiles.writeText(files.contentPublic(), Pem.encode("PUBLIC KEY", spki));
    return Bytes.of(spki);
  }

  /** A new map key and the delegation that names it; the delegation is written last. */
  void delegate(int epoch, PrivateKey root, List<Bytes> contentKeys) throws IOException {
    KeyPair pair = Ed25519Keys.generate(random);
    Bytes mapKey = Bytes.of(pair.getPublic().getEncoded());
    DelegationRecord delegation =
        new DelegationRecord(epoch, 1, now.plus(DELEGATION_LIFE), mapKey, contentKeys);
    KeyFiles.write(files.credentials().mapKey(), pair.getPrivate());
    DurableFiles.write(files.credentials().delegation(), Delegations.sign(delegation, root));
  }

  void operator(Authority operational) throws IOException {
    String name = "uri:urn:hearth:operator:" + neighbourhood;
    client(operational, OperatorKeys.OPERATOR, name, files.operatorKey(), files.operatorChain());
  }

  /** For TR-369 controllers beside the headend; see the broker's access list. */
  void controller(Authority operational) throws IOException {
    String name = "uri:urn:hearth:controller:" + neighbourhood;
    client(
        operational, OperatorKeys.CONTROLLER, name, files.controllerKey(), files.controllerChain());
  }

  private void client(
      Authority operational, String common, String alternative, Path keyFile, Path chainFile)
      throws IOException {
    KeyPair pair = Ed25519Keys.generate(random);
    X509Certificate leaf =
        operational.issue(
            new CertificateProfile(
                common,
                pair.getPublic(),
                now.minus(SKEW),
                now.plus(BROKER_LIFE),
                List.of(alternative),
                List.of(CertificateProfile.CLIENT_AUTH),
                false),
            random);
    KeyFiles.write(keyFile, pair.getPrivate());
    KeyFiles.write(chainFile, List.of(leaf, operational.certificate()));
  }

  void broker(Authority operational, X509Certificate anchor, List<String> names)
      throws IOException {
    KeyPair pair = Ed25519Keys.generate(random);
    List<String> all = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
    all.addAll(names);
    X509Certificate leaf =
        operational.issue(
            new CertificateProfile(
                "broker",
                pair.getPublic(),
                now.minus(SKEW),
                now.plus(BROKER_LIFE),
                all,
                CertificateProfile.BOTH_SIDES,
                false),
            random);
    KeyFiles.write(files.broker("broker.key"), pair.getPrivate());
    KeyFiles.write(files.broker("broker.pem"), List.of(leaf, operational.certificate()));
    KeyFiles.write(files.broker("trust.pem"), List.of(operational.certificate()));
    KeyFiles.write(files.broker("cafile.pem"), List.of(operational.certificate(), anchor));
  }

  void name() throws IOException {
    KeyFiles.writeText(files.credentials().neighbourhood(), neighbourhood + "\n");
    KeyFiles.writeText(files.neighbourhood(), neighbourhood + "\n");
  }
}
