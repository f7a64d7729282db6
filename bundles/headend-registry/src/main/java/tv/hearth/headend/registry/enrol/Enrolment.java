package tv.hearth.headend.registry.enrol;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;
import tv.hearth.headend.registry.fleet.Departure;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.operator.Claim;
import tv.hearth.headend.registry.operator.ClaimKind;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.EnrolBody;
import tv.hearth.support.record.EnrolRequest;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.RecordException;

/**
 * Enrols and renews: the rules of docs/format-enrolment.md. Idempotent for the same key.
 * Thread-safe.
 */
public final class Enrolment {
  /** Share of pieces of a box that just came. */
  public static final int WEIGHT = 100;

  private static final Pattern PLAIN = Pattern.compile("[ -~]{1,64}");
  private final Credentials credentials;
  private final FleetStore fleet;
  private final CertificateDesk desk;
  private final Clock clock;
  private final ClaimBook claims;
  private final ServiceGate<SignatureVerifier> verifier;
  private final Changes changes;

  /**
   * With what it decides by.
   *
   * @param changes told of every change, asked for the map
   */
  public Enrolment(
      Credentials credentials,
      FleetStore fleet,
      CertificateDesk desk,
      Clock clock,
      ServiceGate<SignatureVerifier> verifier,
      Changes changes) {
    this.credentials = credentials;
    this.fleet = fleet;
    this.desk = desk;
    this.clock = clock;
    this.claims = new ClaimBook(credentials.claims());
    this.verifier = verifier;
    this.changes = changes;
  }

  /** Answers a request with a claim's proof. */
  public byte[] enrol(byte[] message) throws RefusedException, IOException {
    EnrolRequest request = parse(message);
    byte[] proven = EnrolRequest.proofMessage(request.body());
    Claim claim =
        claims
            .proven(request.claim(), proven, request.proof())
            .orElseThrow(
                () ->
                    new RefusedException(
                        Problem.BAD_CLAIM,
                        "claim "
                            + printable(request.claim())
                            + " is unknown or its proof is wrong: check the claim code"));
    Applicant applicant = verifier.call(present -> Applicant.of(request, present));
    return decide(() -> admit(claim, applicant), applicant);
  }

  /** Answers a request of a node that shows a client certificate. */
  public byte[] renew(byte[] message, Optional<Peer> peer) throws RefusedException {
    EnrolRequest request = parse(message);
    Peer known =
        peer.orElseThrow(
            () -> refuse(Problem.BAD_CREDENTIAL, "renewing needs a client certificate"));
    Applicant applicant = verifier.call(present -> Applicant.of(request, present));
    return decide(() -> readmit(known, applicant), applicant);
  }

  private static EnrolRequest parse(byte[] message) throws RefusedException {
    try {
      return EnrolRequest.decode(message);
    } catch (RecordException e) {
      throw new RefusedException(Problem.MALFORMED, e.getMessage(), e);
    }
  }

  /** The decision and what it changes are one transaction. */
  private byte[] decide(Decision decision, Applicant applicant) throws RefusedException {
    byte[] answer = fleet.transaction(() -> answer(decision.box(), applicant));
    changes.fleetChanged();
    return answer;
  }

  private FleetBox admit(Claim claim, Applicant applicant) throws RefusedException {
    Optional<FleetBox> known = fleet.bySigningKey(applicant.signingKey());
    BoxId id = known.map(FleetBox::id).orElseGet(applicant::firstId);
    if (fleet.claimant(claim.id()).filter(user -> !user.equals(id)).isPresent()) {
      throw refuse(
          Problem.CLAIM_USED,
          "claim " + claim.id() + " was used by another box: ask the operator for a new one");
    }
    if (known.isEmpty() && fleet.box(id).isPresent()) {
      throw refuse(Problem.KEY_TAKEN, "box " + id + " has another key by now: renew in its place");
    }
    if (known.isEmpty() && fleet.members() >= MapRecord.MOST_BOXES) {
      throw refuse(
          Problem.FULL, "the neighbourhood has " + MapRecord.MOST_BOXES + " boxes: no room");
    }
    if (known.isEmpty() && claims.isReplaced(claim)) {
      throw refuse(
          Problem.CLAIM_USED, "another claim took the place of claim " + claim.id() + ": use that");
    }
    FleetBox box = known.isPresent() ? known.get() : newcomer(id, claim, applicant);
    if (known.isEmpty()) {
      claims.replacedBy(claim).forEach(this::giveWay);
    }
    fleet.bind(claim.id(), id, clock.instant());
    return updated(box, applicant);
  }

  /** The box of a replaced claim leaves in the transaction in which the new one comes. */
  private void giveWay(Claim replaced) {
    fleet
        .claimant(replaced.id())
        .flatMap(fleet::box)
        .map(box -> box.removed(Departure.Why.REPLACED, clock.instant()))
        .ifPresent(fleet::put);
  }

  private FleetBox readmit(Peer peer, Applicant applicant) throws RefusedException {
    FleetBox box =
        peer.box()
            .flatMap(fleet::box)
            .orElseThrow(
                () -> refuse(Problem.BAD_CREDENTIAL, "the certificate is of no box known here"));
    if (!box.keys().signing().equals(peer.key())) {
      throw refuse(Problem.BAD_CREDENTIAL, "box " + box.id() + " has another key by now");
    }
    Optional<FleetBox> holder = fleet.bySigningKey(applicant.signingKey());
    if (holder.filter(other -> !other.id().equals(box.id())).isPresent()) {
      throw refuse(Problem.KEY_TAKEN, "that key belongs to another box: make a new one");
    }
    return updated(box, applicant);
  }

  private FleetBox newcomer(BoxId id, Claim claim, Applicant applicant) {
    boolean ingest = claim.kind() == ClaimKind.INGEST;
    EnrolBody body = applicant.body();
    return new FleetBox(
        id,
        new FleetBox.Keys(applicant.signingKey(), body.exchangeKey(), body.householdKey()),
        plain(body.model()),
        plain(body.location()),
        ingest ? 0 : WEIGHT,
        ingest ? MapBox.State.INGEST : MapBox.State.ACTIVE,
        0,
        body.endpoints(),
        clock.instant(),
        clock.instant(),
        false);
  }

  /**
   * Its keys as it has them now; where it stands stays the operator's matter. One that was silent
   * for too long is a member again.
   */
  private FleetBox updated(FleetBox before, Applicant applicant) throws RefusedException {
    FleetBox box = before;
    switch (before.departure().why()) {
      case OPERATOR ->
          throw refuse(
              Problem.REMOVED,
              "box " + box.id() + " was removed: ask the operator to admit it again");
      case REPLACED ->
          throw refuse(
              Problem.REMOVED, "another box took the place of box " + box.id() + ": wipe this one");
      case SILENT -> box = before.admitted(MapBox.State.ACTIVE, clock.instant());
      case MEMBER, BEHIND -> {}
    }
    EnrolBody body = applicant.body();
    boolean sameKey = box.keys().signing().equals(applicant.signingKey());
    FleetBox now =
        new FleetBox(
            box.id(),
            new FleetBox.Keys(applicant.signingKey(), body.exchangeKey(), body.householdKey()),
            plain(body.model()),
            box.location(),
            box.weight(),
            box.state(),
            sameKey ? box.sequence() : 0,
            sameKey ? box.endpoints() : body.endpoints(),
            box.enrolled(),
            clock.instant(),
            box.online(),
            box.departure(),
            box.reads());
    fleet.put(now);
    return now;
  }

  private byte[] answer(FleetBox box, Applicant applicant) {
    Instant now = clock.instant();
    List<X509Certificate> operational = desk.operational(box.id(), applicant.key(), now);
    List<X509Certificate> renewal = desk.renewal(box.id(), applicant.key(), now);
    note(box.id(), "operational", operational.get(0), now);
    note(box.id(), "renewal", renewal.get(0), now);
    return new EnrolAnswer(
            box.id(),
            credentials.neighbourhood(),
            CertificateDesk.encoded(operational),
            CertificateDesk.encoded(renewal),
            changes.signedMap())
        .encode();
  }

  private void note(BoxId box, String kind, X509Certificate certificate, Instant now) {
    String serial = certificate.getSerialNumber().toString(16);
    fleet.issued(serial, box, kind, now, certificate.getNotAfter().toInstant());
  }

  private static String plain(String text) {
    return PLAIN.matcher(text).matches() ? text : "unknown";
  }

  private static String printable(String text) {
    return text.matches("[0-9a-f]{16}") ? text : "(not of 16 hex digits)";
  }

  private static RefusedException refuse(Problem problem, String message) {
    return new RefusedException(problem, message);
  }

  /** Who the box is, and that it may be one. */
  @FunctionalInterface
  private interface Decision {
    FleetBox box() throws RefusedException;
  }

  /** Whoever makes the map. */
  public interface Changes {
    /** The fleet is not what it was. */
    void fleetChanged();

    /** The present signed map's bytes; empty before the first. */
    byte[] signedMap();
  }
}
