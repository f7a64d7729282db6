package tv.hearth.tests.contracts.crypto;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A TLS peer that shows whatever chain it is given, in whatever order, and trusts all below the
 * operator's anchor: brokers, listeners, and attackers.
 *
 * @param chain DER, leaf first or not
 */
public record Peer(TestOperator operator, PrivateKey key, List<byte[]> chain) {

  /** With an operational certificate of these extended key usages. */
  public static Peer of(TestOperator operator, String... usages) {
    KeyPair pair = pair();
    return new Peer(
        operator, pair.getPrivate(), operator.operational(leaf(operator, pair, usages)));
  }

  /** With a certificate from the renewal CA of these extended key usages. */
  public static Peer renewing(TestOperator operator, String... usages) {
    KeyPair pair = pair();
    return new Peer(operator, pair.getPrivate(), operator.renewal(leaf(operator, pair, usages)));
  }

  /** The same key with another chain. */
  public Peer showing(List<byte[]> other) {
    return new Peer(operator, key, other);
  }

  /** Its context, for either side. */
  public SSLContext context() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("anchor", parse(operator.anchor()));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      X509Certificate[] shown = new X509Certificate[chain.size()];
      for (int i = 0; i < shown.length; i++) {
        shown[i] = parse(chain.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Show(key, shown)}, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("a test peer could not be made", e);
    }
  }

  private static TestCertificate leaf(TestOperator operator, KeyPair pair, String... usages) {
    return new TestCertificate(
            "peer",
            pair.getPublic().getEncoded(),
            operator.from(),
            operator.from().plus(Duration.ofDays(40)))
        .dns("localhost")
        .usages(usages);
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks Ed25519", e);
    }
  }

  private static X509Certificate parse(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** All certificates of several chains, one after the other. */
  @SafeVarargs
  public static List<byte[]> joined(List<byte[]>... chains) {
    List<byte[]> all = new ArrayList<>();
    for (List<byte[]> chain : chains) {
      all.addAll(chain);
    }
    return all;
  }

  /** Always the one key and the one chain. */
  private static final class Show extends X509ExtendedKeyManager {
    private static final String ALIAS = "peer";
    private final PrivateKey key;
    private final X509Certificate[] chain;

    Show(PrivateKey key, X509Certificate[] chain) {
      this.key = key;
      this.chain = chain;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return keyType.equals("EdDSA") ? ALIAS : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }
}
