package tv.hearth.api.identity;

import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/**
 * This node's keys, which never leave it, and what is done with them. Thread-safe.
 *
 * <p>One Ed25519 key pair is the box's identity (TLS and signatures, kept apart by their protocols'
 * context strings), one X25519 pair receives wrapped keys (HPKE). The household has an Ed25519 key
 * derived from its root; an ingest node also has the content authority's.
 */
public interface Identity {
  /** This box, known from its first start on, before it is enrolled. */
  BoxId box();

  /** SubjectPublicKeyInfo (DER) of the current identity key. */
  Bytes signingKey();

  /** The raw 32 bytes of the current X25519 public key. */
  Bytes exchangeKey();

  /** Whom records of that role belong to; {@link Role#BOX} has no owner and throws NO_SUCH_KEY. */
  OwnerId owner(Role role) throws IdentityException;

  /** SubjectPublicKeyInfo (DER) of that role's signing key. */
  Bytes publicKey(Role role) throws IdentityException;

  /** The roles whose keys this node holds. */
  Set<Role> roles();

  /**
   * Signs {@code payload} as COSE_Sign1 (RFC 9052, EdDSA) with {@code type} as its content type;
   * the inverse of {@link tv.hearth.api.signature.SignatureVerifier#verify}.
   *
   * @param type e.g. {@code hearth/head}; part of what is signed, so that no record passes for
   *     another
   */
  byte[] sign(Role role, String type, byte[] payload) throws IdentityException;

  /**
   * Counts up whenever {@link #tls} would answer differently; holders of an older context make new
   * connections with a new one.
   */
  long generation();

  /** True once an operational certificate that has not expired is installed. */
  boolean enrolled();

  /**
   * Mutual TLS for boxes and broker with the operational certificate; trusts the operator's anchor
   * alone. The context is made of JDK classes only.
   */
  SSLContext tls() throws IdentityException;

  /**
   * TLS for the enrolment listener: trusts the anchor; shows the renewal credential where there is
   * one.
   */
  SSLContext enrolmentTls() throws IdentityException;

  /** A PKCS#10 request (DER) for the current identity key, signed by it. */
  byte[] signingRequest() throws IdentityException;

  /**
   * Installs what enrolment or renewal answered, after checking that each chain leads to the anchor
   * and is for this node's key. Durable when it returns.
   *
   * @param operational DER certificates, leaf first
   * @param renewal DER certificates, leaf first; empty keeps the present one
   */
  void install(List<byte[]> operational, List<byte[]> renewal) throws IdentityException;

  /** The operational chain, DER, leaf first; empty before enrolment. */
  List<byte[]> certificateChain();

  /**
   * HMAC-SHA-256 of {@code message} under the claim code that the vendor installed; the code itself
   * is never sent. Throws NO_SUCH_KEY where there is no claim code.
   */
  byte[] claimProof(byte[] message) throws IdentityException;

  /**
   * The first 8 bytes of SHA-256 over the claim code, hex: tells the headend which code is meant.
   */
  String claimId() throws IdentityException;
}
