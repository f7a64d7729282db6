package tv.hearth.membership.enrol;

import java.time.Instant;
import java.util.List;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.record.EnrolBody;
import tv.hearth.support.record.EnrolRequest;

/** Makes requests to enrol and to renew. Pure but for the identity's keys. */
public final class Application {
  private Application() {}

  /** A request with the claim's proof. */
  public static byte[] enrol(
      Identity identity, String model, String location, List<Endpoint> at, Instant now)
      throws IdentityException {
    byte[] body = body(identity, model, location, at, now);
    byte[] proof = identity.claimProof(EnrolRequest.proofMessage(body));
    return new EnrolRequest(body, household(identity, body), identity.claimId(), proof).encode();
  }

  /** A request that a client certificate speaks for. */
  public static byte[] renew(
      Identity identity, String model, String location, List<Endpoint> at, Instant now)
      throws IdentityException {
    byte[] body = body(identity, model, location, at, now);
    return new EnrolRequest(body, household(identity, body), "", new byte[0]).encode();
  }

  private static byte[] body(
      Identity identity, String model, String location, List<Endpoint> at, Instant now)
      throws IdentityException {
    EnrolBody body =
        new EnrolBody(
            Bytes.of(identity.signingRequest()),
            identity.exchangeKey(),
            identity.publicKey(Role.HOUSEHOLD),
            model,
            location,
            at,
            now);
    return identity.sign(Role.BOX, EnrolBody.TYPE, body.encode());
  }

  private static byte[] household(Identity identity, byte[] body) throws IdentityException {
    byte[] payload = EnrolRequest.householdPayload(body);
    return identity.sign(Role.HOUSEHOLD, EnrolRequest.HOUSEHOLD_TYPE, payload);
  }
}
