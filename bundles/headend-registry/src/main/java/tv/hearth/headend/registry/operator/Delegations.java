package tv.hearth.headend.registry.operator;

import java.security.PrivateKey;
import java.security.PublicKey;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.RecordException;

/** Signing and checking the root's delegation. Pure. */
public final class Delegations {
  private Delegations() {}

  static byte[] sign(DelegationRecord delegation, PrivateKey root) {
    byte[] payload = delegation.encode();
    byte[] message = Sign1.toBeSigned(DelegationRecord.TYPE, payload);
    return new Sign1(DelegationRecord.TYPE, payload, Ed25519Keys.sign(root, message)).encode();
  }

  /**
   * The delegation inside {@code signed}.
   *
   * @throws RecordException where it is not the root's or not of its format
   */
  public static DelegationRecord verify(byte[] signed, PublicKey root) throws RecordException {
    try {
      Sign1 envelope = Sign1.parse(signed);
      byte[] message = Sign1.toBeSigned(DelegationRecord.TYPE, envelope.payload());
      if (!Ed25519Keys.verify(root, message, envelope.signature())) {
        throw new RecordException("the delegation is not signed by the operator's root");
      }
      return DelegationRecord.decode(envelope.payload());
    } catch (CborException e) {
      throw new RecordException("the delegation is no signed record: " + e.getMessage(), e);
    }
  }
}
