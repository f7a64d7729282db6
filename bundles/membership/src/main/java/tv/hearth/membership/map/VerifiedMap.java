package tv.hearth.membership.map;

import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.membership.map.MapRefusedException.Problem;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.SignedMap;

/**
 * A map whose two signatures were checked: the root's over the delegation, the delegation's map key
 * over the map. Immutable.
 *
 * @param message as it came
 */
public record VerifiedMap(Bytes message, DelegationRecord delegation, BoxMap map) {

  /**
   * Checks a message, at most some 1 MiB; nothing in it is parsed before its signature was checked.
   *
   * @param root SubjectPublicKeyInfo of the operator's root
   */
  public static VerifiedMap of(byte[] message, Bytes root, SignatureVerifier verifier)
      throws MapRefusedException {
    try {
      SignedMap pair = SignedMap.decode(message);
      byte[] delegated = verifier.verify(pair.delegation(), DelegationRecord.TYPE, root);
      DelegationRecord delegation = DelegationRecord.decode(delegated);
      byte[] payload = verifier.verify(pair.map(), MapRecord.TYPE, delegation.mapKey());
      BoxMap map = MapRecord.decode(payload, delegation);
      return new VerifiedMap(Bytes.of(message), delegation, map);
    } catch (RecordException e) {
      throw new MapRefusedException(Problem.FORMAT, e.getMessage(), e);
    } catch (BadSignatureException e) {
      throw new MapRefusedException(Problem.SIGNATURE, e.getMessage(), e);
    }
  }
}
