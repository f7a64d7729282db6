package tv.hearth.headend.registry.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts of the Java platform, from keys in memory. */
public final class TlsContexts {
  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  private TlsContexts() {}

  /**
   * Shows {@code chain} and trusts {@code anchors} alone.
   *
   * @param chain leaf first
   */
  public static SSLContext of(
      PrivateKey key, List<X509Certificate> chain, List<X509Certificate> anchors)
      throws IOException {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      KeyStore own = empty();
      own.setKeyEntry("own", key, IN_MEMORY, chain.toArray(new Certificate[0]));
      keys.init(own, IN_MEMORY);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      KeyStore trusted = empty();
      for (X509Certificate anchor : anchors) {
        trusted.setCertificateEntry("anchor" + trusted.size(), anchor);
      }
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("can't set up TLS with these keys and certificates", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
