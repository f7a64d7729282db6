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
    return DelegationRecord.decode(payload(signed, DelegationRecord.TYPE, root));
  }

  /**
   * The payload of a record of {@code type} that {@code signer} signed.
   *
   * @throws RecordException where it is not so
   */
  public static byte[] payload(byte[] signed, String type, PublicKey signer)
      throws RecordException {
    try {
      Sign1 envelope = Sign1.parse(signed);
      byte[] message = Sign1.toBeSigned(type, envelope.payload());
      if (!Ed25519Keys.verify(signer, message, envelope.signature())) {
        throw new RecordException("the " + type + " is not signed by the key that must have");
      }
      return envelope.payload();
    } catch (CborException e) {
      throw new RecordException("the " + type + " is no signed record: " + e.getMessage(), e);
    }
  }
}
