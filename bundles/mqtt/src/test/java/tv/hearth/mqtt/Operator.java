package tv.hearth.mqtt;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tv.hearth.broker.BrokerSettings;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.Authority;
import tv.hearth.headend.registry.pki.CertificateProfile;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.headend.registry.pki.KeyFiles;

/** An operator with the real folder of keys, who hands out certificates without an enrolment. */
final class Operator {
  static final Path ACCESS_LIST = Path.of("../../runtime/config/topics.acl").toAbsolutePath();

  final OperatorKeys keys;
  private final SecureRandom random = new SecureRandom();

  Operator(Path dir) throws IOException, GeneralSecurityException {
    keys = OperatorKeys.create(dir, "hamlet", Clock.systemUTC(), random);
  }

  BrokerSettings broker(Path dir, int port) {
    return new BrokerSettings(
        dir,
        "127.0.0.1",
        port,
        keys.anchor(),
        List.of(keys.brokerTrust()),
        keys.brokerCertificate(),
        keys.brokerKey(),
        List.of(),
        ACCESS_LIST);
  }

  /** What {@code Identity.tls()} of an enrolled node is. */
  SSLContext tls(String name) throws IOException, GeneralSecurityException {
    return tls(
        name,
        "operational",
        List.of(CertificateProfile.CLIENT_AUTH, CertificateProfile.SERVER_AUTH));
  }

  /** A credential for the enrolment listener, wrongly shown to the broker. */
  SSLContext renewalTls(String name) throws IOException, GeneralSecurityException {
    return tls(
        name, "renewal", List.of(CertificateProfile.CLIENT_AUTH, CertificateProfile.RENEWAL));
  }

  /** A node of this operator that trusts another one's brokers. */
  SSLContext tlsTrusting(String name, Operator other) throws IOException, GeneralSecurityException {
    KeyStore own = keyStore(name, "operational", List.of(CertificateProfile.CLIENT_AUTH));
    return context(own, other);
  }

  /** The broker's own certificate, for impostors that have stolen it. */
  SSLContext brokerTls() throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    X509Certificate[] chain =
        KeyFiles.chain(keys.brokerCertificate()).toArray(X509Certificate[]::new);
    own.setKeyEntry("broker", KeyFiles.key(keys.brokerKey()), new char[0], chain);
    return context(own, this);
  }

  /** Trusts the operator, shows nothing. */
  SSLContext anonymousTls() throws IOException, GeneralSecurityException {
    KeyStore none = KeyStore.getInstance("PKCS12");
    none.load(null, null);
    return context(none, this);
  }

  private SSLContext tls(String name, String authority, List<String> usages)
      throws IOException, GeneralSecurityException {
    return context(keyStore(name, authority, usages), this);
  }

  private KeyStore keyStore(String name, String authority, List<String> usages)
      throws IOException, GeneralSecurityException {
    Path credentials = keys.headendCredentials();
    Authority issuer =
        KeyFiles.authority(
            credentials.resolve(authority + "-ca.pem"), credentials.resolve(authority + "-ca.key"));
    KeyPair pair = Ed25519Keys.generate(random);
    Instant now = Instant.now();
    X509Certificate leaf =
        issuer.issue(
            new CertificateProfile(
                name,
                pair.getPublic(),
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(45)),
                List.of("uri:urn:hearth:box:" + name, "dns:" + name + ".box.hearth.internal"),
                usages,
                false),
            random);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    X509Certificate[] chain = {leaf, issuer.certificate()};
    own.setKeyEntry("box", pair.getPrivate(), new char[0], chain);
    return own;
  }

  private SSLContext context(KeyStore own, Operator trusted)
      throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("anchor", KeyFiles.chain(trusted.keys.anchor()).get(0));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), random);
    return context;
  }
}
