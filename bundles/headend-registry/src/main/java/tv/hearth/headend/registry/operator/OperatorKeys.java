package tv.hearth.headend.registry.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.pki.Authority;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.headend.registry.pki.TlsContexts;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.RecordException;

/**
 * An operator's key material in a folder: everything that {@link #create} makes is readable by its
 * owner alone. Who needs what is on docs/operator-keys.md. Not thread-safe.
 */
public final class OperatorKeys {
  /** Common name of the operator's own client certificate. */
  public static final String OPERATOR = "operator";

  /** Common name of the client certificate of TR-369 controllers beside the headend. */
  public static final String CONTROLLER = "controller";

  private static final Pattern NEIGHBOURHOOD = Pattern.compile("[a-z0-9-]{1,32}");
  private final OperatorFiles files;
  private final String neighbourhood;
  private final Clock clock;
  private final SecureRandom random;

  private OperatorKeys(
      OperatorFiles files, String neighbourhood, Clock clock, SecureRandom random) {
    this.files = files;
    this.neighbourhood = neighbourhood;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a new operator's folder.
   *
   * @param dir must not hold an operator yet
   * @param neighbourhood 1…32 of {@code a-z 0-9 -}
   */
  public static OperatorKeys create(
      Path dir, String neighbourhood, Clock clock, SecureRandom random) throws IOException {
    if (!NEIGHBOURHOOD.matcher(neighbourhood).matches()) {
      throw new IllegalArgumentException(
          "a neighbourhood's name is 1…32 of a-z, 0-9 and -, not '" + neighbourhood + "'");
    }
    OperatorFiles files = new OperatorFiles(dir);
    if (Files.exists(files.anchor())) {
      throw new IOException(dir + " holds an operator already: open it, or choose another folder");
    }
    OperatorMaker maker = new OperatorMaker(files, neighbourhood, clock.instant(), random);
    try {
      maker.folders();
      Authority root = maker.root();
      Authority operational = maker.operational(root);
      maker.renewal(root);
      maker.delegate(0, KeyFiles.key(files.rootKey()), List.of(maker.contentKey()));
      maker.operator(operational);
      maker.controller(operational);
      maker.broker(operational, root.certificate(), List.of());
      maker.name();
    } catch (GeneralSecurityException e) {
      throw new IOException("can't make the operator's keys in " + dir, e);
    }
    return new OperatorKeys(files, neighbourhood, clock, random);
  }

  /** Opens a folder that {@link #create} made, with the system's clock and randomness. */
  public static OperatorKeys open(Path dir) throws IOException {
    return open(dir, Clock.systemUTC(), new SecureRandom());
  }

  /** Opens a folder that {@link #create} made. */
  public static OperatorKeys open(Path dir, Clock clock, SecureRandom random) throws IOException {
    OperatorFiles files = new OperatorFiles(dir);
    if (!Files.exists(files.neighbourhood())) {
      throw new IOException(dir + " holds no (whole) operator: create one first");
    }
    String name = KeyFiles.readText(files.neighbourhood()).strip();
    return new OperatorKeys(files, name, clock, random);
  }

  /** The neighbourhood's name. */
  public String neighbourhood() {
    return neighbourhood;
  }

  /** A new claim code for one box. */
  public Path newClaim() throws IOException {
    return newClaim(ClaimKind.BOX);
  }

  /**
   * A new claim code for one node; a running headend learns of it by itself.
   *
   * @return the file that the node's {@code claim} setting names
   */
  public Path newClaim(ClaimKind kind) throws IOException {
    return newClaim(kind, "");
  }

  /**
   * A new claim code for a node that takes another one's place: that one leaves the neighbourhood
   * when this one enrols.
   *
   * @param replaces id of the claim that the other one has (not its code)
   */
  public Path newClaim(ClaimKind kind, String replaces) throws IOException {
    Path table = files.credentials().claims();
    ClaimTable known = ClaimTable.read(table);
    if (!replaces.isEmpty() && known.find(replaces).isEmpty()) {
      throw new IOException(table + " has no claim " + replaces + " to be replaced");
    }
    Claim claim = ClaimTable.draw(kind, replaces, random);
    known.with(claim).write(table);
    Path file = files.claim(claim.id());
    KeyFiles.writeText(file, claim.code() + "\n");
    return file;
  }

  /** Ids of the claims whose place that one takes, the nearest first; empty where there is none. */
  public List<String> claimsBefore(String id) throws IOException {
    ClaimTable known = ClaimTable.read(files.credentials().claims());
    return known.find(id).map(known::replacedBy).orElse(List.of()).stream().map(Claim::id).toList();
  }

  /** The root certificate that every node trusts: public. */
  public Path anchor() {
    return files.anchor();
  }

  /** The root's private key: belongs offline. */
  public Path rootKey() {
    return files.rootKey();
  }

  /** The content authority's private key (PKCS#8): for ingest nodes, never for the headend. */
  public Path contentKey() {
    return files.contentKey();
  }

  /** The folder that the headend needs, all of it and nothing else. */
  public Path headendCredentials() {
    return files.headend();
  }

  /** The broker's chain, leaf first. */
  public Path brokerCertificate() {
    return files.broker("broker.pem");
  }

  /** The broker's private key. */
  public Path brokerKey() {
    return files.broker("broker.key");
  }

  /** The operational authority alone: what a broker on Java trusts its clients by. */
  public Path brokerTrust() {
    return files.broker("trust.pem");
  }

  /** The operational authority and the root: what a broker on OpenSSL (Mosquitto) needs. */
  public Path brokerCaFile() {
    return files.broker("cafile.pem");
  }

  /** The operator's client chain for the headend's fleet pages. */
  public Path operatorCertificate() {
    return files.operatorChain();
  }

  /** Its private key. */
  public Path operatorKey() {
    return files.operatorKey();
  }

  /** The client chain of TR-369 controllers beside the headend: opens the broker alone. */
  public Path controllerCertificate() {
    return files.controllerChain();
  }

  /** Its private key. */
  public Path controllerKey() {
    return files.controllerKey();
  }

  /**
   * A new broker key and certificate (2 years) for these DNS names or IP addresses besides
   * localhost.
   */
  public void renewBroker(List<String> dnsNames, List<String> addresses) throws IOException {
    List<String> names = new java.util.ArrayList<>();
    dnsNames.forEach(name -> names.add("dns:" + name));
    addresses.forEach(address -> names.add("ip:" + address));
    maker().broker(operational(), KeyFiles.chain(files.anchor()).get(0), names);
  }

  /** A new operator key and certificate (2 years). */
  public void renewOperator() throws IOException {
    maker().operator(operational());
  }

  /** A new controller key and certificate (2 years); also for an operator that has none yet. */
  public void renewController() throws IOException {
    maker().controller(operational());
  }

  /** TLS as the operator, trusting the root alone: for the headend's fleet pages. */
  public SSLContext operatorTls() throws IOException {
    return tls(files);
  }

  /**
   * The same from a console's folder: {@code anchor.pem} and the operator's certificate and key in
   * {@code operator/}, and nothing else of the operator's.
   */
  public static SSLContext consoleTls(Path dir) throws IOException {
    return tls(new OperatorFiles(dir));
  }

  private static SSLContext tls(OperatorFiles files) throws IOException {
    return TlsContexts.of(
        KeyFiles.key(files.operatorKey()),
        KeyFiles.chain(files.operatorChain()),
        KeyFiles.chain(files.anchor()));
  }

  /** The delegation's epoch. */
  public int epoch() throws IOException {
    return delegation().epoch();
  }

  /**
   * Recovers from a stolen map key or a lost headend: a new map key and a delegation with the next
   * epoch, signed by the root, whose key must be in the folder. Restart the headend with the new
   * credentials; every node then refuses the old map key.
   *
   * @return the new epoch
   */
  public int raiseEpoch() throws IOException {
    DelegationRecord old = delegation();
    int epoch = Math.addExact(old.epoch(), 1);
    List<Bytes> contentKeys = old.contentKeys();
    maker().delegate(epoch, KeyFiles.key(files.rootKey()), contentKeys);
    return epoch;
  }

  private DelegationRecord delegation() throws IOException {
    X509Certificate anchor = KeyFiles.chain(files.anchor()).get(0);
    PublicKey root = anchor.getPublicKey();
    Path file = files.credentials().delegation();
    try {
      return Delegations.verify(Files.readAllBytes(file), root);
    } catch (RecordException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private Authority operational() throws IOException {
    CredentialFiles at = files.credentials();
    return KeyFiles.authority(at.operationalCertificate(), at.operationalKey());
  }

  private OperatorMaker maker() {
    return new OperatorMaker(files, neighbourhood, clock.instant(), random);
  }
}
