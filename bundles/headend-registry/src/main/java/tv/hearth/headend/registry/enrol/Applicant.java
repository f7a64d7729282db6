package tv.hearth.headend.registry.enrol;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;
import tv.hearth.headend.registry.pki.SigningRequests;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.EnrolBody;
import tv.hearth.support.record.EnrolRequest;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.text.KeyIds;

/**
 * Who asks, with every signature checked: it holds the private halves of its identity key and of
 * its household's. Pure.
 *
 * @param key the identity key that it wants certificates for
 */
record Applicant(EnrolBody body, PublicKey key) {

  static Applicant of(EnrolRequest request, SignatureVerifier verifier) throws RefusedException {
    try {
      EnrolBody body = EnrolBody.decode(Sign1.parse(request.body()).payload());
      PublicKey key = SigningRequests.key(body.signingRequest().toArray());
      verifier.verify(request.body(), EnrolBody.TYPE, Bytes.of(key.getEncoded()));
      Bytes household = body.householdKey();
      byte[] said = verifier.verify(request.household(), EnrolRequest.HOUSEHOLD_TYPE, household);
      if (!Bytes.of(said).equals(Bytes.of(EnrolRequest.householdPayload(request.body())))) {
        throw malformed("the household signed another request", null);
      }
      return new Applicant(body, key);
    } catch (CborException | RecordException e) {
      throw malformed(e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw malformed("the signing request: " + e.getMessage(), e);
    } catch (BadSignatureException e) {
      throw malformed("a signature is wrong: " + e.getMessage(), e);
    }
  }

  private static RefusedException malformed(String message, Exception cause) {
    return new RefusedException(Problem.MALFORMED, message, cause);
  }

  /** SubjectPublicKeyInfo of the identity key. */
  Bytes signingKey() {
    return Bytes.of(key.getEncoded());
  }

  /** The id that a node with this key has if it is its first. */
  BoxId firstId() {
    return new BoxId(KeyIds.of(key.getEncoded()));
  }
}
