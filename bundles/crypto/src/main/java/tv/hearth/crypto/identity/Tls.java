package tv.hearth.crypto.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import tv.hearth.crypto.primitive.Ed25519Key;

/**
 * Makes TLS contexts of the JDK's classes alone, so that a context that outlives this bundle keeps
 * nothing of it.
 *
 * <p>Who has a renewal credential, whose chain leads to the anchor too, must not get in on the
 * operational path. The JDK's own means do that: the selector asks every peer's leaf for both TLS
 * usages, which a renewal credential lacks. The JDK forgets the selector where a peer sends its
 * chain out of order and it builds a path by itself; a longest built path of 0 intermediate
 * certificates closes that way, as every leaf of ours has one above it. A test holds the JDK to it.
 */
final class Tls {
  private static final int SESSIONS = 256;
  private static final int SESSION_SECONDS = 3600;
  private static final char[] IN_MEMORY = "in memory".toCharArray();
  private final Anchors anchors;
  private final SecureRandom random;

  Tls(Anchors anchors, SecureRandom random) {
    this.anchors = anchors;
    this.random = random;
  }

  /** For boxes and broker. */
  SSLContext mutual(List<X509Certificate> chain, Ed25519Key key) {
    X509CertSelector operational = new X509CertSelector();
    try {
      operational.setExtendedKeyUsage(Set.of(Purpose.SERVER, Purpose.CLIENT));
    } catch (IOException e) {
      throw new IllegalStateException("the usages of TLS are no identifiers to this platform", e);
    }
    return context(chain, key, operational, 0);
  }

  /** For the enrolment listener, with the renewal credential or none (an empty chain). */
  SSLContext enrolment(List<X509Certificate> chain, Ed25519Key key) {
    return context(chain, key, new X509CertSelector(), 2);
  }

  private SSLContext context(
      List<X509Certificate> chain, Ed25519Key key, X509CertSelector peers, int longestBuilt) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] own = chain.isEmpty() ? new KeyManager[0] : keyManagers(chain, key);
      context.init(own, trustManagers(peers, longestBuilt), random);
      bound(context.getClientSessionContext());
      bound(context.getServerSessionContext());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java platform can't do TLS with Ed25519", e);
    }
  }

  private TrustManager[] trustManagers(X509CertSelector peers, int longestBuilt)
      throws GeneralSecurityException {
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors.trusted(), peers);
    parameters.setRevocationEnabled(false);
    parameters.setMaxPathLength(longestBuilt);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return factory.getTrustManagers();
  }

  private static KeyManager[] keyManagers(List<X509Certificate> chain, Ed25519Key key)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("node", key.toJdk(), IN_MEMORY, chain.toArray(new Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static void bound(SSLSessionContext sessions) {
    sessions.setSessionCacheSize(SESSIONS);
    sessions.setSessionTimeout(SESSION_SECONDS);
  }
}
