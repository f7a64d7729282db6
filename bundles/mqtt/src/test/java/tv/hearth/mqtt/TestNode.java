package tv.hearth.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/** The two services that the bus needs, as far as it needs them; all else refuses. */
final class TestNode implements Identity, Neighbourhood {
  final AtomicLong generation = new AtomicLong(1);
  private final BoxId id;
  private final SSLContext tls;
  final Queue<Throwable> toThrow = new ConcurrentLinkedQueue<>();
  private volatile boolean enrolled = true;

  TestNode(BoxId id, SSLContext tls) {
    this.id = id;
    this.tls = tls;
  }

  /** A box id made of one repeated letter. */
  static BoxId id(char letter) {
    return new BoxId(String.valueOf(letter).repeat(32));
  }

  void enrolled(boolean value) {
    enrolled = value;
  }

  @Override
  public BoxId box() {
    return id;
  }

  @Override
  public long generation() {
    return generation.get();
  }

  @Override
  public boolean enrolled() {
    Throwable next = toThrow.poll();
    if (next instanceof Error error) {
      throw error;
    } else if (next instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return enrolled;
  }

  @Override
  public SSLContext tls() {
    return tls;
  }

  @Override
  public Optional<String> name() {
    return enrolled ? Optional.of("hamlet") : Optional.empty();
  }

  @Override
  public Optional<BoxMap> map() {
    return Optional.empty();
  }

  @Override
  public List<Endpoint> endpoints(BoxId box) {
    return List.of();
  }

  @Override
  public boolean heard(byte[] signedEndpoint) {
    return false;
  }

  @Override
  public List<byte[]> gossip(int limit) {
    return List.of();
  }

  @Override
  public Bytes signingKey() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Bytes exchangeKey() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OwnerId owner(Role role) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Bytes publicKey(Role role) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.BOX);
  }

  @Override
  public byte[] sign(Role role, String type, byte[] payload) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SSLContext enrolmentTls() {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] signingRequest() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void install(List<byte[]> operational, List<byte[]> renewal) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<byte[]> certificateChain() {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] claimProof(byte[] message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String claimId() {
    throw new UnsupportedOperationException();
  }
}
