package tv.hearth.crypto.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.api.identity.Role;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.crypto.keys.KeySet;
import tv.hearth.crypto.keys.Keys;
import tv.hearth.crypto.primitive.Ed25519Key;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.text.KeyIds;

/** The node's identity over its key file and certificate file. Thread-safe. */
public class NodeIdentity implements Identity {
  private static final int MAX_PAYLOAD = Sign1.MAX - 256;
  private final Keys keys;
  private final Optional<Ed25519Key> content;
  private final CertificateStore store;
  private final Tls tls;
  private final Claim claim;
  private final Clock clock;
  private volatile Certificates certificates;
  private SSLContext operationalContext;

  /**
   * Loads the certificates.
   *
   * @param content the content authority's key, on ingest nodes
   */
  public NodeIdentity(
      Keys keys,
      Optional<Ed25519Key> content,
      Anchors anchors,
      CertificateFile file,
      Claim claim,
      Clock clock,
      SecureRandom random)
      throws IdentityException {
    this.keys = keys;
    this.content = content;
    this.store = new CertificateStore(file, anchors, clock);
    this.tls = new Tls(anchors, random);
    this.claim = claim;
    this.clock = clock;
    this.certificates = store.load(signingKey());
  }

  @Override
  public final BoxId box() {
    return keys.current().material().box();
  }

  @Override
  public final Bytes signingKey() {
    return keys.current().identity().publicKey();
  }

  @Override
  public final Bytes exchangeKey() {
    return keys.current().exchangeKey();
  }

  @Override
  public final OwnerId owner(Role role) throws IdentityException {
    if (role == Role.BOX) {
      throw new IdentityException(
          Problem.NO_SUCH_KEY, "a box owns no objects: ask for HOUSEHOLD or CONTENT");
    }
    return new OwnerId(KeyIds.of(publicKey(role).toArray()));
  }

  @Override
  public final Bytes publicKey(Role role) throws IdentityException {
    return key(role).publicKey();
  }

  @Override
  public final Set<Role> roles() {
    Set<Role> roles = EnumSet.of(Role.BOX, Role.HOUSEHOLD);
    if (content.isPresent()) {
      roles.add(Role.CONTENT);
    }
    return roles;
  }

  @Override
  public final byte[] sign(Role role, String type, byte[] payload) throws IdentityException {
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a " + type + " of " + payload.length + " bytes; at most " + MAX_PAYLOAD + " are signed");
    }
    byte[] signature = key(role).sign(Sign1.toBeSigned(type, payload));
    return new Sign1(type, payload, signature).encode();
  }

  @Override
  public final long generation() {
    return certificates.generation();
  }

  @Override
  public final boolean enrolled() {
    List<?> chain = certificates.operational();
    return !chain.isEmpty() && invalid().isEmpty();
  }

  @Override
  public final synchronized SSLContext tls() throws IdentityException {
    if (certificates.operational().isEmpty()) {
      throw new IdentityException(
          Problem.NOT_ENROLLED, "this node has no certificate yet: it must enrol first");
    }
    Optional<String> invalid = invalid();
    if (invalid.isPresent()) {
      throw new IdentityException(
          Problem.BAD_CERTIFICATE,
          "the operational certificate " + invalid.get() + ": renew it, and check the clock");
    }
    if (operationalContext == null) {
      operationalContext = tls.mutual(certificates.operational(), keys.current().identity());
    }
    return operationalContext;
  }

  @Override
  public final SSLContext enrolmentTls() {
    var renewal = certificates.renewal();
    boolean usable = Certificates.invalid(renewal, clock.instant()).isEmpty();
    return tls.enrolment(usable ? renewal : List.of(), keys.current().identity());
  }

  @Override
  public final byte[] signingRequest() {
    KeySet current = keys.current();
    return SigningRequest.make(current.material().box(), current.identity());
  }

  @Override
  public final synchronized void install(List<byte[]> operational, List<byte[]> renewal)
      throws IdentityException {
    certificates = store.install(operational, renewal, signingKey(), certificates);
    operationalContext = null;
  }

  @Override
  public final List<byte[]> certificateChain() {
    return Certificates.encode(certificates.operational());
  }

  @Override
  public final byte[] claimProof(byte[] message) throws IdentityException {
    return claim.proof(message);
  }

  @Override
  public final String claimId() throws IdentityException {
    return claim.id();
  }

  private Optional<String> invalid() {
    return Certificates.invalid(certificates.operational(), clock.instant());
  }

  private Ed25519Key key(Role role) throws IdentityException {
    KeySet current = keys.current();
    return switch (role) {
      case BOX -> current.identity();
      case HOUSEHOLD -> current.householdKey();
      case CONTENT ->
          content.orElseThrow(
              () ->
                  new IdentityException(
                      Problem.NO_SUCH_KEY,
                      "this node does not hold the content authority's key (contentKey)"));
    };
  }
}
