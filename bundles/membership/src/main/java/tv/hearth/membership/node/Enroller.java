package tv.hearth.membership.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.membership.enrol.Application;
import tv.hearth.membership.enrol.Backoff;
import tv.hearth.membership.enrol.Due;
import tv.hearth.membership.enrol.EnrolmentClient;
import tv.hearth.membership.enrol.RefusedException;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.RecordException;

/** Enrols and renews when it is due, and waits longer after each failure. Not thread-safe. */
final class Enroller {
  private static final System.Logger LOG = System.getLogger(Enroller.class.getName());

  /** Between two exchanges that worked: the map that shows the first takes its time. */
  private static final Duration SPACING = Duration.ofMinutes(1);

  private final MemberSettings settings;
  private final EnrolmentClient client;
  private final Clock clock;
  private final Backoff backoff;
  private final AtomicLong failures = new AtomicLong();
  private Instant next = Instant.MIN;
  private volatile String trouble = "";

  Enroller(MemberSettings settings, EnrolmentClient client, Clock clock, RandomGenerator random) {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
    this.backoff = new Backoff(random);
  }

  /** The reason of the last failure; empty after a success. */
  String trouble() {
    return trouble;
  }

  /** How often it failed. */
  long failures() {
    return failures.get();
  }

  /** When to look again, if nothing happens before: after the back-off, else in a minute. */
  Duration pause() {
    Duration usual = Duration.ofMinutes(1);
    Duration left = Duration.between(clock.instant(), next);
    boolean waits = !trouble.isEmpty() && left.compareTo(usual) < 0;
    return waits ? Duration.ofMillis(Math.max(50, left.toMillis())) : usual;
  }

  /** Asks the headend where something is due; the answer where it gave one, already installed. */
  Optional<EnrolAnswer> run(
      Identity identity, Optional<String> name, Optional<BoxMap> map, List<Endpoint> at) {
    if (clock.instant().isBefore(next)) {
      return Optional.empty();
    }
    try {
      Due due = due(identity, name, map);
      if (due == Due.NOTHING) {
        worked();
        return Optional.empty();
      }
      EnrolAnswer answer = ask(due, identity, at);
      check(answer, identity, name);
      identity.install(answer.operational(), answer.renewal());
      worked();
      next = clock.instant().plus(SPACING);
      LOG.log(System.Logger.Level.INFO, "enrolled in " + answer.neighbourhood());
      return Optional.of(answer);
    } catch (IOException | IdentityException | RecordException | RuntimeException e) {
      failed(e);
      return Optional.empty();
    }
  }

  private Due due(Identity identity, Optional<String> name, Optional<BoxMap> map)
      throws IdentityException {
    Due.Keys keys =
        new Due.Keys(
            identity.signingKey(), identity.exchangeKey(), identity.publicKey(Role.HOUSEHOLD));
    return Due.of(
        leaf(identity),
        name.isPresent(),
        map.isPresent(),
        map.flatMap(m -> m.box(identity.box())),
        keys,
        clock.instant());
  }

  private static Optional<X509Certificate> leaf(Identity identity) throws IdentityException {
    List<byte[]> chain = identity.certificateChain();
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    try {
      ByteArrayInputStream der = new ByteArrayInputStream(chain.get(0));
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return Optional.of((X509Certificate) factory.generateCertificate(der));
    } catch (CertificateException e) {
      throw new IdentityException(
          IdentityException.Problem.BAD_CERTIFICATE, "the installed certificate is damaged", e);
    }
  }

  private EnrolAnswer ask(Due due, Identity identity, List<Endpoint> at)
      throws IOException, IdentityException, RecordException {
    if (settings.enrolment().isEmpty()) {
      throw new IOException("set 'enrolment' to the headend's https address");
    }
    if (due == Due.RENEW) {
      try {
        return post("/v1/renew", identity, renewal(identity, at));
      } catch (RefusedException e) {
        if (!e.problem().equals("BAD_CREDENTIAL")) {
          throw e;
        }
        LOG.log(System.Logger.Level.INFO, "renewal was refused, the claim is tried", e);
      }
    }
    byte[] request =
        Application.enrol(identity, settings.model(), settings.location(), at, clock.instant());
    return post("/v1/enrol", identity, request);
  }

  private byte[] renewal(Identity identity, List<Endpoint> at) throws IdentityException {
    return Application.renew(identity, settings.model(), settings.location(), at, clock.instant());
  }

  private EnrolAnswer post(String path, Identity identity, byte[] request)
      throws IOException, IdentityException, RecordException {
    return EnrolAnswer.decode(client.post(url(path), identity.enrolmentTls(), request));
  }

  private URL url(String path) throws IOException {
    try {
      return new URL(settings.enrolment().replaceAll("/+$", "") + path);
    } catch (MalformedURLException e) {
      throw new IOException(
          "'enrolment' is '"
              + settings.enrolment()
              + "': set it to https://HOST:PORT, an IPv6 address in brackets",
          e);
    }
  }

  private static void check(EnrolAnswer answer, Identity identity, Optional<String> name)
      throws IOException {
    if (!answer.box().equals(identity.box())) {
      throw new IOException("the headend answered for box " + answer.box());
    }
    if (!answer.neighbourhood().matches("[a-z0-9-]{1,32}")) {
      throw new IOException("the headend gave no good name of the neighbourhood");
    }
    if (name.filter(known -> !known.equals(answer.neighbourhood())).isPresent()) {
      throw new IOException(
          "the headend is of neighbourhood "
              + answer.neighbourhood()
              + ", this box is in "
              + name.get()
              + ": set the right address, or wipe the box to move it");
    }
  }

  private void worked() {
    backoff.worked();
    next = Instant.MIN;
    trouble = "";
  }

  private void failed(Exception e) {
    Duration wait = backoff.failed();
    next = clock.instant().plus(wait);
    trouble = e.getMessage() == null ? e.toString() : e.getMessage();
    failures.incrementAndGet();
    LOG.log(
        System.Logger.Level.WARNING,
        "enrolment failed, again in " + wait.toMillis() + " ms: " + trouble);
  }
}
