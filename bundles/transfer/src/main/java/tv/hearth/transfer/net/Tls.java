package tv.hearth.transfer.net;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.transfer.serve.Services;

/**
 * Engines for new connections, of the current certificate. TLS 1.3 alone, both sides authenticated
 * by chain; the JDK's engine. Thread-safe.
 */
final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final List<String> WITH_AES_IN_HARDWARE =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final List<String> WITHOUT =
      List.of("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");

  private final Services services;
  private SSLContext context;
  private long generation;

  Tls(Services services) {
    this.services = services;
  }

  /**
   * An engine for one connection.
   *
   * @throws IdentityException NOT_ENROLLED before there is a certificate
   */
  SSLEngine engine(boolean client, String host, int port) throws IdentityException {
    SSLEngine engine = current().createSSLEngine(host, port);
    engine.setUseClientMode(client);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(suites(engine.getSupportedCipherSuites()));
    parameters.setNeedClientAuth(!client);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    return engine;
  }

  private synchronized SSLContext current() throws IdentityException {
    Identity identity = services.identity.now().orElse(null);
    if (identity != null && (context == null || identity.generation() != generation)) {
      long now = identity.generation();
      context = identity.tls();
      generation = now;
    }
    if (context == null) {
      throw new IdentityException(
          IdentityException.Problem.NOT_ENROLLED, "no certificate yet: is crypto started?");
    }
    return context;
  }

  /** ARMv7 has no AES instructions: ChaCha20 goes first there. */
  private static String[] suites(String[] supported) {
    List<String> wished =
        System.getProperty("os.arch", "").equals("arm") ? WITHOUT : WITH_AES_IN_HARDWARE;
    Set<String> suites = new LinkedHashSet<>(wished);
    suites.retainAll(Arrays.asList(supported));
    return suites.toArray(String[]::new);
  }
}
