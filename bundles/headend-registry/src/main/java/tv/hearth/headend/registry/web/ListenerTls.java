package tv.hearth.headend.registry.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.headend.registry.pki.TlsContexts;

/**
 * The listener's TLS: a key that lives in memory alone and a certificate made anew from day 15 on.
 * Trusts our two authorities. Thread-safe.
 */
public final class ListenerTls implements Supplier<SSLContext> {
  private final Credentials credentials;
  private final CertificateDesk desk;
  private final List<String> names;
  private final Clock clock;
  private final SecureRandom random;
  private SSLContext context;
  private Instant made = Instant.MIN;

  /**
   * With what issues.
   *
   * @param hosts names and addresses that it is reached by, beside localhost
   */
  public ListenerTls(
      Credentials credentials,
      CertificateDesk desk,
      List<String> hosts,
      Clock clock,
      SecureRandom random) {
    this.credentials = credentials;
    this.desk = desk;
    this.names = names(hosts);
    this.clock = clock;
    this.random = random;
  }

  private static List<String> names(List<String> hosts) {
    List<String> names = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
    for (String host : hosts) {
      boolean literal = host.matches("[0-9.]+") || host.contains(":");
      String name = (literal ? "ip:" : "dns:") + host;
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public synchronized SSLContext get() {
    Instant now = clock.instant();
    if (context == null || made.plus(CertificateDesk.RENEW_FROM).isBefore(now)) {
      context = make(now);
      made = now;
    }
    return context;
  }

  private SSLContext make(Instant now) {
    KeyPair pair = Ed25519Keys.generate(random);
    try {
      return TlsContexts.of(
          pair.getPrivate(),
          desk.listener(pair.getPublic(), names, now),
          List.of(credentials.operational().certificate(), credentials.renewal().certificate()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
